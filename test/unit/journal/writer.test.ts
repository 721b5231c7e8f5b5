import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Turn } from '../../../src/core/conversation/conversation.ts';
import { restoreTurn } from '../../../src/core/conversation/journal-replay.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { JournalDeletedError } from '../../../src/host/storage/journal-storage.ts';
import { settle } from './hand-clock.ts';
import { complete, play, Recording, replayed, script, text, textOf } from './recording.ts';

/** What the journal would give back of the first reply if all ended now. */
function saved(recording: Recording): string {
  const [turn] = recording.text === '' ? [] : recording.replay.turns;
  return turn === undefined ? '' : textOf(turn);
}

function linesOf(recording: Recording): readonly string[] {
  return recording.text.split('\n').filter((line) => line !== '');
}

/** Deltas as a model sends them, one each 20 ms. */
async function stream(recording: Recording, turn: Turn, deltas: number): Promise<void> {
  for (let delta = 0; delta < deltas; delta++) {
    recording.tell(turn, text(`word ${String(delta).padStart(6, '0')} `));
    if (delta % 10 === 9) await recording.clock.advance(200);
  }
}

describe('the journal’s writer', () => {
  it('writes nothing before the first turn', async () => {
    const recording = new Recording();
    await recording.clock.advance(1000);
    await recording.writer.flush();
    assert.equal(recording.storage.tries, 0);
  });

  it('never holds a change back for more than 250 ms', async () => {
    const pauses = fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(pauses, fc.integer({ min: 0, max: 24 }), async (waits, slow) => {
        const recording = new Recording();
        const { clock, storage } = recording;
        storage.delay = () => clock.sleep(slow);
        const turn = recording.ask();
        const history: { at: number; length: number }[] = [];
        for (const wait of waits) {
          recording.tell(turn, text('x'.repeat(wait)));
          history.push({ at: clock.now(), length: turn.reply.text.length });
          for (let ms = 0; ms < wait; ms++) {
            await clock.advance(1);
            const old = history.findLast(({ at }) => at <= clock.now() - 250)?.length ?? 0;
            assert.ok(saved(recording).length >= old);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('writes an outcome at once', async () => {
    const recording = new Recording();
    const turn = recording.ask();
    recording.tell(turn, text('all'), complete);
    await settle();
    assert.equal(recording.replay.turns[0]?.interrupted, false);
    assert.equal(saved(recording), 'all');
    assert.deepEqual(recording.storage.tidied, ['c1']);
  });

  it('merges the deltas of a batch, also of two replies at once', async () => {
    const recording = new Recording();
    const turns = [recording.ask(), recording.ask()];
    for (let delta = 0; delta < 50; delta++) {
      for (const turn of turns) recording.tell(turn, text('word '));
    }
    await recording.clock.advance(200);
    // The header, two turns, two texts.
    assert.equal(linesOf(recording).length, 5);
    assert.equal(saved(recording), 'word '.repeat(50));
  });

  it('keeps thinking and text in their order', async () => {
    const recording = new Recording();
    const turn = recording.ask();
    const thinking = { type: 'thinking', text: 'hm' } as const;
    recording.tell(turn, thinking, thinking, text('a'), text('b'), thinking, complete);
    await settle();
    assert.deepEqual(
      recording.replay.turns[0]?.events.map(({ event }) => event),
      [{ ...thinking, text: 'hmhm' }, text('ab'), thinking, complete],
    );
  });

  it('leaves out what a reply took no notice of', async () => {
    const recording = new Recording();
    const turn = recording.ask();
    const stopped = { type: 'outcome', outcome: { kind: 'stopped' } } as const;
    recording.tell(turn, text('kept'), complete, text(' not'), stopped);
    await recording.writer.flush();
    assert.deepEqual(
      recording.replay.turns[0]?.events.map(({ event }) => event),
      [text('kept'), complete],
    );
  });

  it('writes bytes in proportion to the text', async () => {
    const sizes: number[] = [];
    for (const deltas of [10_000, 20_000]) {
      const recording = new Recording();
      const turn = recording.ask();
      await stream(recording, turn, deltas);
      await recording.writer.flush();
      const { bytesWritten } = recording.storage;
      sizes.push(bytesWritten);
      assert.equal(saved(recording), turn.reply.text);
      assert.ok(bytesWritten <= 3 * turn.reply.text.length, `${bytesWritten} bytes`);
    }
    const [once = 0, twice = 0] = sizes;
    assert.ok(twice < 2.05 * once, `${once} bytes, then ${twice}`);
  });

  it('has one write in flight at a time', async () => {
    const recording = new Recording();
    const { clock, storage, writer } = recording;
    storage.delay = () => clock.sleep(700);
    const turn = recording.ask();
    await stream(recording, turn, 200);
    recording.tell(turn, complete);
    const flushes = [writer.flush(), writer.flush()];
    await clock.advance(3000);
    await Promise.all(flushes);
    assert.equal(storage.mostInFlight, 1);
    // Slow as it is, each write takes all that has gathered.
    assert.ok(storage.tries <= 8, `${storage.tries} writes`);
    assert.equal(saved(recording), turn.reply.text);
  });

  it('flushes all that has happened before', async () => {
    const recording = new Recording();
    const { clock, storage, writer } = recording;
    storage.delay = () => clock.sleep(50);
    const turn = recording.ask();
    const first = writer.flush();
    await settle();
    recording.tell(turn, text('while the first is in flight'));
    const second = writer.flush().then(() => saved(recording));
    await clock.advance(100);
    await first;
    assert.equal(await second, 'while the first is in flight');
  });

  it('hands over what has gathered when it is disposed of, and hears no more', async () => {
    const recording = new Recording();
    const turn = recording.ask();
    recording.tell(turn, text('heard'));
    recording.writer.dispose();
    recording.tell(turn, text(' unheard'));
    await recording.clock.advance(1000);
    assert.equal(saved(recording), 'heard');
  });

  it('tells of a full disk once, and loses nothing when there is room again', async () => {
    const recording = new Recording();
    const { clock, storage, problems } = recording;
    const turn = recording.ask();
    await stream(recording, turn, 20);
    storage.full = true;
    const before = storage.tries;
    await stream(recording, turn, 500);
    assert.equal(problems.length, 1);
    // 10 s: at first as ever, then no more often than each 2 s.
    assert.ok(storage.tries - before <= 7, `${storage.tries - before} tries`);
    storage.full = false;
    recording.tell(turn, text('the end'));
    await clock.advance(2000);
    assert.equal(saved(recording), turn.reply.text);
    storage.full = true;
    recording.tell(turn, complete);
    await settle();
    assert.equal(problems.length, 2, 'another problem, since a write has succeeded');
    assert.equal(recording.replay.turns[0]?.interrupted, true);
    storage.full = false;
    await recording.writer.flush();
    assert.equal(recording.replay.turns[0]?.interrupted, false);
  });

  it('asks a full disk every 2 s, also while nothing happens, until it takes all', async () => {
    const recording = new Recording();
    const { clock, storage, problems } = recording;
    const turn = recording.ask();
    storage.full = true;
    recording.tell(turn, text('kept'), complete);
    await settle();
    await clock.advance(60_000);
    assert.ok(storage.tries >= 20 && storage.tries <= 31, `${storage.tries} tries`);
    assert.equal(problems.length, 1);
    storage.full = false;
    await clock.advance(2000);
    assert.equal(saved(recording), 'kept');
    const { tries } = storage;
    await clock.advance(60_000);
    assert.equal(storage.tries, tries);
  });

  it('asks a full disk no more once it is disposed of', async () => {
    const recording = new Recording();
    recording.storage.full = true;
    recording.tell(recording.ask(), complete);
    recording.writer.dispose();
    await settle();
    const { tries } = recording.storage;
    await recording.clock.advance(60_000);
    assert.equal(recording.storage.tries, tries);
  });

  it('stops, and says so once, where the journal was deleted', async () => {
    const recording = new Recording();
    const turn = recording.ask();
    recording.tell(turn, text('one'));
    await recording.clock.advance(200);
    await recording.storage.bury('c1');
    recording.tell(turn, text('two'));
    await recording.clock.advance(200);
    const { tries } = recording.storage;
    recording.tell(turn, text('three'), complete);
    await recording.clock.advance(60_000);
    recording.writer.dispose();
    await settle();
    assert.equal(recording.storage.tries, tries);
    assert.equal(recording.problems.length, 1);
    assert.ok(recording.problems[0] instanceof JournalDeletedError);
    assert.equal(recording.storage.text('c1'), null);
  });

  it('dates a question by the calendar, whatever the clock for durations says', async () => {
    const recording = new Recording();
    const reply = new Reply(
      'r1',
      'claude-sonnet-5-5',
      recording.clock.now(),
      {},
      1_800_000_000_000,
    );
    const prompt = { kind: 'explain' } as const;
    recording.conversation.add({ after: null, prompt, attachments: [], reply });
    await recording.writer.flush();
    const [turn] = recording.replay.turns;
    assert.equal(turn?.question?.at, 1_800_000_000_000);
    assert.ok(turn !== undefined);
    // Read back on a clock that started at another time, it has its date.
    assert.equal(restoreTurn(turn, null, 5).reply.askedOn, 1_800_000_000_000);
  });

  it('makes a torn write again, whole', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.nat({ max: 600 }), async (steps, torn) => {
        const recording = new Recording();
        recording.storage.tearAfter = torn;
        await play(steps, recording);
        await recording.writer.flush();
        for (const [index, turn] of recording.replay.turns.entries()) {
          const { reply } = recording.conversation.turns[index] ?? assert.fail('one turn too many');
          assert.equal(textOf(turn), reply.text);
          assert.deepEqual(turn.gaps, []);
          assert.equal(turn.interrupted, reply.outcome === null);
        }
      }),
    );
  });

  it('goes on in a journal that a crash has torn', async () => {
    await fc.assert(
      fc.asyncProperty(script, script, fc.nat(), async (steps, later, place) => {
        const { recording: first } = await play(steps);
        const bytes = first.storage.bytes('c1') ?? new Uint8Array();
        const kept = bytes.subarray(0, place % bytes.length);
        await first.storage.delete('c1');
        const head = new TextDecoder().decode(kept);
        // Without its header it is no journal, and nothing goes on with it.
        if (!head.includes('\n')) return;
        await first.storage.append('c1', head);
        const second = new Recording(first);
        await play(later, second);
        const third = new Recording(second).conversation.turns;
        assert.equal(third.length, second.conversation.turns.length);
        for (const [index, { reply }] of second.conversation.turns.entries()) {
          assert.equal(third[index]?.reply.text, reply.text);
          if (reply.outcome !== null) assert.deepEqual(third[index]?.reply.outcome, reply.outcome);
        }
        assert.equal(replayed(second.text).turns.filter(({ gaps }) => gaps.length > 0).length, 0);
      }),
    );
  });

  it('continues a reply that has a gap at the place where it ends', async () => {
    const first = new Recording();
    const turn = first.ask();
    for (const piece of ['one ', 'two ', 'three']) {
      first.tell(turn, text(piece));
      await first.clock.advance(200);
    }
    const damaged = first.text.replace('two', 'tow');
    await first.storage.delete('c1');
    await first.storage.append('c1', damaged);
    const second = new Recording(first);
    const [restored] = second.conversation.turns;
    assert.ok(restored);
    // As long as what is missing, and the same as what is there: it is new nevertheless.
    second.tell(restored, { type: 'continued' }, text('hree'), text(' four'), complete);
    await settle();
    assert.equal(saved(second), 'one threehree four');
    assert.deepEqual(second.replay.turns[0]?.gaps, [{ at: 4, length: 4 }]);
  });
});
