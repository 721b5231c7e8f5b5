import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import { prefixDigest } from '../../../src/core/claude/preserved-thinking.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type { ClaudeRequest, Exchange } from '../../../src/core/claude/request.ts';
import { toMessageParams } from '../../../src/core/claude/request-params.ts';
import { toExchanges } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { type MessageOptions, say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

describe('thinking in follow-ups', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator(say(''));
  });
  afterEach(async () => {
    await simulator[Symbol.asyncDispose]();
  });

  async function ask(request: ClaudeRequest): Promise<readonly ReplyEvent[]> {
    const claude = connect({
      apiKey: 'sk-ant-unit',
      baseUrl: simulator.url,
      idleTimeoutMs: 300,
      maxRetries: 0,
      onListenerError: () => {},
    });
    const events: ReplyEvent[] = [];
    const { signal } = new AbortController();
    await claude.streamReply(checked(request), { signal, emit: (event) => events.push(event) });
    return events;
  }

  /** What a reply with such thinking is in the next request. */
  async function earlier(options: MessageOptions): Promise<readonly Exchange[]> {
    simulator.answer(say('So it is.', options));
    const reply = new Reply('a', anyRequest.model, 0);
    for (const event of await ask(anyRequest)) reply.apply(event, 0);
    const prompt = { kind: 'free', text: 'question' } as const;
    return toExchanges([{ after: null, prompt, attachments: [], reply }], anyRequest.model);
  }

  const text = { type: 'text', text: 'So it is.' };
  const cases: readonly [name: string, options: MessageOptions, blocks: readonly string[]][] = [
    ['a summary', { thinking: 'First 🎉, then.\n' }, ['First 🎉, then.\n']],
    ['thinking that is not shown', { thinking: '' }, ['']],
    ['redacted thinking', { redacted: 'hidden' }, ['redacted']],
    ['both, in order', { thinking: 'a', redacted: 'hidden' }, ['a', 'redacted']],
  ];
  for (const [name, options, blocks] of cases) {
    it(`goes back unchanged: ${name}`, async () => {
      const before = await earlier(options);
      const events = await ask({ ...anyRequest, earlier: before });
      const sent = simulator.messages.at(-1)?.body?.messages ?? [];
      const content = sent[1]?.content ?? '';
      assert.ok(typeof content !== 'string');
      assert.deepEqual(
        content.slice(0, -1).map((block) => {
          if (block.type === 'thinking') return block.thinking;
          return block.type === 'redacted_thinking' ? 'redacted' : null;
        }),
        blocks,
      );
      assert.deepEqual(content.at(-1), text);
      // The simulator has looked at its seals.
      assert.deepEqual(events.at(-1), { type: 'outcome', outcome: { kind: 'complete' } });
      assert.equal(simulator.messages.length, 2);
    });
  }

  it('goes back as plain text without thinking', async () => {
    await ask({ ...anyRequest, earlier: await earlier({}) });
    assert.equal(simulator.messages.at(-1)?.body?.messages[1]?.content, 'So it is.');
  });

  it('stands between the texts where it stood between them', () => {
    const account = 'of the test';
    const behind = prefixDigest(account, {
      system: 'system',
      messages: [{ role: 'user', content: 'question' }],
    });
    const thought = { kind: 'signed', thinking: 'b', signature: 'sealed', behind } as const;
    const before = { userText: 'question', reply: 'one two', thoughts: [{ at: 4, thought }] };
    const { messages } = toMessageParams({ ...anyRequest, earlier: [before] }, account);
    assert.deepEqual(messages[1]?.content, [
      { type: 'text', text: 'one ' },
      { type: 'thinking', thinking: 'b', signature: 'sealed' },
      { type: 'text', text: 'two' },
    ]);
  });
});
