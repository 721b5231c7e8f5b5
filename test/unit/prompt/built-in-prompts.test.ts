import assert from 'node:assert/strict';
import {
  getAnswerPrompt,
  listBuiltInPrompts,
  type PromptUse,
  toAnswerPrompt,
} from '../../../src/core/prompt/built-in-prompts.ts';
import { promptText } from '../../../src/core/prompt/prompt.ts';
import { english } from '../../fakes/english.ts';

describe('our own prompts', () => {
  const offered: readonly [use: PromptUse, names: readonly string[]][] = [
    ['answer', ['explain', 'fix', 'review', 'test', 'document']],
    ['replacement', ['fix', 'simplify', 'document']],
    ['files', ['explain', 'review', 'summarise']],
  ];
  for (const [use, names] of offered) {
    it(`for ${use} are ${names.join(', ')}, each with words of its own`, () => {
      const prompts = listBuiltInPrompts(use, english);
      assert.deepEqual(
        prompts.map(({ name }) => name),
        names,
      );
      for (const words of ['title', 'description', 'text'] as const) {
        assert.equal(new Set(prompts.map((prompt) => prompt[words])).size, names.length, words);
      }
    });
  }

  it('are asked under their names, with the words that are sent', () => {
    const [explain, ...others] = listBuiltInPrompts('answer', english);
    assert.deepEqual(explain && toAnswerPrompt(explain), { kind: 'explain' });
    assert.equal(explain?.text, promptText({ kind: 'explain' }));
    for (const prompt of others) {
      const { title: name, text } = prompt;
      assert.deepEqual(toAnswerPrompt(prompt), { kind: 'built-in', name, text });
    }
  });

  it('are the same by name as in the list', () => {
    const review = listBuiltInPrompts('answer', english).find(({ name }) => name === 'review');
    assert.deepEqual(getAnswerPrompt('review', english), review && toAnswerPrompt(review));
  });
});
