import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type { Turn } from '../../../src/core/conversation/conversation.ts';
import { sampleReply } from '../../fakes/messages-api/sample-reply.ts';
import type { PanelPage } from './panel-page.ts';

const connected: ReplyEvent = { type: 'connected', requestId: 'req_011CTestOfThePanel' };
const usage = { input: 1200, cacheRead: 300, cacheWrite: 0, output: 356, thinking: 40 };
const counted: ReplyEvent = { type: 'usage', usage, final: true };
const thought = 'The selection retries a task.\n\nWhat matters is the order of the waits.';

const selection: Turn['attachments'] = [
  {
    kind: 'selection',
    file: 'src/some/where/deep/in/the/folders/of-a-project/retry-with-backoff.ts',
    language: 'typescript',
    lines: { from: 4, to: 15 },
    text: 'export async function retry() {}',
    surroundings: [],
  },
];

/** Everything that a reader may find in the panel: each leads a fresh panel to it. */
export const states: Readonly<Record<string, (panel: PanelPage) => Promise<void>>> = {
  empty: async () => {},
  'no key': async (panel) => {
    panel.apply(panel.ask('How does it retry?', selection), {
      type: 'outcome',
      outcome: { kind: 'broken', failure: { kind: 'no-key' } },
    });
  },
  connecting: async (panel) => {
    panel.ask('How does it retry?', selection);
  },
  waiting: async (panel) => {
    panel.apply(panel.ask('How does it retry?', selection), connected);
  },
  thinking: async (panel) => {
    panel.apply(panel.ask('Why?', selection), connected, { type: 'thinking', text: '' });
  },
  'thinking, unfolded': async (panel) => {
    const turn = panel.ask('Why?', selection);
    panel.apply(turn, connected, { type: 'thinking', text: thought });
    await panel.settled();
    await panel.page.locator('[data-thinking] summary').click();
  },
  'thinking, without a summary': async (panel) => {
    panel.apply(panel.ask('Why?'), connected, { type: 'thinking', text: '' });
    await panel.settled();
    await panel.page.locator('[data-thinking] summary').click();
  },
  writing: async (panel) => {
    const turn = panel.ask('How does it retry?', selection);
    panel.apply(turn, connected, { type: 'thinking', text: thought });
    panel.write(turn, sampleReply.slice(0, 900));
  },
  retrying: async (panel) => {
    panel.apply(panel.ask('Why?', selection), {
      type: 'retrying',
      failure: { kind: 'rate-limited', retryAfterMs: 30_000 },
      retry: 1,
      maxRetries: 2,
      waitMs: 30_000,
    });
  },
  complete: async (panel) => {
    const turn = panel.ask('How does it retry?', selection);
    panel.apply(turn, connected, { type: 'thinking', text: thought });
    panel.write(turn, sampleReply);
    panel.apply(turn, counted, { type: 'stop-reason', stopReason: 'end_turn' });
    panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
    await panel.settled();
    await panel.page.locator('[data-receipt] summary').click();
  },
  stopped: async (panel) => {
    const turn = panel.ask('How does it retry?', selection);
    panel.apply(turn, connected);
    panel.write(turn, sampleReply.slice(0, 500));
    panel.apply(turn, { type: 'outcome', outcome: { kind: 'stopped' } });
  },
  cut: async (panel) => {
    const turn = panel.ask('How does it retry?', selection);
    panel.write(turn, sampleReply.slice(0, 500));
    panel.apply(turn, { type: 'outcome', outcome: { kind: 'cut', limit: 'max-tokens' } });
  },
  refused: async (panel) => {
    panel.apply(panel.ask('Why?', selection), connected, {
      type: 'outcome',
      outcome: { kind: 'refused', category: 'cyber', explanation: 'It asks for something else.' },
    });
  },
  broken: async (panel) => {
    const turn = panel.ask('How does it retry?', selection);
    panel.write(turn, sampleReply.slice(0, 500));
    panel.apply(turn, {
      type: 'outcome',
      outcome: { kind: 'broken', failure: { kind: 'overloaded', retryAfterMs: null } },
    });
  },
  redacted: async (panel) => {
    const turn = panel.ask('Is [redacted: github-token] valid?', selection);
    panel.apply(turn, { type: 'outcome', outcome: { kind: 'stopped' } });
  },
  'words selected': async (panel) => {
    panel.post({ type: 'model', model: 'claude-sonnet-5-5', effort: 'Effort: High' });
    const turn = panel.ask('How does it retry?', selection);
    panel.write(turn, sampleReply);
    panel.apply(turn, counted, { type: 'outcome', outcome: { kind: 'complete' } });
    await panel.settled();
    await panel.page.locator('[data-reply-text] li').first().click({ clickCount: 3 });
    await panel.page.locator('[data-action=ask-about]').waitFor();
  },
  'several turns': async (panel) => {
    for (const question of ['One?', 'Two?', 'שלוש? مرحبا']) {
      const turn = panel.ask(question);
      panel.apply(turn, connected);
      panel.write(turn, `${sampleReply}\n\nשלום, זה טקסט מימין לשמאל.`);
      panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
    }
  },
};
