import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const readme = readText('README.md');

/** The tree under “How it is built”, by its indentation: each folder and file that it names. */
function namedInTree(): readonly string[] {
  const [, tree = ''] = /## How it is built\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  const open: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const depth = (/^ */.exec(line)?.[0].length ?? 0) / 2;
    const names = [...line.matchAll(/(?:^|\s{2,})([\w-]+(?:\/|\.ts))(?=\s|$)/g)].map(
      ([, name = '']) => name,
    );
    open.length = depth;
    const paths = names.map((name) => [...open, name].join(''));
    open[depth] = names[0] ?? '';
    return paths;
  });
}

describe('README', () => {
  it('describes folders that are there', () => {
    const named = namedInTree();
    assert.ok(named.length > 20, named.join(' '));
    const missing = named.filter((path) => !existsSync(new URL(path, root)));
    assert.deepEqual(missing, []);
  });

  it('has a row for every setting', () => {
    const { contributes } = JSON.parse(readText('package.json')) as {
      contributes: { configuration: { properties: Record<string, unknown> } };
    };
    const missing = Object.keys(contributes.configuration.properties).filter(
      (name) => !readme.includes(`| \`${name.replace('claudeStream.', '')}\``),
    );
    assert.deepEqual(missing, []);
  });

  it('links to files and pictures that are there', () => {
    const paths = [...readme.matchAll(/\]\(((?!https?:|#)[^)#]+)/g)].map(([, path = '']) => path);
    assert.ok(paths.length > 3);
    assert.deepEqual(
      paths.filter((path) => !existsSync(new URL(path, root))),
      [],
    );
  });

  it('names every runtime dependency with its reason in CONTRIBUTING', () => {
    const { dependencies } = JSON.parse(readText('package.json')) as {
      dependencies: Record<string, string>;
    };
    const contributing = readText('CONTRIBUTING.md');
    for (const name of Object.keys(dependencies)) {
      assert.match(contributing, new RegExp(`^\\| \`${name}\` \\| \\S`, 'm'));
    }
  });
});
