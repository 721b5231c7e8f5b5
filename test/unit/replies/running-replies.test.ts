import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { Gate, say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

const { RunningReplies } = await import('../../../src/host/ask/running-replies.ts');

describe('a running reply', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator(say('Words.', { gate: new Gate(), holdAfter: 3 }));
  });
  after(() => simulator[Symbol.asyncDispose]());

  type Replies = InstanceType<typeof RunningReplies>;
  const interrupted = { kind: 'broken', failure: { kind: 'interrupted' } };
  const ways: readonly [how: string, end: (replies: Replies, id: string) => void, ends: object][] =
    [
      ['the user stops', (replies, id) => void replies.stop(id), { kind: 'stopped' }],
      ['the user stops with all', (replies) => replies.stopAll(), { kind: 'stopped' }],
      ['loses its panel', (replies, id) => void replies.interrupt(id), interrupted],
      ['loses its window', (replies) => replies.dispose(), interrupted],
    ];
  for (const [how, end, expected] of ways) {
    for (const when of ['as it starts', 'as it streams'] as const) {
      it(`that ${how} ends so ${when}`, async () => {
        const replies = new RunningReplies();
        const conversation = new Conversation(() => 0);
        const reply = new Reply('r1', 'claude-x', 0);
        const prompt = { kind: 'free', text: 'Why?' } as const;
        const turn = { after: null, prompt, attachments: [], reply };
        conversation.add(turn);
        const claude = connect({
          apiKey: 'sk-ant-simulated',
          baseUrl: simulator.url,
          idleTimeoutMs: 60_000,
          maxRetries: 0,
          onListenerError: () => {},
        });
        const streams = Promise.withResolvers<void>();
        const ended = Promise.withResolvers<void>();
        replies.run({ conversation, turn }, async ({ signal }) => {
          await claude.streamReply(checked(anyRequest), {
            signal,
            emit: (event) => {
              conversation.apply(turn, event);
              if (event.type === 'text') streams.resolve();
            },
          });
          ended.resolve();
        });
        if (when === 'as it streams') await streams.promise;
        end(replies, reply.id);
        await ended.promise;
        assert.deepEqual(reply.outcome, expected);
      });
    }
  }
});
