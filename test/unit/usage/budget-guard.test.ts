import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { Reservation } from '../../../src/core/claude/checked-request.ts';
import { noUsage } from '../../../src/core/claude/usage.ts';
import type { InputCount } from '../../../src/core/usage/input-count.ts';
import type { LedgerEntry } from '../../../src/core/usage/ledger.ts';
import { anyRequest } from '../../fakes/request.ts';
import { defaultSettings } from '../../fakes/settings.ts';
import { answers, calls } from '../../fakes/vscode.ts';

const { BudgetGuard } = await import('../../../src/host/usage/budget-guard.ts');

const count: InputCount = {
  tokens: 1000,
  exact: true,
  cost: 0.06,
  costExact: true,
  contextTokens: null,
};

function entry(changes: Partial<LedgerEntry>): LedgerEntry {
  const usage = { ...noUsage, input: 10, output: 0 };
  const at = Date.now();
  return {
    reply: 'r',
    at,
    model: anyRequest.model,
    usage,
    outputSource: 'reported',
    cost: 0,
    ...changes,
  };
}

interface Situation {
  readonly entries?: LedgerEntry[];
  readonly cost?: number | null;
  readonly dailyBudget?: number;
}

/** A guard of one dollar a day, with questions of 0.06 each where nothing else is said. */
function makeGuard({ entries = [], cost = 0.06, dailyBudget = 1 }: Situation) {
  const kept = new Map<string, unknown>();
  return new BudgetGuard({
    ledger: { todaysEntries: () => Promise.resolve(entries) },
    counter: { cachedOrEstimated: () => ({ ...count, cost }) },
    settings: { read: () => ({ ...defaultSettings, dailyBudget }) },
    memory: {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as never,
    log: { error: assert.fail },
  });
}

const warnings = (): readonly unknown[] =>
  calls
    .filter(({ name }) => name === 'window.showWarningMessage')
    .map(({ given: [message] }) => message);

const press = (button: string | undefined): void =>
  void answers.set('window.showWarningMessage', () => Promise.resolve(button));

describe('the daily budget', () => {
  beforeEach(() => {
    calls.length = 0;
    press(undefined);
  });
  afterEach(() => answers.clear());

  it('bears one question, but not two of the kind at once', async () => {
    const spent = [entry({ cost: 0.9 })];
    assert.notEqual(await makeGuard({ entries: spent }).confirmRequests(anyRequest), null);
    assert.deepEqual(warnings(), []);
    const guard = makeGuard({ entries: spent });
    assert.equal(await guard.confirmRequests(anyRequest, anyRequest), null);
    assert.deepEqual(
      calls.map(({ name, given: [message, options] }) => [name, message, options]),
      [
        [
          'window.showWarningMessage',
          'Today’s replies have cost $0.90; the input of this question adds $0.12. The daily budget is $1.00.',
          { modal: true },
        ],
      ],
    );
  });

  it('counts what is in flight: of twenty at once that cost 0.83 each, one is sent', async () => {
    const guard = makeGuard({ cost: 0.83 });
    const all = await Promise.all(
      Array.from({ length: 20 }, () => guard.confirmRequests(anyRequest)),
    );
    assert.equal(all.filter((reserved) => reserved !== null).length, 1);
    assert.equal(warnings().length, 19);
    assert.match(String(warnings()[0]), / Replies in progress add ≈\$0\.84\.$/);
  });

  it('gives back what was reserved once the reply has ended, and but once', async () => {
    const guard = makeGuard({ cost: 0.83 });
    const [first] = (await guard.confirmRequests(anyRequest)) ?? assert.fail('it fits');
    first?.release();
    const [second] = (await guard.confirmRequests(anyRequest)) ?? assert.fail('it fits again');
    first?.release();
    assert.equal(await guard.confirmRequests(anyRequest), null);
    second?.release();
    const whole: Reservation | null = await guard.confirmInput({ cost: 0.9, costExact: true });
    assert.equal(await guard.confirmRequests(anyRequest), null);
    whole?.release();
    assert.notEqual(await guard.confirmRequests(anyRequest), null);
  });

  it('counts the output of a run on files, too, until the run has ended', async () => {
    const guard = makeGuard({ cost: 0.06 });
    const run = Array.from({ length: 20 }, () => anyRequest);
    const whole = await guard.confirmInput({ cost: 0.75, costExact: true }, run);
    assert.equal(await guard.confirmRequests(anyRequest), null);
    assert.match(String(warnings()[0]), /Replies in progress add ≈\$0\.95\.$/);
    whole?.release();
    assert.notEqual(await guard.confirmRequests(anyRequest), null);
  });

  it('takes a reply to be as long as today’s of its model were', async () => {
    const usage = { ...noUsage, input: 10, output: 25_000 };
    const snapshot = `${anyRequest.model}-20261120`;
    const guard = makeGuard({ entries: [entry({ usage, model: snapshot })], cost: 0.4 });
    const request = { ...anyRequest, maxTokens: 32_000 };
    assert.notEqual(await guard.confirmRequests(request), null);
    assert.equal(await guard.confirmRequests(request), null);
    assert.match(String(warnings()[0]), /Replies in progress add ≈\$0\.65\.$/);
  });

  it('asks others who wait once the first has been allowed, and no more that day', async () => {
    press('Send Anyway');
    const guard = makeGuard({ cost: 1.5 });
    const all = await Promise.all([
      guard.confirmRequests(anyRequest),
      guard.confirmRequests(anyRequest),
    ]);
    assert.ok(all.every((reserved) => reserved !== null));
    assert.equal(warnings().length, 1);
  });

  const unpriced: readonly (readonly [string, Situation])[] = [
    ['a model that has no price', { cost: null }],
    [
      'a model whose replies had none',
      { entries: [entry({ cost: null, model: `${anyRequest.model}-20261120` })] },
    ],
  ];
  for (const [name, situation] of unpriced) {
    it(`can’t judge ${name}: it asks once a day, and nothing counts as free`, async () => {
      const guard = makeGuard(situation);
      const text = `The price of ${anyRequest.model} isn’t known, so the daily budget of $1.00 can’t include its replies. Add it to the setting claudeStream.prices, or send anyway.`;
      assert.equal(await guard.confirmRequests(anyRequest), null);
      assert.equal((await guard.createCheck())(anyRequest), text);
      press('Send Anyway');
      assert.notEqual(await guard.confirmRequests(anyRequest), null);
      assert.notEqual(await guard.confirmRequests(anyRequest), null);
      assert.deepEqual(warnings(), [text, text]);
      assert.equal((await guard.createCheck())(anyRequest), null);
    });
  }

  it('judges nothing where there is none', async () => {
    const guard = makeGuard({ cost: null, dailyBudget: 0 });
    assert.equal((await guard.confirmRequests(anyRequest, anyRequest))?.length, 2);
    assert.deepEqual(warnings(), []);
  });
});
