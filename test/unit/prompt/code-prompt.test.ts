import assert from 'node:assert/strict';
import { buildRequest } from '../../../src/core/prompt/build-request.ts';
import type { Prompt } from '../../../src/core/prompt/prompt.ts';
import { cursorPrompt, filePrompt, replacePrompt } from '../../../src/core/prompt/task-prompts.ts';

const settings = { model: 'm', maxTokens: 5, effort: null, showThinking: false } as const;

const request = (prompt: Prompt, systemPrompt = '') =>
  buildRequest(prompt, [], { ...settings, systemPrompt });

describe('a prompt for code', () => {
  const cases: readonly [name: string, prompt: Prompt, use: RegExp][] = [
    ['in place of a selection', replacePrompt('Fix it'), /takes the place of the whole selection/],
    [
      'at a cursor',
      cursorPrompt('Fix it', { file: 'a.ts', line: 3, column: 7 }),
      /at the cursor, which is at line 3, column 7 of a\.ts/,
    ],
    ['in a new file', filePrompt('Fix it', 'python'), /a new file\. Its language: python\./],
  ];
  for (const [name, prompt, use] of cases) {
    it(`asks for one fenced block alone, ${name}`, () => {
      const { system, userText } = request(prompt);
      assert.match(system, /exactly one fenced code block and nothing else/);
      assert.doesNotMatch(system, /panel/);
      assert.match(userText, /^Fix it\n\n/);
      assert.match(userText, use);
    });
  }

  it('has the user’s own addition behind it, as every prompt', () => {
    assert.match(request(replacePrompt('Fix it'), ' In French. ').system, /file\.\n\nIn French\.$/);
    assert.match(request({ kind: 'explain' }, 'In French.').system, /panel.*\n\nIn French\.$/s);
  });
});
