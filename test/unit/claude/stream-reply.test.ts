import assert from 'node:assert/strict';
import type { Claude } from '../../../src/core/claude/claude.ts';
import { connect } from '../../../src/core/claude/connect.ts';
import type { Outcome, ReplyEvent } from '../../../src/core/claude/reply-event.ts';

import type { ClaudeRequest } from '../../../src/core/claude/request.ts';
import { fail, page, type Script, say, sayThen } from '../../fakes/messages-api/scripts.ts';
import { rejectedKey, type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { checked, anyRequest as request } from '../../fakes/request.ts';

const key = 'sk-ant-unit';
function connectTo(url: string, apiKey = key): Claude {
  return connect({
    apiKey,
    baseUrl: url,
    idleTimeoutMs: 300,
    maxRetries: 0,
    onListenerError: () => {},
  });
}

async function reply(claude: Claude, asked: ClaudeRequest = request): Promise<ReplyEvent[]> {
  const events: ReplyEvent[] = [];
  const { signal } = new AbortController();
  await claude.streamReply(checked(asked), { signal, emit: (event) => events.push(event) });
  return events;
}

function textOf(events: readonly ReplyEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

function outcomeOf(events: readonly ReplyEvent[]): Outcome {
  const outcomes = events.filter((event) => event.type === 'outcome');
  assert.equal(outcomes.length, 1, 'exactly one outcome');
  assert.equal(events.at(-1), outcomes[0], 'nothing after the outcome');
  const [last] = outcomes;
  assert.ok(last !== undefined);
  return last.outcome;
}

describe('stream reply', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator(say(''));
  });
  after(async () => {
    await simulator[Symbol.asyncDispose]();
  });

  const text = 'Ünïcode 🎉 `code`\n';
  const broken = (failure: object): object => ({ kind: 'broken', failure });
  const outcomes: readonly [name: string, script: Script, text: string, outcome: object][] = [
    ['a whole message', say(text, { deltaLength: 2 }), text, { kind: 'complete' }],
    ['thinking that is shown', say(text, { thinking: 'hm' }), text, { kind: 'complete' }],
    ['thinking that is not shown', say(text, { thinking: '' }), text, { kind: 'complete' }],
    ['an unknown stop reason', say(text, { stopReason: 'new' }), text, { kind: 'complete' }],
    [
      'max_tokens',
      say(text, { stopReason: 'max_tokens' }),
      text,
      { kind: 'cut', limit: 'max-tokens' },
    ],
    [
      'a full context',
      say(text, { stopReason: 'model_context_window_exceeded' }),
      text,
      { kind: 'cut', limit: 'context' },
    ],
    [
      'a refusal',
      say('', {
        stopReason: 'refusal',
        stopDetails: { type: 'refusal', category: 'cyber', explanation: 'No.' },
      }),
      '',
      { kind: 'refused', category: 'cyber', explanation: 'No.' },
    ],
    ['a closed connection', sayThen(text, 'close'), text, broken({ kind: 'truncated' })],
    [
      'a reset connection',
      sayThen(text, 'reset'),
      text,
      broken({ kind: 'network', code: 'ECONNRESET' }),
    ],
    [
      'an error event',
      sayThen(text, 'overloaded'),
      text,
      broken({ kind: 'overloaded', retryAfterMs: null, detail: 'Overloaded' }),
    ],
    ['malformed data', sayThen(text, 'malformed'), text, broken({ kind: 'truncated' })],
    ['silence', sayThen(text, 'silence'), text, broken({ kind: 'stalled', idleMs: 300 })],
    [
      'a web page instead of a stream',
      page('text/html; charset=utf-8', '<h1>Sign in</h1>'),
      '',
      broken({ kind: 'not-a-stream', contentType: 'text/html', detail: 'Sign in' }),
    ],
    [
      'JSON instead of a stream',
      page('application/json', '{}'),
      '',
      broken({ kind: 'not-a-stream', contentType: 'application/json' }),
    ],
    ['an empty stream', page('text/event-stream', ''), '', broken({ kind: 'truncated' })],
    ['401', fail(401, 'authentication_error', 'no'), '', broken({ kind: 'auth', detail: 'no' })],
    ['402', fail(402, 'billing_error', 'pay'), '', broken({ kind: 'billing', detail: 'pay' })],
    [
      '403',
      fail(403, 'permission_error', 'not you'),
      '',
      broken({ kind: 'permission', detail: 'not you' }),
    ],
    [
      '404 of a model',
      fail(404, 'not_found_error', 'model'),
      '',
      broken({ kind: 'model-not-found', model: request.model, detail: 'model' }),
    ],
    [
      '404 of a page',
      page('text/html', 'nothing here', 404),
      '',
      broken({ kind: 'not-found', detail: 'nothing here' }),
    ],
    [
      '413',
      fail(413, 'request_too_large', 'big'),
      '',
      broken({ kind: 'too-large', detail: 'big' }),
    ],
    [
      '400 for an image’s size',
      fail(400, 'invalid_request_error', 'too wide', {}, 'image_dimensions_too_large'),
      '',
      broken({ kind: 'image-dimensions', detail: 'too wide' }),
    ],
    [
      '400',
      fail(400, 'invalid_request_error', 'prompt is too long'),
      '',
      broken({ kind: 'invalid-request', detail: 'prompt is too long' }),
    ],
    [
      '429 with retry-after',
      fail(429, 'rate_limit_error', 'slow', { 'retry-after': '7' }),
      '',
      broken({ kind: 'rate-limited', retryAfterMs: 7000, detail: 'slow' }),
    ],
    [
      '429 without retry-after',
      fail(429, 'rate_limit_error', 'slow'),
      '',
      broken({ kind: 'rate-limited', retryAfterMs: null, detail: 'slow' }),
    ],
    [
      '429 for a spending limit',
      fail(429, 'rate_limit_error', 'enough', {}, 'enforced_spend_limit_reached'),
      '',
      broken({ kind: 'spend-limit', detail: 'enough' }),
    ],
    [
      '529',
      fail(529, 'overloaded_error', 'busy'),
      '',
      broken({ kind: 'overloaded', retryAfterMs: null, detail: 'busy' }),
    ],
    [
      '502 with a page',
      page('text/html', '<h1>Bad gateway</h1>', 502),
      '',
      broken({ kind: 'server-error', status: 502, retryAfterMs: null, detail: 'Bad gateway' }),
    ],
  ];
  for (const [name, script, expectedText, expected] of outcomes) {
    it(`ends right after ${name}`, async () => {
      simulator.answer(script);
      const events = await reply(connectTo(simulator.url));
      assert.deepEqual(outcomeOf(events), expected);
      assert.equal(textOf(events), expectedText);
    });
  }

  it('says that nothing listens at the base URL', async () => {
    const gone = await startSimulator(say(''));
    await gone[Symbol.asyncDispose]();
    const outcome = outcomeOf(await reply(connectTo(gone.url)));
    assert.deepEqual(outcome, broken({ kind: 'network', code: 'ECONNREFUSED' }));
  });

  it('takes usage from the API, the later figures for the earlier', async () => {
    simulator.answer(say('four', { outputTokens: 77, thinking: 'hm' }));
    const events = await reply(connectTo(simulator.url));
    const usages = events.filter((event) => event.type === 'usage');
    assert.deepEqual(
      usages.map(({ usage, final }) => [usage.output, usage.thinking, final]),
      [
        [1, null, false],
        [77, 40, true],
      ],
    );
  });

  it('stops: the reply ends, no text follows, and the server sees the connection close', async () => {
    simulator.answer(say('word '.repeat(1000), { paceMs: 2 }));
    const arrived = simulator.nextMessage();
    const stop = new AbortController();
    const events: ReplyEvent[] = [];
    let afterStop = 0;
    await connectTo(simulator.url).streamReply(checked(request), {
      signal: stop.signal,
      emit: (event) => {
        events.push(event);
        if (event.type !== 'text') return;
        if (stop.signal.aborted) afterStop++;
        stop.abort();
      },
    });
    assert.deepEqual(outcomeOf(events), { kind: 'stopped' });
    assert.equal(afterStop, 0);
    assert.equal(await (await arrived).ended, 'closed-by-client');
  });

  it('sends nothing where the reply was stopped before it began', async () => {
    const before = simulator.requests.length;
    const events: ReplyEvent[] = [];
    await connectTo(simulator.url).streamReply(checked(request), {
      signal: AbortSignal.abort(),
      emit: (event) => events.push(event),
    });
    assert.deepEqual(events, [{ type: 'outcome', outcome: { kind: 'stopped' } }]);
    assert.equal(simulator.requests.length, before);
  });

  it('goes on when a listener throws, and reports it', async () => {
    simulator.answer(say('some text', { deltaLength: 2 }));
    const reported: unknown[] = [];
    const claude = connect({
      apiKey: key,
      baseUrl: simulator.url,
      idleTimeoutMs: 300,
      maxRetries: 0,
      onListenerError: (error) => reported.push(error),
    });
    const seen: string[] = [];
    await claude.streamReply(checked(request), {
      signal: new AbortController().signal,
      emit: (event) => {
        seen.push(event.type);
        throw new Error('a disposed webview');
      },
    });
    assert.equal(seen.at(-1), 'outcome');
    assert.equal(reported.length, seen.length);
  });

  it('uses one connection for replies in a row', async () => {
    await using own = await startSimulator(say('short'));
    const claude = connectTo(own.url);
    for (let count = 0; count < 5; count++) await reply(claude);
    // The next request may overtake the socket on its way back to the pool, once.
    assert.ok(own.connections <= 2, `${own.connections} connections for 5 replies`);
  });

  it('sends the request as the API wants it, and nothing that it no longer knows', async () => {
    simulator.answer(say('ok'));
    const arrived = simulator.nextMessage();
    await reply(connectTo(simulator.url), { ...request, effort: 'low' });
    const { body, headers } = await arrived;
    assert.deepEqual(body, {
      model: request.model,
      max_tokens: 1000,
      system: 'system',
      messages: [{ role: 'user', content: 'question' }],
      output_config: { effort: 'low' },
      stream: true,
    });
    assert.equal(headers.authorization, `Bearer ${key}`);
  });

  const thoughts: readonly [model: string, showThinking: boolean, sent: object | undefined][] = [
    ['claude-sonnet-5-5', false, undefined],
    ['claude-sonnet-5-5', true, { type: 'adaptive', display: 'summarized' }],
    ['claude-opus-4-5', true, undefined],
  ];
  for (const [model, showThinking, sent] of thoughts) {
    const name = `${showThinking ? 'a' : 'no'} summary of the thinking`;
    it(`asks ${model} for ${sent === undefined ? 'none' : 'it'} where ${name} is wanted`, async () => {
      simulator.answer(say('ok'));
      await reply(connectTo(simulator.url), { ...request, model, showThinking });
      assert.equal(simulator.requests.at(-1)?.body?.model, model);
      assert.deepEqual(simulator.requests.at(-1)?.body?.thinking, sent);
    });
  }

  it('is steered by nothing in the environment', async () => {
    await using spy = await startSimulator(say('spied'));
    const hostile = {
      ANTHROPIC_BASE_URL: spy.url,
      ANTHROPIC_AUTH_TOKEN: 'hostile-token',
      ANTHROPIC_CUSTOM_HEADERS: 'X-Hostile: 1\nAuthorization: Bearer hostile',
      ANTHROPIC_LOG: 'debug',
    };
    Object.assign(process.env, hostile);
    try {
      simulator.answer(say('ok'));
      const arrived = simulator.nextMessage();
      await reply(connectTo(simulator.url));
      const { headers } = await arrived;
      assert.equal(headers.authorization, `Bearer ${key}`);
      assert.equal(headers['x-hostile'], undefined);
      assert.equal(spy.requests.length, 0);
    } finally {
      for (const name of Object.keys(hostile)) delete process.env[name];
    }
  });

  it('never lets the key into what it says of a failure', async () => {
    simulator.answer(fail(400, 'invalid_request_error', `what is ${key}?`));
    const events = await reply(connectTo(simulator.url));
    assert.ok(!JSON.stringify(events).includes(key));
  });
});

