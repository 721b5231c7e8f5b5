import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { findDecisive, formatReport } from '../../../src/core/check/report.ts';
import { stepNames } from '../../../src/core/check/steps.ts';
import { connect } from '../../../src/core/claude/connect.ts';
import type { Receipt } from '../../../src/core/usage/receipt.ts';
import { english } from '../../fakes/english.ts';
import { fail, page, say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { startPortal } from '../../fakes/portal.ts';
import { checkIt } from './check-it.ts';

const numbers = Array.from({ length: 60 }, (_, index) => index + 1).join(' ');
const steadily = say(numbers, { deltaLength: 4, paceMs: 15 });

function modelsCase(name: string): string {
  return readFileSync(new URL(`../../cases/models/${name}.json`, import.meta.url), 'utf8');
}

type Answer = (url: URL) => Response | null;

const json = { 'content-type': 'application/json' };

/** The simulator, but for what is answered in its place. */
function instead(answer: Answer): typeof fetch {
  return async (input, init) =>
    answer(new URL(input instanceof Request ? input.url : String(input))) ?? fetch(input, init);
}

function listing(body: string, headers: HeadersInit = json): Answer {
  return ({ pathname }) => (pathname === '/v1/models' ? new Response(body, { headers }) : null);
}

describe('lists of models in other shapes', () => {
  const list = async (answer: Answer) => {
    const asked: string[] = [];
    const claude = connect({
      apiKey: 'sk-ant-unit',
      baseUrl: 'http://127.0.0.1:9',
      idleTimeoutMs: 1000,
      maxRetries: 0,
      onListenerError: () => {},
      fetch: instead((url) => {
        asked.push(url.search);
        return answer(url);
      }),
    });
    const listed = await claude.listModels(new AbortController().signal);
    return { models: listed.ok ? listed.value : null, listed, asked };
  };

  it('have their ids and no limits that nobody told: as OpenAI and LiteLLM have it', async () => {
    const { models } = await list(listing(modelsCase('litellm-openai-shape')));
    const unknown = {
      lifecycle: 'active',
      retiresAt: null,
      contextTokens: null,
      maxOutputTokens: null,
      capabilities: null,
    };
    assert.deepEqual(models, [
      { id: 'claude-sonnet-5-5', displayName: 'claude-sonnet-5-5', ...unknown },
      { id: 'team-blue-claude', displayName: 'team-blue-claude', ...unknown },
    ]);
  });

  it('have the names that they do have: as OpenRouter has it', async () => {
    const { models } = await list(listing(modelsCase('openrouter-shape')));
    assert.deepEqual(
      models?.map(({ id, displayName, contextTokens }) => [id, displayName, contextTokens]),
      [['anthropic/claude-sonnet-5.5', 'Anthropic: Claude Sonnet 5.5', null]],
    );
  });

  it('are asked for a few times where one page is repeated for ever', async () => {
    const { models, asked } = await list(listing(modelsCase('has_more-loop')));
    assert.deepEqual(
      models?.map(({ id }) => id),
      ['claude-a'],
    );
    assert.ok(asked.length <= 3, String(asked.length));
  });

  it('are read to the twentieth page where there is always another one', async () => {
    let page = 0;
    const { models, asked } = await list(() => {
      page++;
      return Response.json({ data: [{ id: `claude-${page}` }], has_more: true });
    });
    assert.equal(asked.length, 20);
    assert.equal(models?.length, 20);
    assert.match(asked[1] ?? '', /after_id=claude-1\b/);
  });

  const odd: readonly (readonly [string, unknown, readonly string[] | null])[] = [
    ['a plain list', [{ id: 'a' }, { id: 'b' }], ['a', 'b']],
    ['names only', { data: ['a', 'b'] }, ['a', 'b']],
    ['entries without ids', { data: [null, 7, {}, { id: 3 }, { id: 'a' }] }, ['a']],
    ['an entry twice', { data: [{ id: 'a' }, { id: 'a' }] }, ['a']],
    ['a list under another name', { models: [{ id: 'a' }] }, ['a']],
    ['no list', { data: null }, null],
    ['null', null, null],
  ];
  for (const [name, body, ids] of odd) {
    it(`may be ${name}`, async () => {
      const { models } = await list(listing(JSON.stringify(body)));
      assert.deepEqual(models?.map(({ id }) => id) ?? null, ids);
    });
  }

  it('may come without a content type', async () => {
    const bytes = new TextEncoder().encode(modelsCase('litellm-openai-shape'));
    const { models } = await list(() => new Response(bytes));
    assert.equal(models?.length, 2);
  });

  it('are none where a page or an error with status 200 comes instead', async () => {
    const headers = { 'content-type': 'text/html' };
    const { listed } = await list(listing('<p>Please sign in</p>', headers));
    assert.deepEqual(listed, {
      ok: false,
      failure: { kind: 'not-a-stream', contentType: 'text/html', detail: 'Please sign in' },
    });
    const { listed: refused } = await list(
      listing('{"error":{"type":"authentication_error","message":"Key expired"}}'),
    );
    assert.deepEqual(refused, { ok: false, failure: { kind: 'auth', detail: 'Key expired' } });
  });
});

describe('the check of a foreign server', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator(steadily);
  });
  afterEach(() => simulator[Symbol.asyncDispose]());

  for (const name of ['litellm-openai-shape', 'openrouter-shape', 'has_more-loop']) {
    it(`reports normally: ${name}`, async () => {
      const { results, verdicts } = await checkIt(simulator.url, {
        fetch: instead(listing(modelsCase(name), { ...json, date: new Date().toUTCString() })),
      });
      assert.equal(findDecisive(results), null);
      assert.deepEqual(
        results.map(({ step }) => step),
        stepNames,
      );
      assert.equal(verdicts.streaming, 'ok');
      assert.match(
        formatReport(results, [], (text) => text, english),
        /Everything|looked at/,
      );
    });
  }

  it('advises another model where the list has others and nothing counts tokens', async () => {
    const { results } = await checkIt(simulator.url, {
      fetch: instead((url) =>
        url.pathname.endsWith('count_tokens')
          ? new Response('', { status: 404 })
          : listing(modelsCase('openrouter-shape'))(url),
      ),
    });
    assert.equal(findDecisive(results)?.action, 'choose-model');
  });

  it('doesn’t tick the answer where everything is 404, and points to the base URL', async () => {
    const path = fail(404, 'not_found_error', 'Not Found: /foo/v1/models');
    const scripts = [
      path,
      page('text/html', '<h1>Cannot GET</h1>', 404),
      page('text/plain', '', 404),
    ];
    for (const script of scripts) {
      await using portal = await startPortal(script);
      for (const mayStream of [true, false]) {
        const { results, verdicts } = await checkIt(portal.url, {
          confirmStream: () => Promise.resolve(mayStream),
        });
        assert.equal(verdicts.answer, 'failed');
        const result = findDecisive(results);
        assert.deepEqual([result?.step, result?.action], ['answer', 'open-base-url-setting']);
      }
    }
  });

  it('always ends with a report, whatever breaks', async () => {
    const boom = (): never => {
      throw new Error('boom');
    };
    const broken = [
      { connect: boom },
      { confirmStream: () => Promise.reject(new Error('boom')) },
      { onReply: boom },
    ];
    for (const parts of broken) {
      const { results } = await checkIt(simulator.url, parts);
      assert.deepEqual(
        results.map(({ step }) => step),
        stepNames,
      );
      assert.match(findDecisive(results)?.message ?? '', /boom/);
    }
  });

  it('tells of the receipt of its reply, for the ledger', async () => {
    const receipts: Receipt[] = [];
    await checkIt(simulator.url, { onReply: (_, receipt) => receipts.push(receipt) });
    assert.equal(receipts.length, 1);
    const [receipt] = receipts;
    assert.equal(receipt?.model, 'claude-sonnet-5-5');
    assert.ok((receipt?.usage.output ?? 0) > 0 && receipt?.cost !== null);
  });

  it('has the server’s words where a firewall’s page comes', async () => {
    await using portal = await startPortal(page('text/html', '<h1>Blocked by Acme WAF</h1>', 403));
    const { results } = await checkIt(portal.url);
    const result = findDecisive(results);
    assert.match(result?.message ?? '', /Blocked by Acme WAF/);
    assert.equal(result?.action, null);
  });
});

describe('the check finds a stream that is gathered', () => {
  const seen = async (script: Parameters<typeof startSimulator>[0], gatherMs: number) => {
    await using simulator = await startSimulator(script);
    const through: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).endsWith('/v1/messages')) return response;
      const whole = await response.arrayBuffer();
      await new Promise((resolve) => setTimeout(resolve, gatherMs));
      return new Response(whole, { headers: { 'content-type': 'text/event-stream' } });
    };
    return (await checkIt(simulator.url, { fetch: through })).verdicts.streaming;
  };

  it('in a short reply: nine events at once', async () => {
    assert.equal(await seen(say('1 2 3 4 5 6', { deltaLength: 3 }), 700), 'failed');
  });
  it('in a reply that was made one piece', async () => {
    assert.equal(await seen(say(numbers), 700), 'failed');
  });
  it('and none in a few words that just come late', async () => {
    assert.equal(await seen(say('No.'), 700), 'ok');
  });
});
