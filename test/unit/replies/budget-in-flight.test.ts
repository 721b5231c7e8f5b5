import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Claude } from '../../../src/core/claude/claude.ts';
import { noUsage } from '../../../src/core/claude/usage.ts';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import type { SettingsReader } from '../../../src/host/settings-reader.ts';
import { MemoryStorage } from '../../fakes/memory-storage.ts';
import { noMemory } from '../../fakes/no-memory.ts';
import { defaultSettings } from '../../fakes/settings.ts';
import { answers } from '../../fakes/vscode.ts';

const { Preflight } = await import('../../../src/host/ask/preflight.ts');
const { ReplyService } = await import('../../../src/host/ask/reply-service.ts');
const { RunningReplies } = await import('../../../src/host/ask/running-replies.ts');
const { BudgetGuard } = await import('../../../src/host/usage/budget-guard.ts');
const { UsageLedger } = await import('../../../src/host/usage/usage-ledger.ts');
const { recordUsage, UsageTotals } = await import('../../../src/host/usage/usage-totals.ts');

const question = { prompt: { kind: 'free', text: 'Why?' }, attachments: [] } as const;
const fail = (error: unknown): never => assert.fail(String(error));

describe('the budget and replies in flight', () => {
  afterEach(() => answers.clear());

  it('lets one of twenty questions pass, and the next once its reply was cheap', async () => {
    // Whoever is asked presses no button.
    answers.set('window.showWarningMessage', () => Promise.resolve(undefined));
    const sent: { readonly end: () => void }[] = [];
    const claude = {
      streamReply: (_request, { emit }) =>
        new Promise<void>((resolve) => {
          sent.push({
            end: () => {
              const usage = { ...noUsage, input: 1000, output: 10 };
              emit({ type: 'usage', usage, final: true });
              emit({ type: 'outcome', outcome: { kind: 'complete' } });
              resolve();
            },
          });
        }),
    } as Pick<Claude, 'streamReply'> as Claude;
    const settings = {
      read: () => ({ ...defaultSettings, dailyBudget: 1 }),
    } as unknown as SettingsReader;
    const log = { error: fail, info: () => {} } as unknown as vscode.LogOutputChannel;
    const ledger = new UsageLedger({ storage: new MemoryStorage(), onProblem: fail });
    const cost = { tokens: 1, exact: true, cost: 0.83, costExact: true, contextTokens: null };
    const counter = { cachedOrEstimated: () => cost };
    const budget = new BudgetGuard({ ledger, counter, settings, memory: noMemory, log });
    const keyPrompt = { ensureKey: async () => true, open: async () => claude };
    const connections = { getCapabilities: () => null };
    const preflight = new Preflight({ connections, keyPrompt, settings, spending: { budget } });
    const running = new RunningReplies();
    const replies = new ReplyService({ preflight, keyPrompt, settings, running, log });
    const recording = recordUsage(replies, ledger, new UsageTotals(), log);
    const submit = () => replies.submit(question, { conversation: new Conversation(() => 0) });

    const turns = await Promise.all(Array.from({ length: 20 }, submit));
    const [turn] = turns.filter((each) => each !== null);
    assert.equal(turns.filter((each) => each !== null).length, 1);
    assert.equal(await submit(), null, 'it is still in flight');

    // Nothing was reserved for one that found no place.
    assert.equal(await replies.submit(question, { conversation: null }), null);

    while (sent.length === 0) await new Promise(setImmediate);
    assert.equal(sent.length, 1);
    const ended = new Promise<void>((resolve) => {
      running.onDidChange(() => {
        if (running.all.length === 0) resolve();
      });
    });
    sent[0]?.end();
    await ended;
    assert.equal(turn?.reply.outcome?.kind, 'complete');
    assert.ok((await ledger.today()).cost < 0.01);
    assert.equal(await replies.submit(question, { conversation: null }), null);
    assert.notEqual(await submit(), null, 'the budget has room again');
    recording.dispose();
  });
});
