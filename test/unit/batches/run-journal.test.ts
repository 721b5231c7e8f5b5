import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FileRun, PricedAnswer, RunPlan } from '../../../src/core/batches/file-run.ts';
import { encodeRecords, type RunRecord, replayRun } from '../../../src/core/batches/run-journal.ts';
import { noUsage } from '../../../src/core/claude/usage.ts';
import { outcomes } from '../journal/samples.ts';

const plan: RunPlan = {
  id: 'run1',
  at: 1,
  mode: 'batch',
  prompt: 'Explain',
  model: 'claude-sonnet-5-5',
  items: [
    { id: 'run1-0001', file: 'a.ts' },
    { id: 'run1-0002', file: 'b.ts' },
  ],
  leftOut: [{ file: 'c.png', reason: 'it is binary data' }],
};

const answer = (text: string): PricedAnswer => ({
  text,
  outcome: { kind: 'complete' },
  model: plan.model,
  usage: { ...noUsage, input: 1, output: 2 },
  stopReason: 'end_turn',
  requestId: null,
  cost: 0.1,
});

const whole: readonly RunRecord[] = [
  { type: 'planned', plan },
  { type: 'created', batchId: 'msgbatch_1' },
  { type: 'answered', id: 'run1-0002', answer: answer('second') },
  { type: 'answered', id: 'run1-0001', answer: answer('first\n"quoted" 🎉') },
  { type: 'ended' },
];

/** The journal as it is written: each record by itself. */
const written = (records: readonly RunRecord[]): string =>
  records.map((record) => encodeRecords([record])).join('');

describe('the journal of a run', () => {
  it('tells all that happened', () => {
    const run = replayRun(written(whole));
    assert.deepEqual(run, {
      plan,
      batchId: 'msgbatch_1',
      sentAt: plan.at,
      isCertain: true,
      disowned: new Set(),
      answers: new Map([
        ['run1-0002', answer('second')],
        ['run1-0001', answer('first\n"quoted" 🎉')],
      ]),
      isMissing: false,
      isRemoving: false,
      hasEnded: true,
    } satisfies FileRun);
  });

  it('is nothing without its plan', () => {
    assert.equal(replayRun(''), null);
    assert.equal(replayRun(written(whole.slice(1))), null);
  });

  it('keeps its first plan, and of two answers the later', () => {
    const other = { ...plan, prompt: 'Another' };
    const run = replayRun(
      written([
        ...whole,
        { type: 'planned', plan: other },
        { type: 'answered', id: 'run1-0001', answer: answer('again') },
      ]),
    );
    assert.equal(run?.plan.prompt, 'Explain');
    assert.equal(run?.answers.get('run1-0001')?.text, 'again');
  });

  it('is not certain of a batch that was found', () => {
    const run = replayRun(
      written([
        { type: 'planned', plan },
        { type: 'found', batchId: 'm1' },
      ]),
    );
    assert.deepEqual([run?.batchId, run?.isCertain], ['m1', false]);
  });

  it('gives up a batch that was another’s', () => {
    const run = replayRun(
      written([...whole.slice(0, 2), { type: 'disowned', batchId: 'msgbatch_1' }]),
    );
    assert.deepEqual([run?.batchId, [...(run?.disowned ?? [])]], [null, ['msgbatch_1']]);
  });

  it('brings back any outcome', () => {
    fc.assert(
      fc.property(fc.oneof(...Object.values(outcomes)), (outcome) => {
        const record: RunRecord = {
          type: 'answered',
          id: 'run1-0001',
          answer: { ...answer('x'), outcome },
        };
        const run = replayRun(written([{ type: 'planned', plan }, record]));
        assert.deepEqual(run?.answers.get('run1-0001')?.outcome, outcome);
      }),
    );
  });

  it('never throws and never lies, wherever it is cut', () => {
    const text = written(whole);
    for (let end = 0; end <= text.length; end++) {
      const run = replayRun(text.slice(0, end));
      for (const [id, { text: said }] of run?.answers ?? []) {
        assert.equal(said, id === 'run1-0002' ? 'second' : 'first\n"quoted" 🎉');
      }
      // What is appended after a torn write is read all the same.
      if (run === null) continue;
      const more = replayRun(text.slice(0, end) + written([{ type: 'ended' }]));
      assert.equal(more?.hasEnded, true);
    }
  });
});
