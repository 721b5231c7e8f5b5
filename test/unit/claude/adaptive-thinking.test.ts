import assert from 'node:assert/strict';
import { supportsAdaptiveThinking } from '../../../src/core/claude/model.ts';

describe('adaptive thinking', () => {
  const models: readonly [model: string, adaptive: boolean][] = [
    ['claude-sonnet-5-5', true],
    ['claude-haiku-5-5', true],
    ['claude-fable-5-2', true],
    ['claude-opus-4-6', true],
    ['claude-sonnet-4-6', true],
    ['claude-opus-4-8', true],
    ['claude-mythos-preview', true],
    ['claude-opus-12', true],
    ['a-model-of-tomorrow', true],
    ['claude-sonnet-4-5', false],
    ['claude-sonnet-4-5-20250929', false],
    ['claude-haiku-4-5', false],
    ['claude-opus-4-20250514', false],
    ['claude-opus-4@20250514', false],
    ['anthropic.claude-opus-4-1-20250805-v1:0', false],
    ['claude-3-5-haiku-latest', false],
    ['claude-2.1', false],
    ['claude-instant-1.2', false],
  ];
  for (const [model, adaptive] of models) {
    it(`${model} ${adaptive ? 'has it' : 'lacks it'}`, () =>
      assert.equal(supportsAdaptiveThinking(model), adaptive));
  }
});
