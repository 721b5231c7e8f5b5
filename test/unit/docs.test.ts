import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readText = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

/** What a page has in code spans, outside of fenced blocks. */
const codeSpans = (page: string): readonly string[] =>
  [...page.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, span = '']) => span,
  );

/** Folders and files of this repository, perhaps with `*`; not what the build makes. */
const namedPaths = (page: string): readonly string[] =>
  codeSpans(page).filter((span) =>
    /^(?:(?:src|test|docs|l10n|media)\/[\w./*-]*|[\w.*-]+\.(?:md|json|js))$/.test(span),
  );

const isThere = (path: string): boolean =>
  globSync(path.replace(/\/$/, ''), { cwd: root }).length > 0;

describe('the pages for contributors', () => {
  for (const name of ['docs/architecture.md', 'CONTRIBUTING.md', 'README.md']) {
    it(`name files and folders that are there: ${name}`, () => {
      const built = /^(?:webview|usage|highlight)\.js$/;
      const named = namedPaths(readText(name)).filter((path) => !built.test(path));
      assert.ok(named.length > 2, named.join(' '));
      assert.deepEqual(
        named.filter((path) => !isThere(path)),
        [],
      );
    });
  }

  it('architecture.md names folders of every layer, and every feature of the host', () => {
    const named = namedPaths(readText('docs/architecture.md'));
    assert.ok(named.length > 50, named.join(' '));
    const folders = globSync('src/host/*/', { cwd: root });
    const missing = folders.filter((folder) => !named.some((path) => path.startsWith(folder)));
    assert.deepEqual(missing, []);
  });

  it('architecture.md names classes, functions and types that are there', () => {
    const sources = globSync('src/**/*.ts', { cwd: root }).map(readText).join('\n');
    const names = codeSpans(readText('docs/architecture.md')).flatMap((span) =>
      /^[A-Za-z]+(?:\.[a-z]\w*)?$/.test(span) && !isThere(span) ? span.split('.') : [],
    );
    assert.ok(names.length > 8, names.join(' '));
    assert.deepEqual(
      names.filter((name) => !new RegExp(`\\b${name}\\b`).test(sources)),
      [],
    );
  });
});
