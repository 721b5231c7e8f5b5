import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyLineEdits, computeLineEdits } from '../../../src/core/code/line-edits.ts';

describe('hunks', () => {
  const cases: readonly [name: string, before: string, after: string, hunks: number][] = [
    ['are none where nothing differs', 'a\nb', 'a\nb', 0],
    ['are one for lines side by side', 'a\nb\nc', 'a\nX\nY\nc', 1],
    ['are one for each run of lines', 'a\nb\nc\nd\ne', 'A\nb\nc\nD\ne', 2],
    ['may only add', 'a\nb', 'a\nX\nb', 1],
    ['may only take away', 'a\nb\nc', 'a\nc', 1],
    ['may add at the end', 'a', 'a\nb', 1],
    ['may take away the end', 'a\nb', 'a', 1],
    ['may take away everything', 'a\nb', '', 1],
    ['may add before everything', 'a', 'X\na', 1],
  ];
  for (const [name, before, after, hunks] of cases) {
    it(name, () => {
      const edits = computeLineEdits(before, after);
      assert.equal(edits.length, hunks);
      assert.equal(applyLineEdits(before, edits), after);
    });
  }

  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((l) => l.join('\n'));

  it('give the new text, all together', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        assert.equal(applyLineEdits(before, computeLineEdits(before, after)), after);
      }),
    );
  });

  it('can be made one after the other, in any order', () => {
    fc.assert(
      fc.property(text, text, fc.infiniteStream(fc.nat()), (before, after, choices) => {
        let now = before;
        for (
          let edits = computeLineEdits(now, after);
          edits.length > 0;
          edits = computeLineEdits(now, after)
        ) {
          const edit = edits[(choices.next().value ?? 0) % edits.length];
          assert.ok(edit);
          const next = applyLineEdits(now, [edit]);
          assert.ok(computeLineEdits(next, after).length < edits.length, 'one less');
          now = next;
        }
        assert.equal(now, after);
      }),
    );
  });

  it('are one where too much differs to find more, without what both begin and end with', () => {
    const many = (word: string): string =>
      Array.from({ length: 3000 }, (_, i) => word + i).join('\n');
    const [before, after] = [`same\n${many('a')}\nsame`, `same\n${many('b')}\nsame`];
    const edits = computeLineEdits(before, after);
    assert.deepEqual(
      edits.map(({ before: lines }) => lines),
      [{ from: 1, to: 3001 }],
    );
    assert.equal(applyLineEdits(before, edits), after);
  });
});