describe('key check', () => {
  it('tells a key that the API takes from one that it does not', async () => {
    await using simulator = await startSimulator(say(''));
    const { signal } = new AbortController();
    assert.deepEqual(await connectTo(simulator.url).checkKey(signal), { ok: true, value: null });
    assert.deepEqual(await connectTo(simulator.url, rejectedKey).checkKey(signal), {
      ok: false,
      failure: { kind: 'auth', detail: 'invalid bearer token' },
    });
    assert.equal(simulator.messages.length, 0);
  });
});

describe('request on the wire', () => {
  it('has the conversation so far before the question, and asks to be cached', async () => {
    await using simulator = await startSimulator(say('Yes.'));
    const earlier = [
      { userText: 'one', reply: 'first', thoughts: [] },
      { userText: 'two', reply: 'second', thoughts: [] },
    ];
    await reply(connectTo(simulator.url), { ...request, earlier, cache: true });
    const { body } = simulator.messages[0] ?? assert.fail('nothing came');
    assert.deepEqual(body, {
      model: request.model,
      max_tokens: 1000,
      stream: true,
      system: 'system',
      cache_control: { type: 'ephemeral' },
      messages: [
        { role: 'user', content: 'one' },
        { role: 'assistant', content: 'first' },
        { role: 'user', content: 'two' },
        { role: 'assistant', content: 'second' },
        { role: 'user', content: 'question' },
      ],
    });
  });

  it('asks for no cache where nothing may follow', async () => {
    await using simulator = await startSimulator(say('Yes.'));
    await reply(connectTo(simulator.url));
    assert.equal(simulator.messages[0]?.body?.cache_control, undefined);
  });
});

describe('token count', () => {
  it('is of the text alone, without the frame of a message', async () => {
    await using simulator = await startSimulator(say(''));
    const { signal } = new AbortController();
    const claude = connectTo(simulator.url);
    const counted = await claude.countTokens('claude-sonnet-5-5', 'x'.repeat(400), signal);
    assert.deepEqual(counted, { ok: true, value: 100 });
  });
});

describe('model list', () => {
  it('has the limits and the lifecycle of each model', async () => {
    await using simulator = await startSimulator(say(''));
    const listed = await connectTo(simulator.url).listModels(new AbortController().signal);
    assert.ok(listed.ok);
    assert.deepEqual(listed.value.at(-1), {
      id: 'claude-sonnet-4-5',
      displayName: 'Claude Sonnet 4.5',
      lifecycle: 'deprecated',
      retiresAt: '2026-11-30T00:00:00Z',
      contextTokens: 200_000,
      maxOutputTokens: 64_000,
      capabilities: {
        effort: [],
        summarisesThinking: false,
        takesImages: true,
        maxOutputTokens: 64_000,
      },
    });
  });
});
