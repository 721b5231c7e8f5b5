import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { startDeafListener } from '../../fakes/fault-server/deaf-listener.ts';
import { type FaultServer, startFaultServer } from '../../fakes/fault-server/fault-server.ts';
import { chunks, html, inChunks, lastChunk } from '../../fakes/fault-server/http.ts';
import {
  close,
  delta,
  message,
  open,
  start,
  stop,
  text,
  unfinished,
  unstopped,
} from '../../fakes/fault-server/message.ts';
import { Random } from '../../fakes/fault-server/random.ts';
import type { Run } from '../../fakes/fault-server/run.ts';
import { hold, scenario, send, wait } from '../../fakes/fault-server/scenario.ts';
import { statuses } from '../../fakes/fault-server/scenarios/statuses.ts';
import { textDelta } from '../../fakes/messages-api/wire.ts';
import { checked } from '../../fakes/request.ts';
import { clientIs } from './connecting.ts';
import { flood, phases, streamed } from './phases.ts';
import { apiKey, request } from './request.ts';
import { deadlineMs, RunningReply } from './running-reply.ts';
import { UnhandledRejections } from './unhandled-rejections.ts';
import { within } from './within.ts';

/** How often each is tried, all at once. */
const times = 20;

describe('stop', () => {
  const rejections = new UnhandledRejections();
  let server: FaultServer;
  before(() => rejections.watch());
  after(() => rejections.dispose());
  beforeEach(async () => {
    server = await startFaultServer();
  });
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
  });

  for (const [name, { scenario, reached }] of Object.entries(phases)) {
    it(`ends the reply and its connection ${name}`, async () => {
      await timesAtOnce(async (seed) => {
        const run = server.play(scenario, new Random(seed));
        const reply = new RunningReply(run.baseUrl, () => {});
        await within(
          deadlineMs,
          () => `the phase, after ${JSON.stringify(reply.events)}`,
          reached(run, reply),
        );
        reply.stop();
        await reply.endsStopped();
        await clientCloses(run);
      });
    });
  }

  it('from inside a listener shows none of the text that came with it', async () => {
    await timesAtOnce(async (seed) => {
      const run = server.play(flood, new Random(seed));
      const reply = new RunningReply(run.baseUrl, (event, self) => {
        if (event.type === 'text') self.stop();
      });
      // The event that stopped the reply was there before the stop.
      await reply.endsStopped();
      assert.equal(reply.text, 'word ');
      await clientCloses(run);
    });
  });

  for (const type of ['connected', 'model', 'usage'] as const) {
    it(`from inside a listener, at the event "${type}", shows nothing`, async () => {
      const run = server.play(streamed(...unfinished), new Random(1));
      const reply = new RunningReply(run.baseUrl, (event, self) => {
        if (event.type === type) self.stop();
      });
      await within(deadlineMs, () => 'the outcome', reply.done);
      assert.deepEqual(reply.events.at(-1), { type: 'outcome', outcome: { kind: 'stopped' } });
      assert.equal(reply.text, '');
      await clientCloses(run);
    });
  }

  it('before the start sends nothing', async () => {
    const events: ReplyEvent[] = [];
    const claude = connect({
      apiKey,
      baseUrl: server.play(scenario(hold), new Random(1)).baseUrl,
      idleTimeoutMs: 60_000,
      maxRetries: 0,
      onListenerError: () => {},
    });
    await claude.streamReply(checked(request), {
      signal: AbortSignal.abort(),
      emit: (event) => events.push(event),
    });
    assert.deepEqual(events, [{ type: 'outcome', outcome: { kind: 'stopped' } }]);
    // A second reply tells that a first would have arrived by now.
    const run = server.play(scenario(send(html('404 Not Found', ''))), new Random(1));
    await within(deadlineMs, () => 'the outcome', new RunningReply(run.baseUrl, () => {}).done);
    assert.equal(server.connections.length, 1);
  });

  it('in the same turn as the start sends nothing', async () => {
    const run = server.play(scenario(hold), new Random(1));
    const reply = new RunningReply(run.baseUrl, () => {});
    reply.stop();
    await reply.endsStopped();
    assert.equal(run.requests.length, 0);
  });

  it('while it waits to try again sends nothing more', async () => {
    await timesAtOnce(async (seed) => {
      const run = server.play(statuses['529 with retry-after'], new Random(seed));
      const reply = new RunningReply(run.baseUrl, () => {});
      await within(deadlineMs, () => 'the wait', reply.saw('retrying'));
      reply.stop();
      await reply.endsStopped();
      assert.equal(run.requests.length, 1);
    });
  });

  it('while it connects to a host that does not answer', async () => {
    await using listener = await startDeafListener(true);
    const connecting = clientIs('beforeConnect', listener.port);
    const reply = new RunningReply(listener.origin, () => {});
    await within(deadlineMs, () => 'the attempt to connect', connecting);
    reply.stop();
    await reply.endsStopped();
  });

  it('when it is connected to a listener that never accepts', async () => {
    await using listener = await startDeafListener(false);
    const connected = clientIs('connected', listener.port);
    const reply = new RunningReply(listener.origin, () => {});
    await within(deadlineMs, () => 'the connection', connected);
    reply.stop();
    await reply.endsStopped();
  });

  const ended: Readonly<Record<string, readonly string[]>> = {
    'after the stop reason': unstopped,
    'after message_stop': message,
  };
  for (const [name, events] of Object.entries(ended)) {
    it(`${name} leaves the reply complete, and ends the connection`, async () => {
      await timesAtOnce(async (seed) => {
        const run = server.play(streamed(...events), new Random(seed));
        const reply = new RunningReply(run.baseUrl, () => {});
        await within(
          deadlineMs,
          () => 'the stop reason',
          Promise.all([run.holding, reply.saw('stop-reason')]),
        );
        reply.stop();
        await within(deadlineMs, () => 'the outcome', reply.done);
        assert.deepEqual(reply.events.at(-1), { type: 'outcome', outcome: { kind: 'complete' } });
        assert.equal(reply.text, text);
        await clientCloses(run);
      });
    });
  }

  it('leaves the other connections of the pool alone', async () => {
    const twoHalves = scenario(
      send(inChunks, chunks([start, open, textDelta(0, 'first ')])),
      wait,
      send(chunks([textDelta(0, 'second'), close, delta, stop]), lastChunk),
    );
    const runs = [1, 2, 3].map((seed) => server.play(twoHalves, new Random(seed)));
    const replies = runs.map((run) => new RunningReply(run.baseUrl, () => {}));
    await within(
      deadlineMs,
      () => 'the first halves',
      Promise.all(replies.map((reply) => reply.saw('text'))),
    );
    const [before, stopped, after] = replies;
    assert.ok(before !== undefined && stopped !== undefined && after !== undefined);
    stopped.stop();
    await stopped.endsStopped();
    for (const [at, run] of runs.entries()) {
      if (at === 1) await clientCloses(run);
      else assert.ok([...run.connections].every((connection) => !connection.isClosed));
    }
    for (const run of runs) void run.goOn();
    for (const reply of [before, after]) {
      await within(deadlineMs, () => 'the outcome', reply.done);
      assert.deepEqual(reply.events.at(-1), { type: 'outcome', outcome: { kind: 'complete' } });
      assert.equal(reply.text, 'first second');
    }
    // Node's `fetch` opens a connection in the place of the closed one: it carries nothing.
    const used = server.connections.filter(({ requests }) => requests.length > 0);
    assert.deepEqual(used.map(({ isClosed }) => isClosed).sort(), [false, false, true]);
  });

  it('leaves no rejection unhandled', async () => {
    await rejections.none();
  });
});

async function timesAtOnce(run: (seed: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: times }, (_, at) => run(at + 1)));
}

/** The scenario's server never closes by itself here, so the client did. */
async function clientCloses(run: Run): Promise<void> {
  assert.equal(run.connections.size, 1);
  for (const { closed } of run.connections) {
    await within(deadlineMs, () => 'the connection closed', closed);
  }
}
