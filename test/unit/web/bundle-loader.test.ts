import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import * as vscode from '../../fakes/vscode.ts';

const { bundleLoader } = await import('../../../src/web.ts');

/** Bundles by name, as the build writes them, and what was read of them. */
function loaderOf(bundles: Readonly<Record<string, string>>) {
  const read: string[] = [];
  vscode.answers.set('workspace.fs.readFile', (uri: vscode.Uri) => {
    const name = uri.toString().replace('memory:/', '');
    read.push(name);
    const text = bundles[name];
    return text === undefined
      ? Promise.reject(new Error('offline'))
      : Promise.resolve(new TextEncoder().encode(text));
  });
  return { load: bundleLoader(vscode.fakeUri('memory:')), read };
}

describe('the bundles of the build, where there is no Node', () => {
  it('are read, run once, and give what they export', async () => {
    const { load, read } = loaderOf({ './a.cjs': 'module.exports = { made: {} };' });
    const [first, second] = await Promise.all([load('./a.cjs'), load('./a.cjs')]);
    assert.equal(first, second);
    assert.deepEqual(read, ['./a.cjs']);
  });

  it('get `vscode` at once, and each other as promises', async () => {
    const { load, read } = loaderOf({
      './a.cjs':
        'const $chunk = async (name) => require(name);' +
        'exports.version = require("vscode").version; exports.b = () => $chunk("./b.cjs")',
      './b.cjs': 'exports.name = "b"',
    });
    const a = (await load('./a.cjs')) as { version: string; b: () => Promise<object> };
    assert.equal(a.version, vscode.version);
    assert.deepEqual(read, ['./a.cjs']);
    assert.deepEqual(await a.b(), { name: 'b' });
    assert.equal(await a.b(), await load('./b.cjs'));
  });

  it('fail where they need what only Node has', async () => {
    const { load } = loaderOf({ './a.cjs': 'require("node:net")' });
    await assert.rejects(load('./a.cjs'), /no node:net in a browser/);
  });

  it('are read again after they could not be', async () => {
    const bundles: Record<string, string> = {};
    const { load, read } = loaderOf(bundles);
    await assert.rejects(load('./a.cjs'), /offline/);
    bundles['./a.cjs'] = 'exports.name = "a"';
    assert.deepEqual(await load('./a.cjs'), { name: 'a' });
    assert.equal(read.length, 2);
  });
});
