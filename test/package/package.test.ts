import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sizeLimits } from './size-limits.ts';

const root = join(import.meta.dirname, '../..');
const kilobyte = 1024;

/** What `npm run package` makes: built anew for these tests. */
describe('package', () => {
  before('build it', function () {
    this.timeout(120_000);
    // vsce's warnings go to the error output, or to the log of GitHub's runners where it is in one.
    const { GITHUB_ACTIONS: _, ...env } = process.env;
    const built = spawnSync('npm', ['run', 'package'], { cwd: root, env, encoding: 'utf8' });
    assert.match(built.stdout, /DONE {2}Packaged/, built.stderr);
    assert.doesNotMatch(built.stdout + built.stderr, /WARNING/);
  });

  it('does without vsce’s rules for addresses only as long as there is no repository', () => {
    const { repository, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const exceptions = ['--allow-missing-repository', '--no-rewrite-relative-links'];
    const used = exceptions.filter((flag) => scripts.package.includes(flag));
    assert.deepEqual(used, repository === undefined ? exceptions : []);
  });

  it('holds what runs and nothing else', () => {
    const vsce = join(root, 'node_modules/.bin/vsce');
    const files = execFileSync(vsce, ['ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' });
    // When it is meant to change: vsce ls --no-dependencies | LC_ALL=C sort > test/package/files.txt
    const committed = readFileSync(join(import.meta.dirname, 'files.txt'), 'utf8');
    assert.deepEqual(files.trim().split('\n').sort(), committed.trim().split('\n'));
  });

  for (const [file, most] of sizeLimits) {
    it(`has at most ${most} KB in ${file}`, () => {
      const { size } = statSync(join(root, file));
      assert.ok(size <= most * kilobyte, `${size} bytes`);
    });
  }

  it('keeps the app out of the stub, and the SDK and the YAML parser out of what the first command loads', () => {
    const read = (name: string): string => readFileSync(join(root, 'dist', name), 'utf8');
    assert.doesNotMatch(read('extension.cjs'), /createOutputChannel/);
    assert.match(read('app.cjs'), /createOutputChannel/);
    assert.doesNotMatch(read('app.cjs'), /anthropic-version/);
    assert.match(read('sdk.cjs'), /anthropic-version/);
    assert.doesNotMatch(read('app.cjs'), /Map keys must be unique/);
    assert.match(read('front-matter.cjs'), /Map keys must be unique/);
  });

  it('needs Node for the disk and for Check Connection’s sockets alone: the rest runs in a browser', () => {
    const files = readdirSync(join(root, 'dist')).filter((file) => file.endsWith('.cjs'));
    const required = files.map((file): readonly [string, readonly string[]] => {
      const text = readFileSync(join(root, 'dist', file), 'utf8');
      return [file, [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name = '']) => name)];
    });
    const isThere = (name: string): boolean => name === 'vscode' || name.startsWith('./');
    const needy = required.filter(([, names]) => !names.every(isThere));
    assert.deepEqual(
      needy.map(([file]) => file),
      ['disk.cjs', 'probe-sockets.cjs'],
    );
    // Chunks import each other by what Node and the worker's loader both have.
    for (const [file] of required) {
      assert.doesNotMatch(
        readFileSync(join(root, 'dist', file), 'utf8'),
        /\bimport\(["']\.\//,
        file,
      );
    }
  });

  it('keeps the highlighter out of what the panel loads first', () => {
    const page = readFileSync(join(root, 'dist/webview.js'), 'utf8');
    assert.doesNotMatch(page, /registerLanguage/);
    assert.match(readFileSync(join(root, 'dist/highlight.js'), 'utf8'), /registerLanguage/);
  });

  it('gives every bundled package its licence', () => {
    const notices = readFileSync(join(root, 'dist/third-party-notices.txt'), 'utf8');
    const names = [
      ...['@anthropic-ai/sdk', 'markdown-it', 'linkify-it', 'mdurl', 'entities'],
      ...['highlight.js', 'jsonc-parser', 'diff', 'yaml'],
    ];
    for (const name of names) {
      assert.match(notices, new RegExp(`^${name} \\d`, 'm'));
    }
  });

  it('has no secret and no path of this machine in it', () => {
    for (const file of readdirSync(join(root, 'dist'))) {
      const text = readFileSync(join(root, 'dist', file), 'utf8');
      assert.ok(!text.includes(root));
      assert.doesNotMatch(text, /sk-ant-[a-z0-9]{4}/);
    }
  });
});
