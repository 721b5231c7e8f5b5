import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodeHeader, encodeRecord } from '../../../src/core/conversation/journal-record.ts';
import {
  type Replay,
  replayJournal,
  restoreTurn,
} from '../../../src/core/conversation/journal-replay.ts';
import { seal } from '../../../src/core/seal.ts';

import {
  complete,
  play,
  Recording,
  replayed,
  script,
  type Told,
  text,
  textOf,
} from './recording.ts';

const interrupted = { kind: 'broken', failure: { kind: 'interrupted' } };
const damaged = (missing: number) => ({ kind: 'broken', failure: { kind: 'damaged', missing } });

/** Without what names the writer: a journal’s own words of a few lines. */
function journalOf(...records: readonly object[]): string {
  const lines = records.map((record, n) => seal({ by: 'w1', n, reply: 'r1', ...record }));
  return [encodeHeader({ id: 'c1', created: 0 }), ...lines, ''].join('\n');
}
const asked = { turn: { at: 0, model: 'm', prompt: { kind: 'explain' }, attachments: [] } };
const words = (offset: number, piece: string): object => ({ ms: 0, offset, text: piece });
const ended = (offset: number): object => ({ ms: 9, offset, event: complete });

/** Every text is where it was, and none is called whole that isn't. */
function checkTruth({ turns }: Replay, told: ReadonlyMap<string, Told>): void {
  for (const turn of turns) {
    const of = told.get(turn.replyId);
    const written = of?.turn.reply.text ?? '';
    const left = textOf(turn);
    let from = 0;
    let hidden = 0;
    for (const { at, length } of [...turn.gaps, { at: left.length, length: 0 }]) {
      assert.equal(left.slice(from, at), written.slice(from + hidden, at + hidden));
      from = at;
      hidden += length;
    }
    const last = turn.events.findLast(({ event }) => event.type !== 'counted')?.event;
    assert.equal(last?.type, 'outcome');
    if (turn.gaps.length > 0) assert.deepEqual(last.outcome, damaged(hidden));
    else if (turn.interrupted) assert.deepEqual(last.outcome, interrupted);
    else assert.ok(of?.endedAt.includes(left.length), 'an outcome that was told, with its text');
  }
}

