import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type { DialogueMessage, Tool } from '../../../src/core/claude/request.ts';
import type { Turn } from '../../../src/core/conversation/conversation.ts';
import { decodeLine, encodeRecord } from '../../../src/core/conversation/journal-record.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { requestOf } from '../../../src/core/prompt/question.ts';
import { ToolTurns } from '../../../src/host/chat/tool-turns.ts';
import { callTools, type MessageOptions, say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

const sonnet = 'claude-sonnet-5-5';
const haiku = 'claude-haiku-5-5';

/*
 * The simulator checks thoughts as the API does: a conversation that goes back with thoughts of
 * another prefix, model or account is refused.
 */
describe('a conversation with thinking', () => {
  let simulator: Simulator;
  let notes: string[];
  /** All that was asked in the conversation, in order. */
  let turns: Turn[];
  beforeEach(async () => {
    simulator = await startSimulator(say(''));
    notes = [];
    turns = [];
  });
  afterEach(async () => {
    await simulator[Symbol.asyncDispose]();
  });

  interface Asked {
    readonly model?: string;
    readonly systemPrompt?: string;
    readonly key?: string;
    readonly before?: readonly Turn[];
    readonly answer?: MessageOptions;
    readonly words?: string;
    /** Continues this turn's reply instead of asking anew. */
    readonly continued?: Turn;
  }

  function claude(key = 'sk-ant-unit'): ReturnType<typeof connect> {
    return connect({
      apiKey: key,
      baseUrl: simulator.url,
      idleTimeoutMs: 1000,
      maxRetries: 0,
      onListenerError: (error) => assert.fail(String(error)),
      onNote: (note) => notes.push(note),
    });
  }

  /** Asks, has it answered, and checks that one request did. */
  async function ask(asked: Asked = {}, requests = 1): Promise<Turn> {
    const { model = sonnet, systemPrompt = '', key, before = turns, continued } = asked;
    const { answer = {}, words = `Question ${turns.length}` } = asked;
    simulator.answer(say(`Answer ${turns.length}.`, { thinking: 'Hm.', ...answer }));
    const prompt = continued?.prompt ?? ({ kind: 'free', text: words } as const);
    const settings = { model, maxTokens: 1000, effort: null, showThinking: false, systemPrompt };
    const request = requestOf({ prompt, attachments: [] }, settings, {
      before,
      mayGoOn: true,
      ...(continued === undefined ? {} : { textSoFar: continued.reply.text }),
    });
    const reply = continued?.reply ?? new Reply(`r${turns.length}`, model, 0);
    const turn = continued ?? { after: null, prompt, attachments: [], reply };
    const count = simulator.messages.length;
    if (continued !== undefined) reply.apply({ type: 'continued' }, 0);
    await claude(key).streamReply(checked(request), {
      signal: new AbortController().signal,
      emit: (event) => reply.apply(event, 0),
    });
    assert.ok(
      ['complete', 'cut'].includes(reply.outcome?.kind ?? ''),
      JSON.stringify(reply.outcome),
    );
    assert.equal(simulator.messages.length - count, requests);
    if (continued === undefined) turns.push(turn);
    return turn;
  }

  /** Which of the earlier replies went back with their thinking. */
  function thoughtful(): readonly number[] {
    const replies = (simulator.messages.at(-1)?.body?.messages ?? []).filter(
      ({ role }) => role === 'assistant',
    );
    return replies.flatMap(({ content }, at) =>
      typeof content !== 'string' && content.some(({ type }) => type === 'thinking') ? [at] : [],
    );
  }

  it('sends all of it back while nothing changes', async () => {
    for (const expected of [[], [0], [0, 1], [0, 1, 2]]) {
      await ask();
      assert.deepEqual(thoughtful(), expected);
    }
  });

  it('sends none behind another system prompt, but that of later replies', async () => {
    await ask();
    await ask();
    await ask({ systemPrompt: 'Be brief.' });
    assert.deepEqual(thoughtful(), []);
    await ask({ systemPrompt: 'Be brief.' });
    assert.deepEqual(thoughtful(), [2]);
    await ask();
    assert.deepEqual(thoughtful(), [0, 1], 'as it was before');
  });

  it('sends none behind words that an update has changed', async () => {
    await ask();
    const second = await ask();
    await ask();
    const reworded: Turn = { ...second, prompt: { kind: 'free', text: 'Put in another way' } };
    await ask({ before: turns.map((turn) => (turn === second ? reworded : turn)) });
    assert.deepEqual(thoughtful(), [0]);
  });

  it('sends each model its own alone', async () => {
    await ask();
    await ask({ model: haiku });
    assert.deepEqual(thoughtful(), []);
    await ask();
    assert.deepEqual(thoughtful(), [0]);
    await ask();
    assert.deepEqual(thoughtful(), [0, 2]);
    await ask({ model: haiku });
    assert.deepEqual(thoughtful(), [1]);
  });

  it('sends none of a reply that was continued, and that of what follows', async () => {
    await ask();
    const cut = await ask({ answer: { stopReason: 'max_tokens' } });
    await ask({ continued: cut, before: turns.slice(0, 1) });
    assert.deepEqual(thoughtful(), [0]);
    await ask();
    assert.deepEqual(thoughtful(), [0]);
    await ask();
    assert.deepEqual(thoughtful(), [0, 2]);
  });

  it('sends none of what followed a reply that is continued later', async () => {
    const cut = await ask({ answer: { stopReason: 'max_tokens' } });
    await ask();
    await ask({ continued: cut, before: [] });
    await ask();
    assert.deepEqual(thoughtful(), []);
  });

  it('sends what stands before an edited question', async () => {
    await ask();
    await ask();
    await ask({ before: turns.slice(0, 1), words: 'Edited' });
    assert.deepEqual(thoughtful(), [0]);
  });

  it('sends none to another account', async () => {
    await ask();
    await ask({ key: 'sk-ant-another' });
    assert.deepEqual(thoughtful(), []);
    await ask({ key: 'sk-ant-another' });
    assert.deepEqual(thoughtful(), [1]);
  });

  it('sends it back out of a journal, unless that is from before it was kept', async () => {
    const { reply, ...asked } = await ask();
    const restore = (forget: boolean): Turn => {
      const restored = new Reply('r0', sonnet, 0);
      restored.apply({ type: 'model', model: sonnet }, 0);
      for (const { thought } of reply.thoughts) {
        const { behind: _, ...old } = thought;
        const event = { type: 'thought', thought: forget ? old : thought } as const;
        const line = encodeRecord({ by: 'w', n: 1, reply: 'r0', ms: 0, offset: 0, event });
        const read = decodeLine(line);
        assert.ok(read.kind === 'record' && 'event' in read.record);
        restored.apply(read.record.event, 0);
      }
      restored.apply({ type: 'text', text: reply.text }, 0);
      restored.apply({ type: 'outcome', outcome: { kind: 'complete' } }, 0);
      return { ...asked, reply: restored };
    };
    await ask({ before: [restore(false)] });
    assert.deepEqual(thoughtful(), [0]);
    await ask({ before: [restore(true)] });
    assert.deepEqual(thoughtful(), []);
  });

  it('is sent once more without any where it is refused all the same, and says so in the log', async () => {
    const { reply } = await ask();
    for (const { thought } of reply.thoughts) {
      // As if the API had other rules than we know.
      if (thought.kind === 'signed') Reflect.set(thought, 'signature', 'of another server');
    }
    await ask({}, 2);
    assert.deepEqual(thoughtful(), []);
    assert.equal(notes.filter((note) => /sent once more without/.test(note)).length, 1);
    await ask();
    assert.deepEqual(thoughtful(), [1], 'the refused one isn’t tried again');
  });

  it('is read from the prompt cache whole by each follow-up', async () => {
    const totals: number[] = [];
    const reads: number[] = [];
    for (const words of ['word '.repeat(2000), 'And then?', 'And now?', 'So?']) {
      const { reply } = await ask({ words });
      const { usage } = reply.receipt();
      reads.push(usage.cacheRead);
      totals.push(usage.input + usage.cacheRead + usage.cacheWrite);
    }
    assert.deepEqual(reads, [0, ...totals.slice(0, -1)]);
  });

  it('has tool turns that VS Code hands back with their thinking, while their prefix stays', async () => {
    const tools: readonly Tool[] = [{ name: 'read', description: 'Reads', inputSchema: {} }];
    const kept = new ToolTurns();
    const question: DialogueMessage = { role: 'user', parts: [{ kind: 'text', text: 'Read a.' }] };
    const send = async (system: string, messages: readonly DialogueMessage[]): Promise<void> => {
      const dialogue = { messages: kept.restore(sonnet, messages), tools, mustCallTool: false };
      const recording = kept.startRecording(sonnet);
      const request = { ...anyRequest, system, dialogue };
      let last: ReplyEvent | undefined;
      await claude().streamReply(checked(request), {
        signal: new AbortController().signal,
        emit: (event) => {
          recording.take(event);
          last = event;
        },
      });
      assert.deepEqual(last, { type: 'outcome', outcome: { kind: 'complete' } });
      recording.keep();
    };
    const answer = (id: string) =>
      callTools('Let me see.', [{ id, name: 'read', json: '{}' }], 'tool_use', 'Which file?');
    const round = (id: string): readonly DialogueMessage[] => [
      {
        role: 'assistant',
        parts: [
          { kind: 'text', text: 'Let me see.' },
          { kind: 'tool-call', id, name: 'read', input: {} },
        ],
      },
      {
        role: 'user',
        parts: [{ kind: 'tool-result', callId: id, parts: [{ kind: 'text', text: 'x' }] }],
      },
    ];
    simulator.answer(answer('c1'));
    await send('Agent', [question]);
    simulator.answer(answer('c2'));
    await send('Agent', [question, ...round('c1')]);
    assert.deepEqual(thoughtful(), [0]);
    simulator.answer(say('Done.'));
    await send('Agent', [question, ...round('c1'), ...round('c2')]);
    assert.deepEqual(thoughtful(), [0, 1]);
    await send('Another agent', [question, ...round('c1'), ...round('c2')]);
    assert.deepEqual(thoughtful(), []);
    assert.equal(simulator.messages.length, 4, 'nothing was refused');
  });
});
