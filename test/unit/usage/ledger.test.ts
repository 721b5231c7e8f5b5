import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addUsage, hasUsage, noUsage, totalInput } from '../../../src/core/claude/usage.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { encodeEntry, type LedgerEntry, readLedger } from '../../../src/core/usage/ledger.ts';
import type { Receipt } from '../../../src/core/usage/receipt.ts';
import { rowsWithin, sumRows, usageRows } from '../../../src/core/usage/usage-rows.ts';
import { UsageLedger } from '../../../src/host/usage/usage-ledger.ts';
import { MemoryStorage } from '../../fakes/memory-storage.ts';

const noon = new Date(2026, 10, 21, 12).getTime();
const dayMs = 24 * 60 * 60 * 1000;

function entry(changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    reply: 'r1',
    at: noon,
    model: 'claude-sonnet-5-5',
    usage: { ...noUsage, input: 10, output: 5 },
    outputSource: 'reported',
    cost: 0.1,
    ...changes,
  };
}

const noProblem = (error: unknown): void => assert.fail(String(error));

describe('ledger format', () => {
  it('gives back what was written', () => {
    const written = [entry(), entry({ reply: 'r2', cost: null, outputSource: 'counted' })];
    assert.deepEqual(readLedger(written.map(encodeEntry).join('')), written);
  });

  it('takes the latest word on a reply, wherever it stands', () => {
    const old = entry({ cost: 1 });
    const late = entry({ at: noon + 1, cost: 2 });
    for (const lines of [
      [old, late],
      [late, old],
    ]) {
      const [read] = readLedger(lines.map(encodeEntry).join('\n'));
      assert.equal(read?.cost, 2);
    }
  });

  const damaged: readonly [string, (line: string) => string][] = [
    ['torn', (line) => line.slice(0, -20)],
    ['changed', (line) => line.replace('"cost":0.1', '"cost":0.2')],
    ['of a later kind', () => '{"header":3}'],
    ['empty', () => ''],
  ];
  for (const [name, damage] of damaged) {
    it(`passes over a line that is ${name}`, () => {
      const text = `${damage(encodeEntry(entry()).trim())}\n${encodeEntry(entry({ reply: 'r2' }))}`;
      assert.deepEqual(
        readLedger(text).map(({ reply }) => reply),
        ['r2'],
      );
    });
  }
});

/** What may happen to replies while a window is open, in any order. */
type Step =
  | { readonly kind: 'ask'; readonly model: string; readonly input: number; readonly text: string }
  | {
      readonly kind: 'end';
      readonly which: number;
      readonly output: number;
      readonly thinking: number;
    }
  | { readonly kind: 'stop'; readonly which: number }
  | { readonly kind: 'count'; readonly which: number; readonly output: number }
  | { readonly kind: 'continue'; readonly which: number; readonly input: number }
  | { readonly kind: 'wait'; readonly hours: number };

const tokens = fc.nat(200_000);
const which = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('ask' as const),
    model: fc.constantFrom('claude-sonnet-5-5', 'claude-haiku-5-5', 'unknown', 'a b'),
    input: tokens,
    text: fc.string({ maxLength: 40 }),
  }),
  fc.record({ kind: fc.constant('end' as const), which, output: tokens, thinking: tokens }),
  fc.record({ kind: fc.constant('stop' as const), which }),
  fc.record({ kind: fc.constant('count' as const), which, output: tokens }),
  fc.record({ kind: fc.constant('continue' as const), which, input: tokens }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.nat(60) }),
);

