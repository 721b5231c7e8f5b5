import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const kilobyte = 1024;

/** What `npm run package` makes: built anew for these tests. */
describe('package', () => {
  before('build it', function () {
    this.timeout(120_000);
    const output = execFileSync('npm', ['run', 'package'], { cwd: root, encoding: 'utf8' });
    assert.match(output, /DONE {2}Packaged/);
    assert.doesNotMatch(output, /WARNING/);
  });

  it('holds what runs and nothing else', () => {
    const vsce = join(root, 'node_modules/.bin/vsce');
    const files = execFileSync(vsce, ['ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' });
    assert.deepEqual(files.trim().split('\n').sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/ask-for-key.cjs',
      'dist/choose-model.cjs',
      'dist/connect.cjs',
      'dist/extension.cjs',
      'dist/spending.cjs',
      'dist/third-party-notices.txt',
      'dist/usage-view.cjs',
      'dist/usage.js',
      'dist/webview.js',
      'media/icon-tab.svg',
      'media/icon.png',
      'media/panel.css',
      'media/usage.css',
      'package.json',
      'package.nls.json',
    ]);
  });

  const sizes: readonly [file: string, mostKilobytes: number][] = [
    ['claude-stream.vsix', 400],
    ['dist/extension.cjs', 60],
    ['dist/usage.js', 20],
    ['dist/webview.js', 180],
  ];
  for (const [file, most] of sizes) {
    it(`has at most ${most} KB in ${file}`, () => {
      const { size } = statSync(join(root, file));
      assert.ok(size <= most * kilobyte, `${size} bytes`);
    });
  }

  it('keeps the SDK out of what the first command loads', () => {
    const host = readFileSync(join(root, 'dist/extension.cjs'), 'utf8');
    assert.doesNotMatch(host, /anthropic-version/);
    assert.match(readFileSync(join(root, 'dist/connect.cjs'), 'utf8'), /anthropic-version/);
  });

  it('gives every bundled package its licence', () => {
    const notices = readFileSync(join(root, 'dist/third-party-notices.txt'), 'utf8');
    for (const name of ['@anthropic-ai/sdk', 'markdown-it', 'linkify-it', 'mdurl', 'entities']) {
      assert.match(notices, new RegExp(`^${name} \\d`, 'm'));
    }
  });

  it('has no secret and no path of this machine in it', () => {
    for (const file of ['dist/extension.cjs', 'dist/connect.cjs', 'dist/webview.js']) {
      const text = readFileSync(join(root, file), 'utf8');
      assert.ok(!text.includes(root));
      assert.doesNotMatch(text, /sk-ant-[a-z0-9]{4}/);
    }
  });
});
