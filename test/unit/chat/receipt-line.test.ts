import assert from 'node:assert/strict';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { noUsage } from '../../../src/core/claude/usage.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { receiptLine } from '../../../src/host/chat/chat-participant.ts';
import { english } from '../../fakes/english.ts';

describe('a receipt in one line', () => {
  const usage = { ...noUsage, input: 1234, output: 356 };
  const text: ReplyEvent = { type: 'text', text: 'x'.repeat(36) };
  const cases: readonly [
    name: string,
    model: string,
    events: readonly ReplyEvent[],
    line: string | null,
  ][] = [
    ['nothing where nothing was used', 'claude-sonnet-5-5', [], null],
    [
      'the API’s figures',
      'claude-sonnet-5-5',
      [text, { type: 'usage', usage, final: true }],
      'claude-sonnet-5-5 · 1,234 tokens in, 356 out · $0.0060 · first token after 500 ms',
    ],
    [
      'an estimate, marked',
      'claude-sonnet-5-5',
      [{ type: 'usage', usage: { ...usage, output: 1 }, final: false }, text],
      'claude-sonnet-5-5 · 1,234 tokens in, ≈10 out · ≈$0.0026 · first token after 500 ms',
    ],
    [
      'a model without a price, whose name is text',
      '*x*<b>',
      [text, { type: 'usage', usage, final: true }],
      '\\*x\\*\\<b\\> · 1,234 tokens in, 356 out · first token after 500 ms',
    ],
  ];
  for (const [name, model, events, line] of cases) {
    it(`says ${name}`, () => {
      const reply = new Reply('r', model, 0);
      for (const event of events) reply.apply(event, 500);
      assert.equal(receiptLine(reply.receipt(), english), line);
    });
  }
});
