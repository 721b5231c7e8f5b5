import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TrackedText } from '../../../src/core/code/tracked-text.ts';

/** A document with `THIS` in it, which is tracked. */
class Edited {
  text = 'one THIS two';
  readonly tracked = new TrackedText('THIS', 4);

  edit(at: number, removed: number, text: string): this {
    this.text = this.text.slice(0, at) + text + this.text.slice(at + removed);
    this.tracked.applyChanges(this.text, [{ at, removed, added: text.length, text }]);
    return this;
  }

  /** As Accept does: the edit is ours. */
  replace(text: string): this {
    const { start, end } = this.tracked.span;
    this.tracked.addExpected(text);
    return this.edit(start, end - start, text);
  }

  get now(): string {
    return this.text.slice(this.tracked.span.start, this.tracked.span.end);
  }

  get isFresh(): boolean {
    return this.tracked.isExpected(this.now);
  }
}

describe('a tracked text', () => {
  it('is found after edits around it', () => {
    const edited = new Edited().edit(0, 0, 'zero ').edit(9, 0, 'x').edit(14, 0, 'y').edit(0, 3, '');
    assert.equal(edited.now, 'THIS');
    assert.equal(edited.text, 'o one xTHISy two');
  });

  it('is another once it was edited, and itself again when that is undone', () => {
    const edited = new Edited().edit(6, 1, '');
    assert.equal(edited.isFresh, false);
    assert.equal(edited.edit(6, 0, 'I').isFresh, true);
  });

  it('is gone once it was deleted, and back when that is undone', () => {
    const edited = new Edited().edit(2, 8, '');
    assert.equal(edited.isFresh, false);
    assert.equal(edited.edit(2, 0, 'e THIS t').now, 'THIS');
  });

  it('is what was put in its place, and itself again when that is undone', () => {
    for (const text of ['THAT', '', 'THIS and more', 'more THIS', 'IS']) {
      const edited = new Edited().replace(text);
      assert.equal(edited.now, text);
      assert.ok(edited.isFresh);
      edited.edit(4, text.length, 'THIS');
      assert.equal(edited.now, 'THIS', text);
      edited.edit(4, 4, text);
      assert.equal(edited.now, text);
    }
  });

  it('takes in again at its edges what was undone there', () => {
    const behind = new Edited().replace('THIS!').edit(8, 1, '');
    assert.equal(behind.now, 'THIS');
    assert.equal(behind.edit(8, 0, '!').now, 'THIS!');
    const before = new Edited().replace('¡THIS').edit(4, 1, '');
    assert.equal(before.now, 'THIS');
    assert.equal(before.edit(4, 0, '¡').now, '¡THIS');
  });

  it('is what was put in at both of its edges at once', () => {
    const { tracked } = new Edited();
    tracked.addExpected('¡THIS!');
    const put = (at: number, text: string) => ({ at, removed: 0, added: 1, text });
    tracked.applyChanges('one ¡THIS! two', [put(4, '¡'), put(8, '!')]);
    assert.deepEqual(tracked.span, { start: 4, end: 10 });
  });

  it('is found where the whole document was put in anew', () => {
    const edited = new Edited();
    edited.edit(0, edited.text.length, 'a longer beginning, one THIS two');
    assert.equal(edited.now, 'THIS');
  });

  it('is itself after any edit that leaves it alone', () => {
    const somewhere = fc.record({ behind: fc.boolean(), at: fc.nat(), count: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(fc.tuple(somewhere, fc.string())), (edits) => {
        const edited = new Edited();
        for (const [{ behind, at, count }, text] of edits) {
          const { start, end } = edited.tracked.span;
          const room = behind ? edited.text.length - end : start;
          const from = at % (room + 1);
          edited.edit((behind ? end : 0) + from, Math.min(count, room - from), text);
        }
        assert.equal(edited.now, 'THIS');
      }),
    );
  });
});