describe('ledger', () => {
  it('adds up to the sum of the receipts, whatever became of the replies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        let now = noon;
        const ledger = new UsageLedger({
          storage: new MemoryStorage(),
          onProblem: noProblem,
          now: () => now,
        });
        const replies: Reply[] = [];
        const record = async (reply: Reply): Promise<void> => {
          if (reply.outcome !== null)
            await ledger.record(reply.id, reply.partReceipt(), reply.part);
        };
        for (const happened of steps) {
          await play(happened, replies, record, (hours) => {
            now += hours * 60 * 60 * 1000;
          });
        }
        const ended = replies.filter(({ outcome }) => outcome !== null);
        const receipts = ended.map((reply) => reply.receipt());
        const sum = sumRows(usageRows(await ledger.entries()));
        assert.equal(sum.replies, receipts.length);
        assert.deepEqual(
          sum.usage,
          receipts.reduce((all, { usage }) => addUsage(all, usage), noUsage),
        );
        const unpriced = ended.filter((reply) => reply.receipt().cost === null);
        assert.equal(
          sum.unpriced,
          unpriced.reduce((all, { part }) => all + part + 1, 0),
        );
        const cost = receipts.reduce((all, receipt) => all + (receipt.cost ?? 0), 0);
        assert.ok(Math.abs(sum.cost - cost) <= 1e-9 * Math.max(1, cost));
      }),
      { numRuns: 60 },
    );
  });

  it('has one day for a row, and every row in a range that reaches it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(60), fc.constantFrom('a', 'b'), tokens), { maxLength: 50 }),
        (used) => {
          const entries = used.map(([days, model, input], index) =>
            entry({
              reply: String(index),
              model,
              at: noon - days * dayMs,
              usage: { ...noUsage, input },
            }),
          );
          const rows = usageRows(entries);
          assert.equal(new Set(rows.map(({ day, model }) => day + model)).size, rows.length);
          for (const range of [1, 7, 30] as const) {
            // At noon no change of clocks moves a reply to another day.
            const right = used
              .filter(([days]) => days < range)
              .reduce((sum, [, , n]) => sum + n, 0);
            const within = sumRows(rowsWithin(rows, '2026-11-21', range));
            assert.equal(totalInput(within.usage), right);
          }
        },
      ),
    );
  });

  const receipt: Receipt = {
    ...new Reply('r', 'claude-sonnet-5-5', 0).receipt(),
    usage: { ...noUsage, input: 100, output: 10 },
    cost: 0.5,
  };

  it('has a continuation on its own day, and leaves the beginning on its own', async () => {
    const storage = new MemoryStorage();
    let now = noon - dayMs;
    const ledger = new UsageLedger({ storage, onProblem: noProblem, now: () => now });
    const reply = new Reply('r1', 'claude-sonnet-5-5', 0);
    const answer = async (input: number): Promise<void> => {
      reply.apply({ type: 'connecting' }, 1);
      reply.apply({ type: 'usage', usage: { ...noUsage, input, output: 5 }, final: true }, 2);
      reply.apply({ type: 'text', text: 'So' }, 3);
      reply.apply({ type: 'outcome', outcome: { kind: 'stopped' } }, 4);
      await ledger.record(reply.id, reply.partReceipt(), reply.part);
    };
    await answer(100_000);
    const beginning = reply.receipt().cost ?? 0;
    now = noon;
    reply.apply({ type: 'continued' }, 5);
    await answer(50_000);
    const today = await ledger.today();
    const whole = reply.receipt();
    assert.equal(whole.usage.input, 150_000);
    assert.ok(Math.abs(today.cost - ((whole.cost ?? 0) - beginning)) < 1e-9);
    const days = usageRows(await ledger.entries());
    assert.deepEqual(
      days.map(({ day, sum }) => [day, sum.usage.input, sum.replies]),
      [
        ['2026-11-21', 50_000, 0],
        ['2026-11-20', 100_000, 1],
      ],
    );
  });

  it('takes what a crash kept from it once, on the day that it was asked for', async () => {
    const storage = new MemoryStorage();
    const ledger = new UsageLedger({ storage, onProblem: noProblem, now: () => noon });
    await ledger.recordMissing('r1', receipt, 0, noon - dayMs);
    await ledger.recordMissing('r1', { ...receipt, cost: 9 }, 0, noon - dayMs);
    await ledger.recordMissing('r1', { ...receipt, cost: 0.25 }, 1, noon);
    assert.equal((await ledger.today()).cost, 0.25);
    assert.deepEqual(
      usageRows(await ledger.entries()).map(({ day, sum }) => [day, sum.cost]),
      [
        ['2026-11-21', 0.25],
        ['2026-11-20', 0.5],
      ],
    );
  });

  it('is read by another window, and counts today alone as today', async () => {
    const storage = new MemoryStorage();
    let now = noon - dayMs;
    const ledger = new UsageLedger({ storage, onProblem: noProblem, now: () => now });
    await ledger.record('yesterday', receipt);
    now = noon;
    await ledger.record('today', receipt);
    const other = new UsageLedger({ storage, onProblem: noProblem, now: () => noon });
    assert.equal((await other.today()).cost, 0.5);
    assert.equal((await other.entries()).length, 2);
  });

  it('counts what the disk refused, and writes it with the next line', async () => {
    const storage = new MemoryStorage();
    const problems: unknown[] = [];
    const ledger = new UsageLedger({
      storage,
      onProblem: (error) => problems.push(error),
      now: () => noon,
    });
    storage.full = true;
    await ledger.record('r1', receipt);
    assert.equal(problems.length, 1);
    assert.equal((await ledger.today()).cost, 0.5);
    storage.full = false;
    storage.tearAfter = 30;
    await ledger.record('r2', receipt);
    await ledger.record('r3', receipt);
    const other = new UsageLedger({ storage, onProblem: noProblem, now: () => noon });
    assert.equal((await other.today()).replies, 3);
  });

  it('forgets all when told to, of other windows too, and what the disk refused', async () => {
    const storage = new MemoryStorage();
    const ledger = new UsageLedger({ storage, onProblem: () => {}, now: () => noon });
    const other = new UsageLedger({ storage, onProblem: noProblem, now: () => noon - 60 * dayMs });
    let changes = 0;
    await other.record('r0', receipt);
    storage.full = true;
    await ledger.record('r1', receipt);
    storage.full = false;
    ledger.onDidChange(() => changes++);
    await ledger.clear();
    assert.deepEqual([await ledger.entries(), await storage.list()], [[], []]);
    assert.equal(changes, 1);
    await ledger.record('r2', receipt);
    assert.deepEqual(
      (await other.entries()).map(({ reply }) => reply),
      ['r2'],
    );
  });

  it('says so where the disk does not let it forget, and goes on', async () => {
    const storage = new MemoryStorage();
    const ledger = new UsageLedger({ storage, onProblem: noProblem, now: () => noon });
    await ledger.record('r1', receipt);
    storage.clear = () => Promise.reject(new Error('EACCES: permission denied'));
    await assert.rejects(ledger.clear(), /EACCES/);
    await ledger.record('r2', receipt);
    assert.equal((await ledger.today()).replies, 2);
  });

  it('keeps a journal for each month, and a reply that goes on in the next counts once', async () => {
    const storage = new MemoryStorage();
    let now = new Date(2026, 10, 30, 23, 59).getTime();
    const ledger = new UsageLedger({ storage, onProblem: noProblem, now: () => now });
    await ledger.record('r1', receipt);
    now += 2 * 60 * 1000;
    await ledger.record('r1', { ...receipt, cost: 0.75 });
    assert.deepEqual(await storage.list(), ['2026-11', '2026-12']);
    assert.deepEqual(
      usageRows(await ledger.entries()).map(({ day, sum }) => [day, sum.cost]),
      [['2026-12-01', 0.75]],
    );
    await ledger.close();
    assert.deepEqual(storage.tidied, ['2026-11', '2026-12']);
  });
});

