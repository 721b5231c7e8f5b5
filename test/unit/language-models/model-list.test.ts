import assert from 'node:assert/strict';
import type { Claude } from '../../../src/core/claude/claude.ts';
import type { Result } from '../../../src/core/claude/failure.ts';
import type { Model } from '../../../src/core/claude/model.ts';
import { ModelList, toModelInformation } from '../../../src/host/chat/model-list.ts';

const sonnet: Model = {
  id: 'claude-sonnet-5-5',
  displayName: 'Sonnet',
  lifecycle: 'active',
  retiresAt: null,
  contextTokens: 1000,
  maxOutputTokens: 100,
  capabilities: { effort: [], summarisesThinking: false, takesImages: true },
};

describe('the list of models for others', () => {
  let answer: () => Promise<Result<readonly Model[]>>;
  let asked: number;
  let hasKey: boolean;
  let time: number;
  let list: ModelList;
  beforeEach(() => {
    answer = async () => ({ ok: true, value: [sonnet] });
    asked = 0;
    hasKey = true;
    time = 0;
    const claude: Pick<Claude, 'listModels'> = {
      listModels: () => {
        asked++;
        return answer();
      },
    };
    list = new ModelList(
      async () => (hasKey ? (claude as Claude) : null),
      () => time,
    );
  });
  const { signal } = new AbortController();
  const hour = 3_600_000;

  it('is asked for once an hour', async () => {
    await list.models(signal);
    time = hour - 1;
    assert.deepEqual(await list.models(signal), { ok: true, value: [sonnet] });
    assert.equal(asked, 1);
    time = hour;
    await list.models(signal);
    assert.equal(asked, 2);
  });

  it('is asked for again after a failure', async () => {
    answer = async () => ({ ok: false, failure: { kind: 'timeout' } });
    assert.equal((await list.models(signal))?.ok, false);
    answer = async () => ({ ok: true, value: [] });
    assert.equal((await list.models(signal))?.ok, true);
  });

  it('is nobody’s without a key, though it is known', async () => {
    await list.models(signal);
    hasKey = false;
    assert.equal(await list.models(signal), null);
  });

  it('is asked for anew once forgotten, also while it is on its way', async () => {
    let tell = (): void => {};
    answer = () =>
      new Promise((resolve) => {
        tell = () => resolve({ ok: true, value: [sonnet] });
      });
    const old = list.models(signal);
    await Promise.resolve();
    list.forget();
    tell();
    await old;
    answer = async () => ({ ok: true, value: [] });
    assert.deepEqual(await list.models(signal), { ok: true, value: [] });
  });
});

describe('a model’s limits for others', () => {
  const cases: readonly [
    name: string,
    listed: Pick<Model, 'contextTokens' | 'maxOutputTokens'>,
    input: number,
    output: number,
  ][] = [
    ['as listed', { contextTokens: 1_000_000, maxOutputTokens: 128_000 }, 872_000, 128_000],
    ['unlisted', { contextTokens: null, maxOutputTokens: null }, 168_000, 32_000],
    ['the whole window each', { contextTokens: 8000, maxOutputTokens: 8000 }, 4000, 4000],
  ];
  for (const [name, listed, input, output] of cases) {
    it(`leave room in the window for both input and output: ${name}`, () => {
      const { maxInputTokens, maxOutputTokens } = toModelInformation({ ...sonnet, ...listed });
      assert.deepEqual([maxInputTokens, maxOutputTokens], [input, output]);
    });
  }
});
