import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { type FaultServer, startFaultServer } from '../../fakes/fault-server/fault-server.ts';
import { Random } from '../../fakes/fault-server/random.ts';
import type { Run } from '../../fakes/fault-server/run.ts';
import { framings } from '../../fakes/fault-server/scenarios/framings.ts';
import { type RedirectStatus, redirect } from '../../fakes/fault-server/scenarios/redirects.ts';
import { checked } from '../../fakes/request.ts';
import { apiKey, request } from './request.ts';
import { within } from './within.ts';

const statuses: readonly RedirectStatus[] = [301, 302, 307, 308];

describe('a redirect', () => {
  let api: FaultServer;
  let elsewhere: FaultServer;
  beforeEach(async () => {
    api = await startFaultServer();
    elsewhere = await startFaultServer();
  });
  afterEach(async () => {
    await api[Symbol.asyncDispose]();
    await elsewhere[Symbol.asyncDispose]();
  });

  for (const status of statuses) {
    it(`${status} to another origin takes nothing there, and says that the API isn't here`, async () => {
      const there = elsewhere.play(framings.chunked, new Random(status));
      const events = await reply(redirectTo(there, status));
      assert.deepEqual(there.requests, []);
      assert.deepEqual(events.at(-1), {
        type: 'outcome',
        outcome: { kind: 'broken', failure: { kind: 'not-found' } },
      });
    });
  }

  for (const status of [307, 308] as const) {
    it(`${status} within the origin is followed with the key and the question`, async () => {
      const there = api.play(framings.chunked, new Random(status));
      const events = await reply(redirectTo(there, status));
      assert.deepEqual(events.at(-1), { type: 'outcome', outcome: { kind: 'complete' } });
      const [arrived] = there.requests;
      assert.equal(arrived?.method, 'POST');
      assert.equal(arrived?.headers.get('authorization'), `Bearer ${apiKey}`);
      assert.ok(arrived?.body.includes(request.userText));
    });
  }

  function redirectTo(there: Run, status: RedirectStatus): Run {
    return api.play(redirect(status, `${there.baseUrl}/v1/messages`), new Random(status));
  }
});

async function reply(run: Run): Promise<readonly ReplyEvent[]> {
  const events: ReplyEvent[] = [];
  const claude = connect({
    apiKey,
    baseUrl: run.baseUrl,
    idleTimeoutMs: 5000,
    maxRetries: 0,
    onListenerError: () => {},
  });
  const { signal } = new AbortController();
  const done = claude.streamReply(checked(request), {
    signal,
    emit: (event) => events.push(event),
  });
  await within(5000, () => 'the outcome', done);
  return events;
}
