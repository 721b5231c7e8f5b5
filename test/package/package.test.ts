import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
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
      'dist/batches.cjs',
      'dist/chat-participant.cjs',
      'dist/check-connection.cjs',
      'dist/check-question.cjs',
      'dist/choose-and-stop.cjs',
      'dist/choose-effort.cjs',
      'dist/choose-model.cjs',
      'dist/claude-models.cjs',
      'dist/code-actions.cjs',
      'dist/compare-models.cjs',
      'dist/connect.cjs',
      'dist/document-target.cjs',
      'dist/extension.cjs',
      'dist/header-secrets.cjs',
      'dist/highlight.js',
      'dist/history.cjs',
      'dist/notify-first-use.cjs',
      'dist/open-panels.cjs',
      'dist/panel-actions.cjs',
      'dist/pick-model.cjs',
      'dist/probe-sockets.cjs',
      'dist/prompts.cjs',
      'dist/read-palette.cjs',
      'dist/read-selections.cjs',
      'dist/replacements.cjs',
      'dist/run-code-action.cjs',
      'dist/spending.cjs',
      'dist/tell-bad-setting.cjs',
      'dist/third-party-notices.txt',
      'dist/usage-view.cjs',
      'dist/usage.js',
      'dist/web.cjs',
      'dist/webview.js',
      'l10n/bundle.l10n.de.json',
      'l10n/bundle.l10n.es.json',
      'l10n/bundle.l10n.fr.json',
      'l10n/bundle.l10n.ja.json',
      'l10n/bundle.l10n.ko.json',
      'l10n/bundle.l10n.zh-cn.json',
      'media/code.css',
      'media/icon-tab.svg',
      'media/icon.png',
      'media/markdown.css',
      'media/panel.css',
      'media/usage.css',
      'media/walkthrough/explain.svg',
      'media/walkthrough/follow-up.svg',
      'media/walkthrough/key.svg',
      'media/walkthrough/keys.svg',
      'media/walkthrough/privacy.svg',
      'media/walkthrough/stop.svg',
      'package.json',
      'package.nls.de.json',
      'package.nls.es.json',
      'package.nls.fr.json',
      'package.nls.ja.json',
      'package.nls.json',
      'package.nls.ko.json',
      'package.nls.zh-cn.json',
    ]);
  });

  const sizes: readonly [file: string, mostKilobytes: number][] = [
    ['claude-stream.vsix', 400],
    ['dist/extension.cjs', 60],
    ['dist/usage.js', 20],
    ['dist/web.cjs', 3],
    ['dist/webview.js', 180],
    ['dist/highlight.js', 220],
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

  it('needs Node for the sockets of Check Connection alone: the rest runs in a browser', () => {
    const files = readdirSync(join(root, 'dist')).filter((file) => file.endsWith('.cjs'));
    const required = files.map((file): readonly [string, readonly string[]] => {
      const text = readFileSync(join(root, 'dist', file), 'utf8');
      return [file, [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name = '']) => name)];
    });
    const needy = required.filter(([, names]) => names.some((name) => name !== 'vscode'));
    assert.deepEqual(
      needy.map(([file]) => file),
      ['probe-sockets.cjs'],
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
      ...['highlight.js', 'jsonc-parser'],
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
