import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { recentPairs, rememberPair } from '../../../src/host/ask/compare-models.ts';

class Memory implements vscode.Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(key: string): undefined;
  get<T>(key: string, fallback: T): T;
  get(key: string, fallback?: unknown): unknown {
    return this.#values.get(key) ?? fallback;
  }

  update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }
}

describe('pairs of models', () => {
  const pair = (left: string, right: string) => ({ left, right });

  it('are none at first, and none of another version’s', async () => {
    const memory = new Memory();
    assert.deepEqual(recentPairs(memory), []);
    await memory.update('comparedModels', [['a', 'b']]);
    assert.deepEqual(recentPairs(memory), []);
  });

  it('come with the last one first, once each, and three at most', async () => {
    const memory = new Memory();
    for (const right of ['b', 'c', 'b', 'd', 'e']) await rememberPair(memory, pair('a', right));
    assert.deepEqual(recentPairs(memory), [pair('a', 'e'), pair('a', 'd'), pair('a', 'b')]);
    await rememberPair(memory, pair('b', 'a'));
    assert.deepEqual(recentPairs(memory)[0], pair('b', 'a'));
  });
});
