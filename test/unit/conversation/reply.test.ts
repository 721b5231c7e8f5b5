import assert from 'node:assert/strict';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { noUsage } from '../../../src/core/claude/usage.ts';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';

const usage = { ...noUsage, input: 1200, output: 1 };

/** A reply to which the events have happened, one each 100 ms. */
function replyAfter(...events: readonly ReplyEvent[]): Reply {
  const reply = new Reply('r1', 'claude-sonnet-5-5', 0);
  events.forEach((event, index) => {
    reply.apply(event, (index + 1) * 100);
  });
  return reply;
}

const text = (words: string): ReplyEvent => ({ type: 'text', text: words });
const complete: ReplyEvent = { type: 'outcome', outcome: { kind: 'complete' } };

describe('reply', () => {
  const phases: readonly [ReplyEvent[], string][] = [
    [[], 'connecting'],
    [[{ type: 'connected', requestId: null }], 'waiting'],
    [[{ type: 'thinking', text: '' }], 'thinking'],
    [[text('a')], 'writing'],
    [[text('a'), complete], 'ended'],
  ];
  for (const [events, phase] of phases) {
    it(`is ${phase} after ${events.map(({ type }) => type).join(', ') || 'nothing'}`, () => {
      assert.equal(replyAfter(...events).phase, phase);
    });
  }

  it('keeps every character in order', () => {
    assert.equal(replyAfter(text('one '), text('two'), complete).text, 'one two');
  });

  it('changes no more after its outcome', () => {
    const reply = replyAfter(text('kept'), complete, text(' and not more'), {
      type: 'outcome',
      outcome: { kind: 'stopped' },
    });
    assert.equal(reply.text, 'kept');
    assert.deepEqual(reply.outcome, { kind: 'complete' });
  });

  it('has a receipt with the API’s figures once they are final', () => {
    const reply = replyAfter(
      { type: 'connected', requestId: 'req_1' },
      { type: 'usage', usage, final: false },
      text('word '.repeat(100)),
      { type: 'usage', usage: { ...usage, output: 356 }, final: true },
      { type: 'stop-reason', stopReason: 'end_turn' },
      complete,
    );
    const receipt = reply.receipt();
    assert.equal(receipt.usage.output, 356);
    assert.equal(receipt.outputIsEstimated, false);
    assert.equal(receipt.timeToFirstTokenMs, 300);
    assert.equal(receipt.tokensPerSecond, 356_000 / 300);
    assert.equal(receipt.cost, (1200 * 2 + 356 * 10) / 1e6);
    assert.equal(receipt.stopReason, 'end_turn');
    assert.equal(receipt.requestId, 'req_1');
  });

  it('estimates the output, and says so, where the API has not said', () => {
    const reply = replyAfter({ type: 'usage', usage, final: false }, text('x'.repeat(360)), {
      type: 'outcome',
      outcome: { kind: 'stopped' },
    });
    assert.equal(reply.receipt().usage.output, 100);
    assert.equal(reply.receipt().outputIsEstimated, true);
  });

  it('estimates nothing where nothing came', () => {
    const receipt = replyAfter({
      type: 'outcome',
      outcome: { kind: 'broken', failure: { kind: 'auth' } },
    }).receipt();
    assert.equal(receipt.outputIsEstimated, false);
    assert.deepEqual(receipt.usage, noUsage);
    assert.equal(receipt.tokensPerSecond, null);
  });
});

describe('conversation', () => {
  it('tells its listeners after the reply has changed, until they leave', () => {
    let now = 0;
    const conversation = new Conversation(() => now++);
    const seen: string[] = [];
    const added = conversation.onDidAdd(({ reply }) => seen.push(`added ${reply.id}`));
    const changed = conversation.onDidChange(({ turn }) => seen.push(turn.reply.text));
    const turn = {
      prompt: { kind: 'explain' },
      attachments: [],
      reply: new Reply('r1', 'm', 0),
    } as const;
    conversation.add(turn);
    conversation.apply(turn, text('one'));
    changed.dispose();
    added.dispose();
    conversation.apply(turn, text('two'));
    assert.deepEqual(seen, ['added r1', 'one']);
    assert.equal(conversation.turnOf('r1'), turn);
    assert.equal(conversation.turnOf('r2'), undefined);
  });
});
