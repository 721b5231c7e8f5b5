import assert from 'node:assert/strict';
import type { Claude } from '../../../src/core/claude/claude.ts';
import type { Result } from '../../../src/core/claude/failure.ts';
import type { Model } from '../../../src/core/claude/model.ts';
import type { ClaudeRequest, Exchange } from '../../../src/core/claude/request.ts';
import {
  budgetWarning,
  contextWarning,
  type Draft,
  estimateInput,
  formatInputCount,
  type InputCount,
} from '../../../src/core/usage/input-count.ts';
import { InputCounter } from '../../../src/host/usage/input-counter.ts';
import { english } from '../../fakes/english.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

const sonnet: Model = {
  id: anyRequest.model,
  displayName: 'Sonnet',
  lifecycle: 'active',
  retiresAt: null,
  contextTokens: 1000,
  maxOutputTokens: 100,
  capabilities: null,
};

/** An API that counts as it is told to, and a clock that only tests move. */
class Api {
  tokens: () => Promise<Result<number>> = () => Promise.resolve({ ok: true, value: 500 });
  models: () => Promise<Result<readonly Model[]>> = () =>
    Promise.resolve({ ok: true, value: [sonnet] });
  hasKey = true;
  readonly counted: string[] = [];
  readonly signals: AbortSignal[] = [];
  listed = 0;
  #due: (() => void) | null = null;
  waited: number | null = null;
  /** What the connection's keeper was told, oldest first. */
  readonly warmth: string[] = [];

  readonly counter = new InputCounter({
    connect: () => Promise.resolve(this.hasKey ? this.#claude() : null),
    prices: () => ({}),
    warm: {
      onTyping: () => this.warmth.push('wrote'),
      onRequestSent: () => this.warmth.push('used'),
      pause: () => this.warmth.push('rest'),
    },
    after: (ms, run) => {
      this.waited = ms;
      this.#due = run;
      return {
        dispose: () => {
          this.#due = null;
        },
      };
    },
  });

  /** Lets the time pass that the counter waits, and all that follows from it. */
  async pass(): Promise<void> {
    this.#due?.();
    this.#due = null;
    await new Promise((resolve) => setImmediate(resolve));
  }

  get isWaiting(): boolean {
    return this.#due !== null;
  }

  #claude(): Claude {
    const none = (): never => assert.fail('asked for something else');
    return {
      streamReply: none,
      answerAll: none,
      batches: { create: none, retrieve: none, listRecent: none, cancel: none, results: none },
      countTokens: none,
      checkKey: none,
      getCapabilities: none,
      listModels: () => {
        this.listed++;
        return this.models();
      },
      countInput: ({ request }, signal) => {
        this.counted.push(request.userText);
        this.signals.push(signal);
        return this.tokens();
      },
    };
  }
}

const draft = (userText: string, parts: Partial<ClaudeRequest> = {}): Draft => {
  const request = { ...anyRequest, userText, ...parts };
  return { request, countable: checked(request) };
};
/** Its text must not leave the machine yet. */
const held = (userText: string): Draft => ({ ...draft(userText), countable: null });
const failed = { ok: false, failure: { kind: 'timeout' } } as const;

