import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { canaryOfHeaders } from '../../fakes/canary-key.ts';
import { type FaultServer, startFaultServer } from '../../fakes/fault-server/fault-server.ts';
import { Random } from '../../fakes/fault-server/random.ts';
import type { Run } from '../../fakes/fault-server/run.ts';
import { echoes } from '../../fakes/fault-server/scenarios/echoes.ts';
import { checked } from '../../fakes/request.ts';
import { apiKey, request } from './request.ts';
import { within } from './within.ts';

/** How each echo ends where the key is taken out of the server's words. */
const ends: Readonly<Record<keyof typeof echoes, string>> = {
  'in the message of a 400': 'invalid-request',
  'in the message of a 403': 'permission',
  'in the page of a 502': 'server-error',
  'in a page with status 200': 'not-a-stream',
  'in the content type': 'not-a-stream',
  'in the request id of a 400': 'invalid-request',
  'in an error event': 'invalid-request',
  'in all that is no text of a whole message': 'refused',
};

/** Written in the setting itself. */
const literal = 'bGl0ZXJhbDp3b3Jk==';
const headers = {
  'x-gateway': `Token ${canaryOfHeaders}`,
  'x-team': 'blue',
  'x-route': `Basic ${literal}`,
};

describe('a server that says the key and the secrets of the headers back', () => {
  let server: FaultServer;
  before(async () => {
    server = await startFaultServer();
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  for (const [name, scenario] of Object.entries(echoes)) {
    it(`${name}: no event has them`, async () => {
      const run = server.play(scenario, new Random(1));
      const events = await reply(run);
      const [asked] = run.requests;
      assert.ok(asked?.headers.get('authorization')?.includes(apiKey), 'the server had the key');
      assert.equal(asked?.headers.get('x-gateway'), headers['x-gateway']);
      assertClean(events);
      assert.equal(endOf(events), ends[name as keyof typeof echoes]);
    });

    it(`${name}: nor has what a look at the models says`, async () => {
      const run = server.play(scenario, new Random(1));
      const claude = connection(run);
      const { signal } = new AbortController();
      const said = [await claude.checkKey(signal), await claude.listModels(signal)];
      assert.equal(run.requests.length, 2);
      assertClean(said);
    });
  }

  it('leaves the rest of its words', async () => {
    const run = server.play(echoes['in the message of a 400'], new Random(1));
    const told = JSON.stringify(await reply(run));
    assert.match(told, /authorization: Bearer \[API key\]/);
    assert.match(told, /x-gateway: Token \[secret\]; x-team: \[secret\]; x-route: \[secret\]/);
  });
});

function assertClean(said: unknown): void {
  const text = JSON.stringify(said);
  for (const secret of [apiKey, canaryOfHeaders, literal]) assert.ok(!text.includes(secret), text);
}

function connection(run: Run): ReturnType<typeof connect> {
  return connect({
    apiKey,
    baseUrl: run.baseUrl,
    headers,
    secrets: [canaryOfHeaders],
    idleTimeoutMs: 2000,
    maxRetries: 0,
    onListenerError: () => {},
  });
}

async function reply(run: Run): Promise<readonly ReplyEvent[]> {
  const events: ReplyEvent[] = [];
  const { signal } = new AbortController();
  const emit = (event: ReplyEvent): void => void events.push(event);
  await within(
    5000,
    () => 'the outcome',
    connection(run).streamReply(checked(request), { signal, emit }),
  );
  return events;
}

function endOf(events: readonly ReplyEvent[]): string | undefined {
  const last = events.at(-1);
  if (last?.type !== 'outcome') return undefined;
  return last.outcome.kind === 'broken' ? last.outcome.failure.kind : last.outcome.kind;
}