describe('a journal replayed', () => {
  it('tells all that happened', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const { recording, told } = await play(steps);
        const { header, turns, unreadable, unknown } = recording.replay;
        assert.equal(header?.id, 'c1');
        assert.deepEqual([unreadable, unknown], [[], 0]);
        checkTruth(recording.replay, told);
        const { conversation } = new Recording(recording);
        assert.equal(turns.length, recording.conversation.turns.length);
        for (const [index, { prompt, attachments, reply }] of conversation.turns.entries()) {
          const was = recording.conversation.turns[index];
          assert.deepEqual(prompt, was?.prompt);
          assert.deepEqual(attachments, was?.attachments);
          assert.equal(reply.id, was?.reply.id);
          assert.equal(reply.text, was?.reply.text);
          assert.deepEqual(reply.outcome, was?.reply.outcome ?? interrupted);
        }
      }),
    );
  });

  it('gives a reply its receipt back', async () => {
    const recording = new Recording();
    const { clock } = recording;
    await clock.advance(1234);
    const turn = recording.ask();
    await clock.advance(250.25);
    recording.tell(turn, { type: 'connected', requestId: 'req_1' });
    await clock.advance(100);
    recording.tell(turn, { type: 'thinking', text: 'well' });
    await clock.advance(400);
    recording.tell(turn, text('one'), { type: 'stop-reason', stopReason: 'max_tokens' });
    recording.tell(turn, { type: 'outcome', outcome: { kind: 'cut', limit: 'max-tokens' } });
    await clock.advance(90_000);
    recording.tell(turn, { type: 'continued' }, text(' two'));
    await clock.advance(300);
    recording.tell(turn, complete);
    await clock.advance(200);
    const [restored] = new Recording(recording).conversation.turns;
    assert.deepEqual(restored?.reply.receipt(), turn.reply.receipt());
    assert.equal(restored?.reply.receipt().timeToFirstTokenMs, 350.25);
  });

  it('never throws and never lies, wherever the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.nat(), async (steps, place) => {
        const { recording, told } = await play(steps);
        const bytes = recording.storage.bytes('c1') ?? new Uint8Array();
        const cut = bytes.subarray(0, place % (bytes.length + 1));
        const result = replayJournal(new TextDecoder().decode(cut));
        if (result.kind !== 'ok') return;
        assert.ok(result.unreadable.every(({ torn }) => torn));
        assert.ok(result.turns.every(({ gaps }) => gaps.length === 0));
        checkTruth(result, told);
      }),
      { numRuns: 300 },
    );
  });

  it('loses no more than the last line at each place where the file may be cut', async () => {
    const recording = new Recording();
    const turn = recording.ask({ prompt: { kind: 'free', text: 'why 😀?' } });
    for (const piece of ['It ', 'is 中', ' so.']) {
      recording.tell(turn, text(piece));
      await recording.clock.advance(200);
    }
    recording.tell(turn, complete);
    await recording.writer.flush();
    const bytes = recording.storage.bytes('c1') ?? new Uint8Array();
    const ends = [...bytes.keys()].filter((index) => bytes[index] === 10);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const result = replayJournal(new TextDecoder().decode(bytes.subarray(0, cut)));
      // A line counts without its line end too.
      const whole = ends.filter((end) => end <= cut).length;
      if (whole === 0) assert.equal(result.kind, 'refused');
      else if (result.kind !== 'ok') assert.fail(`refused at ${cut}`);
      else {
        const said = result.turns[0] === undefined ? '' : textOf(result.turns[0]);
        assert.equal(said, ['', '', 'It ', 'It is 中', 'It is 中 so.'][Math.min(whole - 1, 4)]);
        assert.equal(result.turns[0]?.interrupted ?? true, whole < 6);
      }
    }
  });

  it('never throws and never lies, whichever byte is another', async () => {
    await fc.assert(
      fc.asyncProperty(
        script,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (steps, place, flip) => {
          const { recording, told } = await play(steps);
          const bytes = recording.storage.bytes('c1') ?? new Uint8Array();
          const index = place % bytes.length;
          bytes[index] = (bytes[index] ?? 0) ^ flip;
          checkTruth(replayed(new TextDecoder().decode(bytes)), told);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => void replayJournal(any)));
  });

  it('says where text is missing, and doesn’t call the rest whole', () => {
    const lines = journalOf(
      asked,
      words(0, 'one '),
      words(4, 'two '),
      words(8, 'three'),
      ended(13),
    );
    const { turns, unreadable } = replayed(lines.replace('two', 'tow'));
    const [turn] = turns;
    assert.ok(turn);
    assert.equal(textOf(turn), 'one three');
    assert.deepEqual(turn.gaps, [{ at: 4, length: 4 }]);
    assert.deepEqual(turn.events.at(-1)?.event, { type: 'outcome', outcome: damaged(4) });
    assert.equal(restoreTurn(turn, null, 0).reply.text, 'one […]three');
    assert.deepEqual(
      unreadable.map(({ line, torn }) => ({ line, torn })),
      [{ line: 4, torn: false }],
    );
  });

  it('misses the text before an outcome too', () => {
    const lines = journalOf(asked, words(0, 'one '), words(4, 'two'), ended(7));
    const [turn] = replayed(lines.replace('two', 'tow')).turns;
    assert.ok(turn);
    assert.deepEqual(turn.gaps, [{ at: 4, length: 3 }]);
    assert.equal(restoreTurn(turn, null, 0).reply.text, 'one […]');
  });

  it('counts once what was written twice', () => {
    const [header, ...lines] = journalOf(asked, words(0, 'one '), words(4, 'two')).split('\n');
    const twice = [header, ...lines, ...lines, header].join('\n');
    assert.deepEqual(replayed(twice), replayed([header, ...lines].join('\n')));
  });

  const windows: readonly [name: string, piece: string, kept: string][] = [
    ['once what both wrote', 'e two', 'one two'],
    ['all where they wrote different things', 'ly two', 'onely two'],
  ];
  for (const [name, piece, kept] of windows) {
    it(`keeps of two windows ${name}`, () => {
      const other = encodeRecord({ by: 'w2', n: 0, reply: 'r1', ms: 1, offset: 2, text: piece });
      const [turn] = replayed(`${journalOf(asked, words(0, 'one'))}${other}\n`).turns;
      assert.equal(turn && textOf(turn), kept);
      assert.deepEqual(turn?.gaps, []);
    });
  }

  it('keeps a reply whose turn is lost', () => {
    const lines = journalOf(asked, words(0, 'kept'), ended(4)).replace('explain', 'exprain');
    const [turn] = replayed(lines).turns;
    assert.equal(turn?.question, null);
    assert.equal(turn && textOf(turn), 'kept');
  });

  it('keeps all turns of a journal whose header is damaged', () => {
    const damaged = journalOf(asked, words(0, 'kept')).replace('"journal":1', '"journal":9');
    assert.equal(replayed(damaged).header, null);
    assert.equal(replayed(damaged).turns.length, 1);
  });

  const continued = { ms: 7, offset: 3, event: { type: 'continued' } };
  const continuedJournals: readonly [name: string, lines: string][] = [
    [
      'although the line that says so is lost',
      journalOf(asked, words(0, 'one'), ended(3), continued, words(3, ' two'), ended(7)).replace(
        'continued',
        'continual',
      ),
    ],
    ['after a crash', journalOf(asked, words(0, 'one'), continued, words(3, ' two'), ended(7))],
  ];
  for (const [name, lines] of continuedJournals) {
    it(`goes on where a reply was continued ${name}`, () => {
      assert.deepEqual(
        replayed(lines).turns[0]?.events.map(({ event }) => event.type),
        ['text', 'outcome', 'continued', 'text', 'outcome'],
      );
    });
  }

  it('lets turns of journals from before branches follow each other', () => {
    const old = journalOf(asked, words(0, 'one'), ended(3)).split('\n');
    assert.ok(!old.join().includes('"after"'));
    const [turn] = replayed(old.join('\n')).turns;
    assert.ok(turn);
    assert.equal(restoreTurn(turn, 'r0', 0).after, 'r0');
  });

  it('passes over what a newer minor version says', () => {
    const later = [{ pinned: true }, { ms: 0, offset: 0, event: { type: 'citation' } }];
    const replay = replayed(journalOf(asked, ...later, words(0, 'read')));
    assert.equal(replay.unknown, 2);
    assert.equal(replay.turns[0] && textOf(replay.turns[0]), 'read');
  });

  const refused: readonly [string, string, object][] = [
    ['nothing', '', { reason: 'not-a-journal' }],
    ['another file', '# Notes\n\nmine\n', { reason: 'not-a-journal' }],
    ['JSON of another kind', '{"version":3}\n', { reason: 'not-a-journal' }],
    [
      'a newer version',
      `${seal({ journal: 2, id: 'c1', created: 0 })}\n${journalOf(asked)}`,
      { reason: 'newer-version', version: 2 },
    ],
    [
      'a newer version with another seal',
      '{"journal":3}\n{"x":1}\n',
      { reason: 'newer-version', version: 3 },
    ],
  ];
  for (const [name, file, reason] of refused) {
    it(`refuses ${name}`, () => {
      assert.deepEqual(replayJournal(file), { kind: 'refused', ...reason });
    });
  }
});
