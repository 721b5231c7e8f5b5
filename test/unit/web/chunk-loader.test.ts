import assert from 'node:assert/strict';
import { ChunkLoader } from '../../../src/host/chunk-loader.ts';

const vscode = { version: '1.0' };

/** Chunks by name, as the build writes them, and what was read of them. */
function loaderOf(chunks: Readonly<Record<string, string>>) {
  const read: string[] = [];
  const loader = new ChunkLoader(
    (name) => {
      read.push(name);
      const text = chunks[name];
      return text === undefined ? Promise.reject(new Error('offline')) : Promise.resolve(text);
    },
    (name) => `memory:${name}`,
    { vscode },
  );
  return { loader, read };
}

describe('the chunks of the build, where there is no Node', () => {
  it('are read, run once, and give what they export', async () => {
    const { loader, read } = loaderOf({ './a.cjs': 'module.exports = { made: {} };' });
    const [first, second] = await Promise.all([loader.load('./a.cjs'), loader.load('./a.cjs')]);
    assert.equal(first, second);
    assert.deepEqual(read, ['./a.cjs']);
  });

  it('get `vscode` at once, and each other as promises', async () => {
    const { loader, read } = loaderOf({
      './a.cjs':
        'const $chunk = async (name) => require(name);' +
        'exports.version = require("vscode").version; exports.b = () => $chunk("./b.cjs")',
      './b.cjs': 'exports.name = "b"',
    });
    const a = (await loader.load('./a.cjs')) as { version: string; b: () => Promise<object> };
    assert.equal(a.version, '1.0');
    assert.deepEqual(read, ['./a.cjs']);
    assert.deepEqual(await a.b(), { name: 'b' });
    assert.equal(await a.b(), await loader.load('./b.cjs'));
  });

  it('run after what they can’t begin without', async () => {
    const { loader, read } = loaderOf({
      './a.cjs': 'exports.name = "a of " + require("./shared.cjs").name',
      './b.cjs': 'exports.name = "b of " + require("./shared.cjs").name',
      './shared.cjs': 'exports.name = "shared"',
    });
    const [a, b] = await Promise.all([loader.load('./a.cjs'), loader.load('./b.cjs')]);
    assert.deepEqual([a, b], [{ name: 'a of shared' }, { name: 'b of shared' }]);
    assert.equal(read.filter((name) => name === './shared.cjs').length, 1);
  });

  it('fail where they need what only Node has', async () => {
    const { loader } = loaderOf({ './a.cjs': 'require("node:net")' });
    await assert.rejects(loader.load('./a.cjs'), /no node:net in a browser/);
  });

  it('are read again after they could not be', async () => {
    const chunks: Record<string, string> = {};
    const { loader, read } = loaderOf(chunks);
    await assert.rejects(loader.load('./a.cjs'), /offline/);
    chunks['./a.cjs'] = 'exports.name = "a"';
    assert.deepEqual(await loader.load('./a.cjs'), { name: 'a' });
    assert.equal(read.length, 2);
  });
});
