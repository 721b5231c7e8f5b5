import assert from 'node:assert/strict';
import type { Claude } from '../../../src/core/claude/claude.ts';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { canaryKey } from '../../fakes/canary-key.ts';
import { say } from '../../fakes/messages-api/scripts.ts';
import { rejectedKey, type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

type Fetch = (...given: Parameters<typeof fetch>) => Promise<Response>;

/** A browser's, as far as the API can tell: it says which page asks. */
const browserFetch: Fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('origin', 'https://vscode.example');
  return fetch(input, { ...init, headers });
};

describe('requests from a browser', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator(say('Hello.'));
  });
  after(() => simulator[Symbol.asyncDispose]());
  afterEach(() => simulator.allowBrowsers(true));

  function connectWith(given: Fetch, apiKey = canaryKey, fromBrowser = true): Claude {
    return connect({
      apiKey,
      baseUrl: simulator.url,
      fromBrowser,
      fetch: given,
      idleTimeoutMs: 2000,
      maxRetries: 0,
      onListenerError: (error) => assert.fail(String(error)),
    });
  }

  async function outcomeOf(claude: Claude, signal = new AbortController().signal) {
    const events: ReplyEvent[] = [];
    await claude.streamReply(checked(anyRequest), { signal, emit: (event) => events.push(event) });
    const last = events.at(-1);
    return last?.type === 'outcome' ? last.outcome : assert.fail('no outcome');
  }

  it('say that they are, which the API wants to hear', async () => {
    assert.deepEqual(await outcomeOf(connectWith(browserFetch)), { kind: 'complete' });
    const { headers } = simulator.messages.at(-1) ?? assert.fail('nothing was asked');
    assert.equal(headers['anthropic-dangerous-direct-browser-access'], 'true');
  });

  it('are not what requests from elsewhere say they are', async () => {
    assert.deepEqual(await outcomeOf(connectWith(fetch, canaryKey, false)), { kind: 'complete' });
    const { headers } = simulator.messages.at(-1) ?? assert.fail('nothing was asked');
    assert.ok(!('anthropic-dangerous-direct-browser-access' in headers));
  });

  it('tell what the API says where an organisation forbids them', async () => {
    simulator.allowBrowsers(false);
    assert.deepEqual(await outcomeOf(connectWith(browserFetch)), {
      kind: 'broken',
      failure: {
        kind: 'browser-refused',
        detail: 'CORS requests are not allowed for this Organization because of its settings.',
      },
    });
  });

  it('tell what the API says of a key that it doesn’t take', async () => {
    const asked = connectWith(browserFetch, rejectedKey);
    const checked = await asked.checkKey(new AbortController().signal);
    assert.deepEqual(checked, {
      ok: false,
      failure: { kind: 'browser-refused', detail: 'invalid bearer token' },
    });
  });

  it('fail as what a browser lets through no further', async () => {
    const claude = connectWith(() => Promise.reject(new TypeError('Failed to fetch')));
    assert.deepEqual(await outcomeOf(claude), {
      kind: 'broken',
      failure: { kind: 'browser-blocked' },
    });
  });

  it('are stopped like any other', async () => {
    const stop = new AbortController();
    const claude = connectWith((_, init) => {
      const { promise, reject } = Promise.withResolvers<never>();
      init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      stop.abort();
      return promise;
    });
    assert.deepEqual(await outcomeOf(claude, stop.signal), { kind: 'stopped' });
  });

  it('go nowhere with a redirect, of which a browser tells nothing', async () => {
    const seen: RequestInit[] = [];
    const claude = connectWith((_, init) => {
      seen.push(init ?? {});
      const opaque = Object.defineProperties(Response.error(), {
        type: { value: 'opaqueredirect' },
      });
      return Promise.resolve(opaque);
    });
    assert.deepEqual(await outcomeOf(claude), {
      kind: 'broken',
      failure: { kind: 'not-found' },
    });
    assert.deepEqual(
      seen.map(({ redirect }) => redirect),
      ['manual'],
    );
  });
});
