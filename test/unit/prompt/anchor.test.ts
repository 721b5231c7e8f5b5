import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findSpan,
  getLineOffset,
  getLineRange,
  moveSpan,
} from '../../../src/core/code/tracked-text.ts';

const apply = (text: string, at: number, removed: number, added: string): string =>
  text.slice(0, at) + added + text.slice(at + removed);

describe('anchor', () => {
  it('is at the nearest of several places', () => {
    const document = 'ab--ab----ab';
    const nearest = (near: number): number | undefined => findSpan(document, 'ab', near)?.start;
    assert.deepEqual([0, 3, 6, 8, 12].map(nearest), [0, 4, 4, 10, 10]);
    assert.equal(findSpan(document, 'abc', 0), null);
    assert.equal(findSpan(document, '', 0), null);
  });

  const edits: readonly [name: string, at: number, removed: number, added: string, text: string][] =
    [
      ['text typed before', 0, 0, 'new ', 'THIS'],
      ['text typed right before', 4, 0, 'new ', 'THIS'],
      ['text typed behind', 8, 0, ' new', 'THIS'],
      ['text typed inside', 6, 0, '-', 'TH-IS'],
      ['a part deleted', 5, 2, '', 'TS'],
      ['all of it deleted', 4, 4, '', ''],
      ['all of it replaced', 4, 4, 'that', 'that'],
      ['its beginning replaced, and more', 2, 4, 'xy', 'IS'],
      ['its end replaced, and more', 6, 4, 'xy', 'TH'],
    ];
  for (const [name, at, removed, added, text] of edits) {
    it(`follows ${name}`, () => {
      const { start, end } = moveSpan({ start: 4, end: 8 }, { at, removed, added: added.length });
      assert.equal(apply('one THIS two', at, removed, added).slice(start, end), text);
    });
  }

  it('has the same text after any edit that leaves it alone', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ minLength: 1 }),
        fc.string(),
        fc.gen(),
        (a, b, c, gen) => {
          const inFront = gen(fc.boolean);
          const length = inFront ? a.length : c.length;
          const from = gen(fc.nat, { max: length });
          const removed = gen(fc.nat, { max: length - from });
          const added = gen(fc.string);
          const at = inFront ? from : a.length + b.length + from;
          const { start, end } = moveSpan(
            { start: a.length, end: a.length + b.length },
            { at, removed, added: added.length },
          );
          assert.equal(apply(a + b + c, at, removed, added).slice(start, end), b);
        },
      ),
    );
  });

  it('tells lines as an attachment has them', () => {
    const document = 'one\r\ntwo\r\nthree';
    assert.equal(getLineOffset(document, 1), 0);
    assert.equal(getLineOffset(document, 3), 10);
    assert.equal(getLineOffset(document, 9), document.length);
    assert.deepEqual(getLineRange(document, { start: 0, end: 5 }), { from: 1, to: 1 });
    assert.deepEqual(getLineRange(document, { start: 5, end: 12 }), { from: 2, to: 3 });
    assert.deepEqual(getLineRange(document, { start: 5, end: 5 }), { from: 2, to: 2 });
  });
});
