import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type { ClaudeRequest, Exchange } from '../../../src/core/claude/request.ts';
import { toExchanges } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { type MessageOptions, say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { redact, signatureOf } from '../../fakes/messages-api/thinking.ts';
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
  const signed = (thinking: string): object => ({
    type: 'thinking',
    thinking,
    signature: signatureOf(thinking),
  });
  const hidden = { type: 'redacted_thinking', data: redact('hidden') };
  const cases: readonly [name: string, options: MessageOptions, content: unknown][] = [
    ['a summary', { thinking: 'First 🎉, then.\n' }, [signed('First 🎉, then.\n'), text]],
    ['thinking that is not shown', { thinking: '' }, [signed(''), text]],
    ['redacted thinking', { redacted: 'hidden' }, [hidden, text]],
    ['both, in order', { thinking: 'a', redacted: 'hidden' }, [signed('a'), hidden, text]],
    ['no thinking, as plain text', {}, 'So it is.'],
  ];
  for (const [name, options, content] of cases) {
    it(`goes back unchanged: ${name}`, async () => {
      const before = await earlier(options);
      const events = await ask({ ...anyRequest, earlier: before });
      assert.deepEqual(simulator.messages.at(-1)?.body?.messages, [
        { role: 'user', content: 'question' },
        { role: 'assistant', content },
        { role: 'user', content: 'question' },
      ]);
      assert.deepEqual(events.at(-1), { type: 'outcome', outcome: { kind: 'complete' } });
    });
  }

  it('stands between the texts where it stood between them', async () => {
    const thought = { kind: 'signed', thinking: 'b', signature: signatureOf('b') } as const;
    const before = { userText: 'question', reply: 'one two', thoughts: [{ at: 4, thought }] };
    await ask({ ...anyRequest, earlier: [before] });
    assert.deepEqual(simulator.messages.at(-1)?.body?.messages[1]?.content, [
      { type: 'text', text: 'one ' },
      signed('b'),
      { type: 'text', text: 'two' },
    ]);
  });

  it('is refused by the simulator, as by the API, where it was changed', async () => {
    const [before] = await earlier({ thinking: 'as it was' });
    assert.ok(before !== undefined);
    const thoughts = before.thoughts.map(({ at, thought }) => ({
      at,
      thought: thought.kind === 'signed' ? { ...thought, thinking: 'as it was not' } : thought,
    }));
    const events = await ask({ ...anyRequest, earlier: [{ ...before, thoughts }] });
    assert.deepEqual(events.at(-1), {
      type: 'outcome',
      outcome: {
        kind: 'broken',
        failure: {
          kind: 'invalid-request',
          detail: 'messages.1.content.0: Invalid `signature` in `thinking` block',
        },
      },
    });
  });
});
