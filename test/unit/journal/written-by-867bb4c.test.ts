import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { replayJournal, restoreTurn } from '../../../src/core/conversation/journal-replay.ts';
import { RunStore } from '../../../src/host/batches/run-services.ts';
import { UsageLedger } from '../../../src/host/usage/usage-ledger.ts';
import { MemoryStorage } from '../../fakes/memory-storage.ts';

/*
 * Files byte for byte as commit 867bb4c wrote them, before the folders, classes and bundles were
 * rearranged. Not to be made anew by today's code: they are what lies on people's disks.
 */
const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/867bb4c/${name}.jsonl`, import.meta.url), 'utf8');

async function storageOf(files: Readonly<Record<string, string>>): Promise<MemoryStorage> {
  const storage = new MemoryStorage();
  for (const [name, file] of Object.entries(files)) await storage.append(name, fixture(file));
  return storage;
}

describe('what commit 867bb4c wrote', () => {
  describe('a conversation’s journal', () => {
    const replay = replayJournal(fixture('conversation'));
    assert.equal(replay.kind, 'ok');
    const conversation = new Conversation(() => 0);
    for (const turn of replay.turns) {
      conversation.add(restoreTurn(turn, conversation.turns.at(-1)?.reply.id ?? null, 0));
    }
    const turn = (id: string) => conversation.getTurn(id) ?? assert.fail(id);

    it('is read whole', () => {
      assert.deepEqual(replay.unreadable, []);
      assert.deepEqual(replay.header, { id: 'conversation', created: 1_795_165_200_000 });
    });

    it('has every reply with its text and its outcome', () => {
      assert.deepEqual(
        conversation.turns.map(({ reply }) => [reply.id, reply.text, reply.outcome]),
        [
          ['r1', 'It retries for ever — “always”. 😀\n', { kind: 'complete' }],
          ['r2', 'Count the attempts.', { kind: 'complete' }],
          [
            'r3',
            'A limit:\n\n```ts\nfor (let i = 0; i < 3; i++)',
            { kind: 'cut', limit: 'max-tokens' },
          ],
          ['r4', '', { kind: 'refused', category: 'cyber', explanation: 'Not this.' }],
          ['r5', 'test(', { kind: 'broken', failure: { kind: 'network', code: 'ECONNRESET' } }],
          ['r6', '', { kind: 'broken', failure: { kind: 'rate-limited', retryAfterMs: null } }],
          // The window was closed while it streamed.
          ['r7', 'Then it', { kind: 'broken', failure: { kind: 'interrupted' } }],
        ],
      );
    });

    it('has its branches', () => {
      assert.deepEqual(
        conversation.turns.map(({ after }) => after),
        [null, 'r1', 'r1', 'r3', 'r4', 'r5', 'r6'],
      );
      assert.deepEqual(
        conversation.alternatives(turn('r3')).map(({ reply }) => reply.id),
        ['r2', 'r3'],
      );
    });

    it('has every kind of prompt and of attachment', () => {
      assert.deepEqual(
        conversation.turns.map(({ prompt }) => prompt),
        [
          { kind: 'explain' },
          { kind: 'free', text: 'How can it end?' },
          { kind: 'built-in', name: 'Fix', text: 'Fix the code.' },
          { kind: 'saved', name: 'Tone', text: 'Be kind.' },
          { kind: 'code', text: 'A test.' },
          { kind: 'free', text: 'And?' },
          { kind: 'free', text: 'More.' },
        ],
      );
      assert.deepEqual(turn('r1').attachments, [
        {
          kind: 'selection',
          file: 'src/retry.ts',
          language: 'typescript',
          lines: { from: 3, to: 5 },
          text: 'for (;;) {\n  await attempt();\n}',
          surroundings: [
            {
              part: 'imports',
              lines: { from: 1, to: 1 },
              text: "import { attempt } from './attempt.ts';",
            },
            {
              part: 'enclosing',
              lines: { from: 2, to: 6 },
              text: 'async function retry() {\n…\n}',
            },
          ],
          uri: 'file:///work/src/retry.ts',
          whole: false,
        },
      ]);
      assert.deepEqual(
        turn('r2').attachments.map(({ kind }) => kind),
        ['quote', 'problems', 'diff', 'definition', 'image'],
      );
    });

    it('has the thinking as the API wants it back, and the usage', () => {
      const { reply } = turn('r1');
      assert.equal(reply.thinking, 'A loop without an end.');
      assert.deepEqual(reply.thoughts, [
        {
          at: 0,
          thought: { kind: 'signed', thinking: 'A loop without an end.', signature: 'c2ln' },
        },
        { at: 0, thought: { kind: 'redacted', data: 'cmVk' } },
      ]);
      const { model, usage, stopReason, requestId } = reply.receipt();
      assert.deepEqual(
        { model, usage, stopReason, requestId },
        {
          model: 'claude-sonnet-5-5',
          usage: { input: 120, cacheRead: 1000, cacheWrite: 50, output: 42, thinking: 8 },
          stopReason: 'end_turn',
          requestId: 'req_1',
        },
      );
    });
  });

  it('a usage ledger: its last word on each reply, over two months', async () => {
    const storage = await storageOf({ '2026-11': 'usage-2026-11', '2026-12': 'usage-2026-12' });
    const ledger = new UsageLedger({ storage, onProblem: (error) => assert.fail(String(error)) });
    const entries = (await ledger.entries()).toSorted((a, b) => a.reply.localeCompare(b.reply));
    assert.deepEqual(
      entries.map(({ reply, model, usage, outputSource, cost }) => [
        reply,
        model,
        usage.input + usage.cacheRead + usage.cacheWrite,
        usage.output,
        outputSource,
        cost,
      ]),
      [
        ['r1', 'claude-sonnet-5-5', 1170, 42, 'reported', 0.000985],
        ['r2', 'claude-sonnet-5-5', 300, 12, 'counted', 0.0007199999999999999],
        ['r3', 'claude-opus-5-5', 200, 64, 'reported', 0.0020800000000000003],
        ['r4', 'claude-sonnet-5-5', 90, 2, 'reported', 0.0002],
        ['r5', 'claude-sonnet-5-5', 0, 1, 'estimated', 0.00001],
        ['r6', 'claude-sonnet-5-5', 0, 0, 'reported', 0],
        ['r8', 'claude-sonnet-5-5', 10, 20, 'reported', 0.00022],
        ['r9', 'a-model-without-a-price', 5, 6, 'reported', null],
      ],
    );
  });

  it('a run of a prompt on files, as a batch', async () => {
    const store = new RunStore(await storageOf({ run1: 'batch' }));
    const [run, ...others] = await store.list();
    assert.deepEqual(others, []);
    assert.ok(run !== undefined);
    assert.equal(run.plan.prompt, 'Explain');
    assert.equal(run.plan.mode, 'batch');
    assert.deepEqual(run.plan.leftOut, [{ file: 'd.png', reason: 'it is binary data' }]);
    assert.equal(run.batchId, 'msgbatch_1');
    assert.equal(run.isCertain, true);
    assert.deepEqual([...run.disowned], ['msgbatch_other']);
    assert.equal(run.hasEnded, true);
    assert.deepEqual(
      run.plan.items.map(({ id, file }) => {
        const answer = run.answers.get(id);
        return [file, answer?.text, answer?.outcome, answer?.cost];
      }),
      [
        ['a.ts', 'First “file”.\n', { kind: 'complete' }, 0.0004],
        [
          'b.ts',
          '',
          { kind: 'broken', failure: { kind: 'invalid-request', detail: 'too long' } },
          null,
        ],
        ['c.ts', 'Third', { kind: 'cut', limit: 'max-tokens' }, 0.0004],
      ],
    );
  });
});