async function play(
  happened: Step,
  replies: Reply[],
  record: (reply: Reply) => Promise<void>,
  wait: (hours: number) => void,
): Promise<void> {
  if (happened.kind === 'wait') {
    wait(happened.hours);
    return;
  }
  if (happened.kind === 'ask') {
    const { model, input, text } = happened;
    const reply = new Reply(`r${replies.length}`, model, 0);
    replies.push(reply);
    reply.apply({ type: 'usage', usage: { ...noUsage, input, output: 1 }, final: false }, 1);
    if (text !== '') reply.apply({ type: 'text', text }, 2);
    assert.ok(hasUsage(reply.receipt().usage));
    return;
  }
  const reply = replies[happened.which];
  if (reply === undefined) return;
  const { usage } = reply.receipt();
  switch (happened.kind) {
    case 'end': {
      if (reply.outcome !== null) return;
      const { output, thinking } = happened;
      reply.apply({ type: 'usage', usage: { ...usage, output, thinking }, final: true }, 3);
      reply.apply({ type: 'outcome', outcome: { kind: 'complete' } }, 4);
      break;
    }
    case 'stop':
      reply.apply({ type: 'outcome', outcome: { kind: 'stopped' } }, 4);
      break;
    case 'count':
      reply.apply({ type: 'counted', output: happened.output }, 5);
      break;
    case 'continue':
      if (reply.outcome === null) return;
      reply.apply({ type: 'continued' }, 6);
      reply.apply(
        { type: 'usage', usage: { ...noUsage, input: happened.input, output: 1 }, final: false },
        7,
      );
      reply.apply({ type: 'text', text: 'more' }, 8);
      // It ends as well: what still streams is not in the ledger yet.
      reply.apply({ type: 'outcome', outcome: { kind: 'stopped' } }, 9);
      break;
  }
  await record(reply);
}
