import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { noUsage } from '../../../src/core/claude/usage.ts';
import type { TurnChange } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { Emitter } from '../../../src/core/emitter.ts';
import type { ReplyService } from '../../../src/host/ask/reply-service.ts';
import { MemoryStorage } from '../../fakes/memory-storage.ts';

const { ConversationStore } = await import('../../../src/host/history/conversation-store.ts');
const { UsageLedger } = await import('../../../src/host/usage/usage-ledger.ts');
const { recordUsage, UsageTotals } = await import('../../../src/host/usage/usage-totals.ts');

const log = {
  error: (error: unknown) => assert.fail(String(error)),
} as unknown as vscode.LogOutputChannel;

describe('a reply that a crash interrupted', () => {
  it('is in the ledger when it comes back, once', async () => {
    const storage = new MemoryStorage();
    const usage = new MemoryStorage();
    const openWindow = () => {
      const changes = new Emitter<TurnChange>();
      const ledger = new UsageLedger({
        storage: usage,
        onProblem: (error) => assert.fail(String(error)),
      });
      const replies = { onDidChange: changes.event } as unknown as ReplyService;
      const recording = recordUsage(replies, ledger, new UsageTotals(), log);
      const recorded: Promise<void>[] = [];
      const places = {
        conversations: storage,
        index: new MemoryStorage(),
        changed: { fire: () => {} },
        prices: () => ({}),
        log,
      };
      const store = new ConversationStore(places, (reply) =>
        recorded.push(recording.recordInterrupted(reply)),
      );
      return { store, ledger, recorded };
    };

    const { store } = openWindow();
    const { id, conversation, close } = store.create();
    const reply = new Reply('r1', 'claude-sonnet-5-5', performance.now());
    conversation.add({ after: null, prompt: { kind: 'explain' }, attachments: [], reply });
    const [turn = assert.fail('no turn')] = conversation.turns;
    conversation.apply(turn, { type: 'connecting' });
    const spent = { ...noUsage, input: 100_000, output: 1 };
    conversation.apply(turn, { type: 'usage', usage: spent, final: false });
    conversation.apply(turn, { type: 'text', text: 'It adds' });
    // The journal is on the disk, and nothing else: no outcome, no line in the ledger.
    await close();
    assert.deepEqual(await usage.list(), []);

    for (const visit of ['first', 'second']) {
      const later = openWindow();
      const opened = await later.store.open(id);
      assert.equal(opened?.conversation.turns[0]?.reply.outcome?.kind, 'broken');
      await Promise.all(later.recorded);
      const today = await later.ledger.today();
      assert.deepEqual([today.replies, today.usage.input], [1, 100_000], visit);
      assert.ok(today.cost >= 0.2);
      await opened?.close();
    }
    const [entry] = await openWindow().ledger.entries();
    assert.ok(Math.abs((entry?.at ?? 0) - Date.now()) < 60_000, 'on the day that it was asked for');
  });
});
