import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type { Turn, TurnChange } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { Emitter } from '../../../src/core/emitter.ts';
import type { SettingsReader } from '../../../src/host/settings-reader.ts';
import { UsageTotals } from '../../../src/host/usage/usage-totals.ts';
import { answers } from '../../fakes/vscode.ts';

const { registerUsageStatus } = await import('../../../src/host/usage/usage-status.ts');

describe('the status bar', () => {
  const item = { text: '', shown: false };
  let changes: Emitter<TurnChange>;
  let status: { dispose(): unknown };

  beforeEach(() => {
    Object.assign(item, {
      text: '',
      shown: false,
      show: () => {
        item.shown = true;
      },
      hide: () => {
        item.shown = false;
      },
      dispose: () => {},
    });
    answers.clear();
    answers.set('window.createStatusBarItem', () => item);
    changes = new Emitter();
    const totals = new UsageTotals();
    totals.follow(changes.event);
    const settings = { read: () => ({ dailyBudget: 0 }) } as unknown as SettingsReader;
    const running = { all: [], onDidChange: new Emitter<void>().event };
    status = registerUsageStatus(totals, settings, running);
  });
  afterEach(() => {
    status.dispose();
    answers.clear();
  });

  const begin = (): Turn => ({
    after: null,
    prompt: { kind: 'explain' },
    attachments: [],
    reply: new Reply(crypto.randomUUID(), 'claude-sonnet-5-5', 0),
  });
  function apply(turn: Turn, ...events: readonly ReplyEvent[]): void {
    for (const event of events) {
      turn.reply.apply(event, 0);
      changes.fire({ turn, event, at: 0 });
    }
  }
  const usage = { input: 1200, cacheRead: 0, cacheWrite: 0, output: 356, thinking: null };
  const used: ReplyEvent = { type: 'usage', usage, final: true };
  const complete: ReplyEvent = { type: 'outcome', outcome: { kind: 'complete' } };
  const failed: ReplyEvent = {
    type: 'outcome',
    outcome: { kind: 'broken', failure: { kind: 'no-key' } },
  };

  it('shows a reply that connects, not the last one', () => {
    apply(begin(), { type: 'connecting' }, used, complete);
    assert.equal(item.text, '$(sparkle) 1.2k in · 356 out');
    const next = begin();
    apply(next, { type: 'connecting' });
    assert.equal(item.text, '$(loading~spin) Connecting…');
    apply(next, { type: 'connected', requestId: 'r' }, used, complete);
    assert.equal(item.text, '$(sparkle) 1.2k in · 356 out');
  });

  it('goes back to the last one where a reply has used nothing', () => {
    apply(begin(), { type: 'connecting' }, used, complete);
    apply(begin(), { type: 'connecting' }, failed);
    assert.equal(item.text, '$(sparkle) 1.2k in · 356 out');
  });

  it('is empty after a first reply that has used nothing', () => {
    const first = begin();
    apply(first, { type: 'connecting' });
    assert.ok(item.shown);
    apply(first, failed);
    assert.equal(item.shown, false);
  });
});
