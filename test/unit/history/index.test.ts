import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import {
  compactIndex,
  decodeIndexLine,
  displayTitle,
  encodeListing,
  encodeName,
  type ListedConversation,
  readNewest,
  replayIndex,
  shouldCompact,
} from '../../../src/core/history/history-index.ts';
import type { Summary } from '../../../src/core/history/summary.ts';
import { seal } from '../../../src/core/seal.ts';
import { anyText } from '../journal/samples.ts';

const summary: Summary = {
  title: 'How does it retry?',
  created: 1_790_000_000_000,
  changed: 1_790_000_000_000,
  files: ['src/retry.ts'],
  replies: 1,
};
const later: Summary = { ...summary, changed: summary.changed + 1, replies: 2 };

const time = fc.integer({ min: 0, max: 2_000_000_000_000 });
const anySummary: fc.Arbitrary<Summary> = fc.record({
  title: anyText,
  created: time,
  changed: time,
  files: fc.array(anyText, { maxLength: 3 }),
  replies: fc.nat(),
});
const anyId = fc.constantFrom('c1', 'c2', 'c3', 'c4');

/** What a window may write, one line each. */
const anyLine: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(anyId, anySummary).map(([id, of]) => encodeListing(id, of)),
  fc.tuple(anyId, anyText, time).map(([id, name, at]) => encodeName(id, name, at)),
);
/** As windows write them: no two facts about one conversation at the same moment. */
const anyLines = fc.uniqueArray(anyLine, {
  maxLength: 40,
  selector: (line) => {
    const record = decodeIndexLine(line);
    if (record === null) return line;
    return 'name' in record
      ? `name ${record.id} ${record.at}`
      : `about ${record.id} ${record.changed}`;
  },
});

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const only = (...lines: readonly string[]): ListedConversation | undefined =>
  replayIndex(textOf(lines)).listed.get('c1');

describe('the index of conversations', () => {
  it('brings back any summary and any name', () => {
    fc.assert(
      fc.property(anySummary, anyText, (of, name) => {
        const found = only(encodeListing('c1', of), encodeName('c1', name, 1));
        assert.deepEqual(found, { id: 'c1', ...of, name: name === '' ? null : name });
      }),
    );
  });

  it('goes by the latest word, in whatever order it is read', () => {
    fc.assert(
      fc.property(anyLines, fc.infiniteStream(fc.nat()), (lines, places) => {
        const shuffled = [...lines];
        for (let at = shuffled.length - 1; at > 0; at--) {
          const other = (places.next().value ?? 0) % (at + 1);
          [shuffled[at], shuffled[other]] = [shuffled[other] ?? '', shuffled[at] ?? ''];
        }
        const inOrder = replayIndex(textOf(lines)).listed;
        const other = replayIndex(textOf(shuffled)).listed;
        assert.deepEqual(new Map([...other].sort()), new Map([...inOrder].sort()));
      }),
    );
  });

  it('says the same after it was compacted, read twice or not', () => {
    const ids = ['c1', 'c2', 'c3'];
    fc.assert(
      fc.property(anyLines, (lines) => {
        const before = replayIndex(textOf(lines));
        const compacted = compactIndex(before, new Set(ids));
        const kept = [...before.listed].filter(([id]) => ids.includes(id)).sort();
        for (const text of [compacted, compacted + compacted, compacted + textOf(lines)]) {
          const again = [...replayIndex(text).listed].filter(([id]) => ids.includes(id));
          assert.deepEqual(again.sort(), kept);
        }
        assert.ok(replayIndex(compacted).lines <= 2 * ids.length);
      }),
    );
  });

  it('loses a damaged line and nothing else', () => {
    fc.assert(
      fc.property(anyLines, fc.nat(), fc.integer({ min: 1, max: 255 }), (lines, place, flip) => {
        fc.pre(lines.length > 0);
        const damaged = place % lines.length;
        const line = lines[damaged] ?? '';
        const at = place % line.length;
        const broken =
          line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ flip) + line.slice(at + 1);
        const left = lines.filter((_, index) => index !== damaged);
        assert.deepEqual(
          replayIndex(textOf(lines.with(damaged, broken))).listed,
          replayIndex(textOf(left)).listed,
        );
      }),
    );
  });

  it('tells the newest of those that there are as it tells all', () => {
    const ids = new Set(['c1', 'c3', 'c4']);
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 1, max: 4 }), (lines, count) => {
        const text = textOf(lines);
        const all = [...replayIndex(text).listed.values()].filter(({ id }) => ids.has(id));
        const newest = readNewest(text, ids, count);
        assert.equal(newest.length, Math.min(count, all.length));
        assert.deepEqual(
          newest.map(({ changed }) => changed),
          all
            .map(({ changed }) => changed)
            .sort((a, b) => b - a)
            .slice(0, count),
        );
        for (const each of newest) assert.ok(all.some((other) => isDeepStrictEqual(each, other)));
      }),
    );
  });

  it('tells none of a damaged line among the newest', () => {
    const line = encodeListing('c1', summary);
    const text = textOf([line.replace('retry', 'retrY'), encodeListing('c2', summary), '{"li']);
    const newest = readNewest(text, new Set(['c1', 'c2']), 2);
    assert.deepEqual(
      newest.map(({ id }) => id),
      ['c2'],
    );
  });

  it('goes by a name that was given, until it is taken back', () => {
    const about = encodeListing('c1', summary);
    const named = encodeName('c1', 'Retries', 5);
    const titles = [
      [about],
      [named, about, encodeListing('c1', later)],
      [named, encodeName('c1', 'Old', 4), about],
      [named, encodeName('c1', '', 6), about],
    ].map((lines) => {
      const listed = only(...lines);
      return listed === undefined ? null : displayTitle(listed);
    });
    assert.deepEqual(titles, ['How does it retry?', 'Retries', 'Retries', 'How does it retry?']);
  });

  it('keeps a name taken back over an older one that comes again', () => {
    const lines = [encodeListing('c1', summary), encodeName('c1', '', 6)];
    const compacted = compactIndex(replayIndex(textOf(lines)), new Set(['c1']));
    assert.equal(only(compacted.trimEnd(), encodeName('c1', 'Old', 5))?.name, null);
  });

  describe('of another version', () => {
    const others: readonly [string, object][] = [
      ['an earlier one', { listed: 0, id: 'c1', ...summary }],
      ['a later one', { listed: 2, id: 'c1', ...summary }],
      ['none at all', { id: 'c1', ...summary }],
      ['this one, with a field missing', { listed: 1, id: 'c1', title: 'x' }],
    ];
    for (const [name, line] of others) {
      it(`leaves a conversation to be read from its journal: ${name}`, () => {
        const { listed } = replayIndex(textOf([seal(line), encodeListing('c2', summary)]));
        assert.deepEqual([...listed.keys()], ['c2']);
      });
    }
  });

  it('is worth writing anew with more than two lines for each conversation', () => {
    assert.deepEqual(
      [
        [100, 1],
        [101, 1],
        [20_000, 10_000],
        [20_001, 10_000],
      ].map(([lines = 0, conversations = 0]) => shouldCompact(lines, conversations)),
      [false, true, false, true],
    );
  });
});
