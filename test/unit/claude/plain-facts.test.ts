import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor, findKeyProblem, readBaseUrl } from '../../../src/core/claude/api-key.ts';

import {
  addUsage,
  estimateTokens,
  noUsage,
  totalInput,
  updateUsage,
} from '../../../src/core/claude/usage.ts';
import { calculateCost } from '../../../src/core/usage/price.ts';

describe('base URL', () => {
  const cases: readonly [written: unknown, used: string | { readonly problem: string }][] = [
    ['https://api.anthropic.com', 'https://api.anthropic.com'],
    [' https://api.anthropic.com/ ', 'https://api.anthropic.com'],
    ['https://api.anthropic.com/v1', 'https://api.anthropic.com'],
    ['https://api.anthropic.com/v1/', 'https://api.anthropic.com'],
    ['http://localhost:8080/proxy/v1', 'http://localhost:8080/proxy'],
    ['http://localhost:8080/v10', 'http://localhost:8080/v10'],
    ['http://localhost:8080/proxy/v1/messages', 'http://localhost:8080/proxy'],
    ['https://api.anthropic.com/v1/messages/', 'https://api.anthropic.com'],
    ['https://api.anthropic.com/v2/messages', 'https://api.anthropic.com/v2/messages'],
    ['gw.example', { problem: 'not-http' }],
    ['gw.example:8080', { problem: 'not-http' }],
    ['ftp://api.anthropic.com', { problem: 'not-http' }],
    ['javascript:alert(1)', { problem: 'not-http' }],
    ['https://', { problem: 'not-http' }],
    ['', { problem: 'not-http' }],
    [null, { problem: 'not-http' }],
    [5, { problem: 'not-http' }],
    ['https://user:secret@host', { problem: 'user' }],
    ['https://host/?to=elsewhere', { problem: 'query' }],
    ['https://host/v1#there', { problem: 'fragment' }],
  ];
  for (const [written, used] of cases) {
    it(`takes ${JSON.stringify(written)} as ${JSON.stringify(used)}`, () => {
      assert.deepEqual(readBaseUrl(written), used);
    });
  }
});

describe('API key', () => {
  const cases: readonly [key: string, problem: string | null][] = [
    ['sk-ant-api03-abc_DEF-123', null],
    ['', 'empty'],
    ['two words', 'illegal-character'],
    ['line\nbreak', 'illegal-character'],
    ['ключ', 'illegal-character'],
    ['dash–like', 'illegal-character'],
  ];
  for (const [key, problem] of cases) {
    it(`finds ${problem ?? 'nothing'} wrong with ${JSON.stringify(key)}`, () => {
      assert.equal(findKeyProblem(key), problem);
    });
  }

  it('is taken out of any text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), fc.string(), (key, before, after) => {
        fc.pre(!'[API key]'.includes(key));
        assert.ok(!createRedactor(key)(before + key + after).includes(before + key + after));
      }),
    );
  });
});

describe('usage', () => {
  it('takes later figures for earlier ones and keeps what is not said again', () => {
    const first = updateUsage(noUsage, {
      input_tokens: 10,
      cache_read_input_tokens: 5,
      cache_creation_input_tokens: 2,
      output_tokens: 1,
    });
    const second = updateUsage(first, { input_tokens: null, output_tokens: 30 });
    assert.deepEqual(second, {
      input: 10,
      cacheRead: 5,
      cacheWrite: 2,
      output: 30,
      thinking: null,
    });
    assert.equal(totalInput(second), 17);
  });

  it('has the split of cache writes, where inference ran, and a tier that isn’t the standard one', () => {
    const wire = {
      input_tokens: 10,
      cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 4 },
      inference_geo: 'us',
      service_tier: 'priority',
    };
    const said = { hourCacheWrite: 4, inferenceGeo: 'us', serviceTier: 'priority' } as const;
    const first = updateUsage(noUsage, wire);
    assert.deepEqual(first, { ...noUsage, ...said, input: 10, cacheWrite: 7 });
    const later = { cache_creation: null, inference_geo: null, service_tier: null };
    assert.deepEqual(updateUsage(first, later), first);
    const odd = { inference_geo: 'sk-ant-echo', service_tier: 'standard', cache_creation: 'x' };
    assert.deepEqual(updateUsage(noUsage, odd), noUsage);
    assert.deepEqual(addUsage(first, noUsage), first);
    assert.equal(addUsage(first, first).hourCacheWrite, 8);
  });

  it('adds up over replies', () => {
    const usage = { input: 1, cacheRead: 2, cacheWrite: 3, output: 4, thinking: null };
    assert.deepEqual(addUsage(usage, { ...usage, thinking: 9 }), {
      input: 2,
      cacheRead: 4,
      cacheWrite: 6,
      output: 8,
      thinking: 9,
    });
  });
});