describe('input counter', () => {
  let api: Api;
  let shown: (InputCount | null)[];
  let live: ReturnType<InputCounter['follow']>;
  beforeEach(() => {
    api = new Api();
    shown = [];
    live = api.counter.follow((count) => shown.push(count));
  });
  afterEach(() => live.dispose());

  it('counts once nothing was typed for 400 ms, with cost and context', async () => {
    for (const text of ['W', 'Wh', 'Why?']) live.update(draft(text));
    assert.deepEqual([shown, api.counted, api.waited], [[], [], 400]);
    await api.pass();
    assert.deepEqual(api.counted, ['Why?']);
    assert.deepEqual(shown, [
      { tokens: 500, exact: true, cost: 0.001, costExact: true, contextTokens: 1000 },
    ]);
  });

  it('shows an estimate while it waits, and asks for the same only once', async () => {
    live.update(draft('Why?'));
    await api.pass();
    live.update(draft('Why so?'));
    assert.equal(shown.at(-1)?.exact, false);
    live.update(draft('Why?'));
    assert.equal(shown.at(-1)?.exact, true);
    assert.equal(api.isWaiting, false);
    assert.deepEqual([api.counted.length, api.listed], [1, 1]);
  });

  it('ends an older count, and shows nothing of it', async () => {
    let answer: ((result: Result<number>) => void) | undefined;
    api.tokens = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    live.update(draft('old'));
    await api.pass();
    live.update(null);
    assert.deepEqual([api.signals[0]?.aborted, shown], [true, [null]]);
    answer?.({ ok: true, value: 7 });
    await api.pass();
    assert.deepEqual(shown, [null]);
  });

  const silent: readonly [string, Partial<Pick<Api, 'tokens' | 'models'>>][] = [
    ['a failure', { tokens: () => Promise.resolve(failed) }],
    ['an error', { tokens: () => Promise.reject(new Error('?')) }],
    ['no list of models', { models: () => Promise.resolve(failed) }],
  ];
  for (const [name, fault] of silent) {
    it(`shows what it can after ${name}`, async () => {
      Object.assign(api, fault);
      live.update(draft('Why?'));
      await api.pass();
      assert.equal(shown.length, 1);
      assert.equal(shown[0]?.exact, name === 'no list of models');
    });
  }

  it('shows nothing without a key', async () => {
    api.hasKey = false;
    live.update(draft('Why?'));
    await api.pass();
    assert.deepEqual([shown, api.counted], [[null], []]);
  });

  it('leaves what may not leave the machine at an estimate', () => {
    live.update(held('Why?'));
    assert.equal(api.isWaiting, false);
    assert.equal(shown[0]?.exact, false);
  });

  it('marks the cost where the prompt cache may make it another', async () => {
    live.update(draft('Why?', { cache: true }));
    await api.pass();
    assert.deepEqual([shown[0]?.exact, shown[0]?.costExact], [true, false]);
  });

  it('says that somebody writes, that a request went out, and that it is over', async () => {
    live.update(held('Why?'));
    live.update(draft('Why so?'));
    await api.pass();
    live.dispose();
    assert.deepEqual(api.warmth, ['wrote', 'wrote', 'used', 'rest']);
  });

  it('asks for nothing more once it is disposed', () => {
    live.update(draft('Why?'));
    live.dispose();
    assert.equal(api.isWaiting, false);
  });
});

describe('an estimate', () => {
  const signed = (thinking: string, signature: string) =>
    ({ at: 0, thought: { kind: 'signed', thinking, signature } }) as const;
  const withThoughts = (...thoughts: Exchange['thoughts']): number =>
    estimateInput({ ...anyRequest, earlier: [{ userText: 'Why?', reply: 'So.', thoughts }] });
  const without = withThoughts();

  it('has the thinking that goes back in it', () => {
    assert.equal(withThoughts(signed('a'.repeat(360), '')), without + 100);
    assert.equal(
      withThoughts({ at: 0, thought: { kind: 'redacted', data: 'a'.repeat(480) } }),
      without + 100,
    );
  });

  it('takes the seal’s length where the summary tells less', () => {
    assert.equal(withThoughts(signed('', 'a'.repeat(480))), without + 100);
  });
});

describe('count in words', () => {
  const count: InputCount = {
    tokens: 1234,
    exact: true,
    cost: 0.002468,
    costExact: true,
    contextTokens: 1000,
  };
  const estimate = { ...count, exact: false, costExact: false };
  const texts: readonly [string | null, string | null][] = [
    [formatInputCount(count, english), '1,234 tokens · $0.0025'],
    [formatInputCount(estimate, english), '≈1,234 tokens · ≈$0.0025'],
    [formatInputCount({ ...count, cost: null }, english), '1,234 tokens'],
    [contextWarning(count, english), 'This is 1,234 tokens, and the model takes 1,000 at most.'],
    [contextWarning({ ...count, tokens: 1000 }, english), null],
    [contextWarning({ ...count, contextTokens: null }, english), null],
    [
      budgetWarning(count, { spent: 0.999, inFlight: 0 }, 1, english),
      'Today’s replies have cost $1.00; the input of this question adds $0.0025. The daily budget is $1.00.',
    ],
    [budgetWarning(count, { spent: 0.9, inFlight: 0 }, 1, english), null],
    [budgetWarning(count, { spent: 5, inFlight: 0 }, 0, english), null],
    [budgetWarning({ ...count, cost: null }, { spent: 1, inFlight: 0 }, 1, english), null],
    [
      budgetWarning({ ...count, cost: null }, { spent: 1.5, inFlight: 0 }, 1, english),
      'Today’s replies have cost $1.50. The daily budget is $1.00.',
    ],
    [
      budgetWarning(count, { spent: 0.1, inFlight: 0.9 }, 1, english),
      'Today’s replies have cost $0.10; the input of this question adds $0.0025. The daily budget is $1.00. Replies in progress add ≈$0.90.',
    ],
  ];
  for (const [said, expected] of texts) {
    it(expected ?? 'nothing', () => assert.equal(said, expected));
  }
});
