import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { totalInput } from '../../../src/core/claude/usage.ts';
import { describeOutcome } from '../../../src/core/conversation/outcome.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { english } from '../../fakes/english.ts';
import { type FaultServer, startFaultServer } from '../../fakes/fault-server/fault-server.ts';
import { Random } from '../../fakes/fault-server/random.ts';
import {
  type RecordedEnd,
  recorded,
  recordedEnds,
  recordedNames,
} from '../../fakes/fault-server/recorded.ts';
import { checked } from '../../fakes/request.ts';
import { apiKey, request } from './request.ts';
import { within } from './within.ts';

describe('replies as gateways really send them', () => {
  let server: FaultServer;
  before(async () => {
    server = await startFaultServer();
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  it('are all expected to end in some way', () => {
    assert.deepEqual([...recordedNames].sort(), Object.keys(recordedEnds).sort());
  });

  for (const name of recordedNames) {
    for (const seed of [1, 2, 3]) {
      it(`${name}, cut at places of its own (${seed})`, async () => {
        const expected = recordedEnds[name];
        assert.ok(expected !== undefined);
        const run = server.play(recorded(name), new Random(seed));
        const notes: string[] = [];
        const reply = new Reply('reply', request.model, 0);
        const emit = (event: ReplyEvent): void => reply.apply(event, 0);
        const claude = connect({
          apiKey,
          baseUrl: run.baseUrl,
          idleTimeoutMs: 5000,
          maxRetries: 2,
          onListenerError: (error) => {
            throw error;
          },
          onNote: (note) => notes.push(note),
        });
        const { signal } = new AbortController();
        const onRetryNow = (goOn: () => void): { dispose(): void } => {
          const soon = setImmediate(goOn);
          return { dispose: () => clearImmediate(soon) };
        };
        const done = claude.streamReply(checked(request), { signal, emit, onRetryNow });
        await within(10_000, () => 'the outcome', done);
        check(reply, expected, run.requests.length);
        if (expected.says !== undefined) assert.match(notes.join('\n'), /the server said/);
      });
    }
  }
});

function check(reply: Reply, expected: RecordedEnd, requests: number): void {
  const { outcome } = reply;
  assert.equal(outcome?.kind, expected.outcome, JSON.stringify(outcome));
  assert.equal(reply.text, expected.text);
  assert.equal(reply.thinking, expected.thinking ?? '');
  if (expected.requests !== undefined) assert.equal(requests, expected.requests);
  if (expected.failure !== undefined) {
    assert.equal(outcome.kind === 'broken' ? outcome.failure.kind : null, expected.failure);
  }
  const said = describeOutcome(outcome, english).sentence ?? '';
  assert.ok(said.toLowerCase().includes((expected.says ?? '').toLowerCase()), said);
  const { usage, outputSource } = reply.receipt();
  if (expected.usage !== undefined) {
    const { input, output } = expected.usage;
    assert.deepEqual([totalInput(usage), usage.output, outputSource], [input, output, 'reported']);
  } else if (usage.output !== 7 && reply.text !== '') {
    assert.equal(outputSource, 'estimated');
  }
}
