import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { crc32, inflateSync } from 'node:zlib';
import { animatedPng, chunksOf } from '../../screenshots/animated-png.ts';

const icon = readFileSync(new URL('../../../media/icon.png', import.meta.url));

describe('an animated PNG', () => {
  const made = animatedPng([
    { png: icon, x: 0, y: 0, ms: 1200 },
    { png: icon, x: 0, y: 0, ms: 400 },
  ]);
  const dataOf = (type: string): Buffer =>
    Buffer.concat(chunksOf(made).flatMap((chunk) => (chunk.type === type ? [chunk.data] : [])));

  it('has the first picture as it is, for whoever shows one only', () => {
    const own = Buffer.concat(
      chunksOf(icon).flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])),
    );
    assert.ok(inflateSync(dataOf('IDAT')).equals(inflateSync(own)));
    assert.ok(dataOf('IHDR').equals(chunksOf(icon)[0]?.data ?? Buffer.alloc(0)));
  });

  it('says how many frames there are, and for how long each is shown', () => {
    assert.equal(dataOf('acTL').readUInt32BE(0), 2);
    const controls = chunksOf(made).filter(({ type }) => type === 'fcTL');
    assert.deepEqual(
      controls.map(({ data }) => data.readUInt16BE(20)),
      [1200, 400],
    );
  });

  it('counts its frames’ chunks without a gap', () => {
    const numbered = chunksOf(made).filter(({ type }) => type === 'fcTL' || type === 'fdAT');
    assert.deepEqual(
      numbered.map(({ data }) => data.readUInt32BE(0)),
      numbered.map((_, index) => index),
    );
  });

  it('has the right sum behind each chunk', () => {
    let at = 8;
    for (const { data } of chunksOf(made)) {
      const end = at + 8 + data.length;
      assert.equal(made.readUInt32BE(end), crc32(made.subarray(at + 4, end)));
      at = end + 4;
    }
    assert.equal(at, made.length);
  });

  it('is made of PNGs alone', () => {
    assert.throws(
      () => animatedPng([{ png: Buffer.from('GIF89a…'), x: 0, y: 0, ms: 1 }]),
      /no PNG/,
    );
    assert.throws(() => animatedPng([]), /no frame/);
  });
});
