import assert from 'node:assert/strict';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { noUsage } from '../../../src/core/claude/usage.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { tokensPerSecond } from '../../../src/core/usage/receipt.ts';

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
const stopped: ReplyEvent = { type: 'outcome', outcome: { kind: 'stopped' } };

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

  it('keeps what was thought, one thought parted from the next, and for how long', () => {
    const thought = (words: string): ReplyEvent => ({ type: 'thinking', text: words });
    const reply = replyAfter(
      thought(''),
      thought('one '),
      thought('long'),
      text('So'),
      thought('two'),
    );
    assert.equal(reply.thinking, 'one long\n\ntwo');
    assert.equal(reply.thoughtMs(900), 300 + 400);
    reply.apply(complete, 1000);
    assert.equal(reply.thoughtMs(5000), 300 + 500);
    assert.equal(replyAfter(text('So'), complete).thoughtMs(5000), null);
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
    assert.equal(receipt.outputSource, 'reported');
    assert.equal(receipt.timeToFirstTokenMs, 300);
    assert.equal(tokensPerSecond(receipt), 356_000 / 300);
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
    assert.equal(reply.receipt().outputSource, 'estimated');
  });

  it('takes a count of what arrived before it was stopped', () => {
    const reply = replyAfter(
      { type: 'usage', usage, final: false },
      text('four words it is'),
      stopped,
    );
    assert.equal(reply.uncountedText, 'four words it is');
    reply.apply({ type: 'counted', output: 5 }, 1000);
    assert.equal(reply.uncountedText, null);
    const receipt = reply.receipt();
    assert.equal(receipt.usage.output, 5);
    assert.equal(receipt.outputSource, 'counted');
    assert.equal(receipt.cost, (1200 * 2 + 5 * 10) / 1e6);
  });

  const notToCount: readonly [why: string, events: readonly ReplyEvent[]][] = [
    ['streams', [text('a')]],
    ['has its usage', [text('a'), { type: 'usage', usage, final: true }, complete]],
    ['has no text', [stopped]],
    ['has thought out of sight', [{ type: 'thinking', text: '' }, text('a'), stopped]],
  ];
  for (const [why, events] of notToCount) {
    it(`has nothing to count where it ${why}`, () => {
      const reply = replyAfter(...events);
      assert.equal(reply.uncountedText, null);
      const before = reply.receipt();
      reply.apply({ type: 'counted', output: 12345 }, 1000);
      assert.deepEqual(reply.receipt(), before);
    });
  }

  it('estimates nothing where nothing came', () => {
    const receipt = replyAfter({
      type: 'outcome',
      outcome: { kind: 'broken', failure: { kind: 'auth' } },
    }).receipt();
    assert.equal(receipt.outputSource, 'reported');
    assert.deepEqual(receipt.usage, noUsage);
    assert.equal(tokensPerSecond(receipt), null);
  });
});

describe('reply over several requests', () => {
  const used = (output: number): ReplyEvent => ({
    type: 'usage',
    usage: { ...noUsage, input: 1000, output },
    final: true,
  });

  it('goes on after its end when it is continued', () => {
    const reply = replyAfter(text('one '), stopped, { type: 'continued' }, text('two'));
    assert.equal(reply.outcome, null);
    assert.equal(reply.phase, 'writing');
    assert.equal(reply.text, 'one two');
  });

  it('adds up what its parts have cost', () => {
    const receipt = replyAfter(
      text('one '),
      used(100),
      stopped,
      { type: 'continued' },
      text('two'),
      used(50),
      { type: 'stop-reason', stopReason: 'end_turn' },
      complete,
    ).receipt();
    assert.equal(receipt.usage.input, 2000);
    assert.equal(receipt.usage.output, 150);
    assert.equal(receipt.outputSource, 'reported');
    assert.equal(receipt.cost, (2000 * 2 + 150 * 10) / 1e6);
    assert.equal(receipt.timeToFirstTokenMs, 100);
    assert.equal(receipt.writingMs, 500);
    assert.equal(receipt.stopReason, 'end_turn');
  });

  it('stays an estimate where one part is', () => {
    const { outputSource } = replyAfter(
      text('one '),
      stopped,
      { type: 'continued' },
      text('two'),
      used(50),
      complete,
    ).receipt();
    assert.equal(outputSource, 'estimated');
  });

  it('counts the text of its last request alone', () => {
    const reply = replyAfter(text('one '), stopped, { type: 'continued' }, text('two'), stopped);
    assert.equal(reply.uncountedText, 'two');
    reply.apply({ type: 'counted', output: 1 }, 1000);
    // Of the first part there is an estimate alone.
    assert.equal(reply.receipt().outputSource, 'estimated');
  });

  it('waits visibly before a retry, and counts the wait as time to the first token', () => {
    const retrying: ReplyEvent = {
      type: 'retrying',
      failure: { kind: 'overloaded', retryAfterMs: null },
      retry: 1,
      maxRetries: 2,
      waitMs: 400,
    };
    assert.equal(replyAfter(retrying).phase, 'retrying');
    assert.equal(replyAfter(retrying).retry?.dueAt, 500);
    const again = replyAfter(retrying, { type: 'connecting' }, text('a'));
    assert.equal(again.retry, null);
    assert.equal(again.receipt().timeToFirstTokenMs, 300);
  });
});

describe('the price of a reply', () => {
  it('is that of the day on which it was asked for, also of a part that came later', () => {
    const before = Date.parse('2026-10-06T23:00:00Z');
    const reply = new Reply('r1', 'claude-sonnet-5-5', 1000, {}, before);
    const usage = { ...noUsage, cacheRead: 1_000_000 };
    const answer = (at: number): void => {
      reply.apply({ type: 'usage', usage, final: true }, at);
      reply.apply({ type: 'outcome', outcome: { kind: 'stopped' } }, at);
    };
    answer(2000);
    assert.equal(reply.receipt().cost, 0.2);
    const dayMs = 24 * 60 * 60 * 1000;
    reply.apply({ type: 'continued' }, 1000 + dayMs);
    answer(2000 + dayMs);
    assert.equal(reply.partReceipt().cost, 0.1);
    assert.equal(reply.partRequestedOn, before + dayMs);
    assert.equal(reply.part, 1);
    assert.equal(Number(reply.receipt().cost?.toFixed(9)), 0.3);
  });
});