describe('cost', () => {
  const million = 1_000_000;
  const cases: readonly [string, string, Partial<typeof noUsage>, number | null][] = [
    ['input and output', 'claude-sonnet-5-5', { input: million, output: million }, 12],
    ['the cache', 'claude-sonnet-5-5', { cacheRead: million, cacheWrite: million }, 2.6],
    [
      'writes for an hour',
      'claude-sonnet-5-5',
      { cacheWrite: million, hourCacheWrite: million },
      4,
    ],
    ['writes for both', 'claude-opus-5-5', { cacheWrite: million, hourCacheWrite: 200_000 }, 5.6],
    ['inference in the US', 'claude-sonnet-5-5', { input: million, inferenceGeo: 'us' }, 2.2],
    ['inference anywhere', 'claude-sonnet-5-5', { input: million, inferenceGeo: 'global' }, 2],
    ['a snapshot', 'claude-haiku-4-5-20251001', { input: million, output: million }, 6],
    ['what only looks like one', 'claude-haiku-4-5-2025', { input: million }, null],
    ['a long prompt from the cache', 'claude-haiku-5-5', { cacheRead: 200_000 }, 0.01],
    ['a short prompt', 'claude-haiku-5-5', { input: 100_000 }, 0.01],
    ['a long prompt', 'claude-haiku-5-5', { input: 200_000 }, 0.1],
    ['nothing', 'claude-sonnet-5-5', {}, 0],
    ['an unknown model', 'claude-next', { input: million }, null],
  ];
  for (const [name, model, usage, expected] of cases) {
    it(`of ${name}`, () => {
      const cost = calculateCost(model, { ...noUsage, ...usage }, {});
      assert.equal(cost === null ? null : Number(cost.toFixed(9)), expected);
    });
  }

  /** The table of the documentation: input, output, 5-minute cache write, cache read. */
  const listed: readonly (readonly [string, number, number, number, number])[] = [
    ['claude-fable-5-2', 8, 40, 10, 0.2],
    ['claude-fable-5-1', 10, 50, 12.5, 0.25],
    ['claude-fable-5', 10, 50, 12.5, 1],
    ['claude-opus-5-5', 4, 20, 5, 0.2],
    ['claude-opus-5', 5, 25, 6.25, 0.5],
    ['claude-opus-4-8', 5, 25, 6.25, 0.5],
    ['claude-opus-4-7', 5, 25, 6.25, 0.5],
    ['claude-opus-4-6', 5, 25, 6.25, 0.5],
    ['claude-opus-4-5', 5, 25, 6.25, 0.5],
    ['claude-sonnet-5-5', 2, 10, 2.5, 0.1],
    ['claude-sonnet-5', 2, 10, 2.5, 0.2],
    ['claude-haiku-4-5', 1, 5, 1.25, 0.1],
  ];
  for (const [model, ...rates] of listed) {
    it(`has every rate of ${model}`, () => {
      const parts = ['input', 'output', 'cacheWrite', 'cacheRead'] as const;
      const at = Date.parse('2026-12-01');
      const found = parts.map((part) =>
        calculateCost(model, { ...noUsage, [part]: million }, {}, { at }),
      );
      assert.deepEqual(found, rates);
    });
  }

  for (const [day, rate] of [
    ['2026-10-06T23:59:59Z', 0.2],
    ['2026-10-07T00:00:00Z', 0.1],
  ] as const) {
    it(`has the rate of its time: ${day}`, () => {
      const usage = { ...noUsage, cacheRead: million };
      const tariff = { at: Date.parse(day) };
      assert.equal(calculateCost('claude-sonnet-5-5', usage, {}, tariff), rate);
    });
  }

  const own = {
    'claude-': { input: 1, output: 1 },
    'claude-sonnet-5-5': { input: 3, output: 7 },
    'claude-opus': { input: 5, output: 5, cacheWrite: 6 },
  };
  const overridden: readonly [string, string, Partial<typeof noUsage>, number | null][] = [
    ['the model’s own price before the list', 'claude-sonnet-5-5', { input: million }, 3],
    ['the longest beginning that fits', 'claude-opus-5-5', { cacheWrite: million }, 6],
    ['a beginning for a model that isn’t listed', 'claude-next', { output: million }, 1],
    ['no rate from elsewhere', 'claude-sonnet-5-5', { cacheRead: 1 }, null],
    ['nothing for other models', 'other', { input: 1 }, null],
    ['it as it is in the US', 'claude-next', { input: million, inferenceGeo: 'us' }, 1],
    [
      'twice the input for an hour',
      'claude-opus-5-5',
      { cacheWrite: million, hourCacheWrite: million },
      10,
    ],
  ];
  for (const [name, model, usage, expected] of overridden) {
    it(`takes ${name}`, () => {
      assert.equal(calculateCost(model, { ...noUsage, ...usage }, own), expected);
    });
  }
});

describe('token estimate', () => {
  it('is the same for a text as for its parts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const apart = estimateTokens(a) + estimateTokens(b);
        assert.ok(Math.abs(estimateTokens(a + b) - apart) < 1e-6);
      }),
    );
  });

  it('counts an ideograph for more than a letter', () => {
    assert.ok(estimateTokens('漢字漢字') > estimateTokens('abcd') * 2);
  });
});
