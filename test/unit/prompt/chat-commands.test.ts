import assert from 'node:assert/strict';
import { chatPrompt } from '../../../src/core/prompt/built-in-prompts.ts';
import { promptText } from '../../../src/core/prompt/prompt.ts';
import { english } from '../../fakes/english.ts';

describe('what @claude is asked', () => {
  const cases: readonly [string, string | undefined, string, RegExp | null][] = [
    ['the words alone', undefined, '  Why?\n', /^Why\?$/],
    ['nothing', undefined, ' \n', null],
    ['the words of a command', 'explain', '', /^Explain/],
    ['both, the user’s last', 'explain', 'Only the loop.', /^Explain[\s\S]+\n\nOnly the loop\.$/],
    ['the words alone, with a command that is none', 'unknown', 'Why?', /^Why\?$/],
  ];
  for (const [name, command, typed, says] of cases) {
    it(name, () => {
      const prompt = chatPrompt(command, typed, english);
      if (says === null) assert.equal(prompt, null);
      else assert.match(prompt === null ? '' : promptText(prompt), says);
    });
  }
});
