import assert from 'node:assert/strict';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { noContext, questionIn, requestOf } from '../../../src/core/prompt/question.ts';

const settings = {
  model: 'claude-usual',
  maxTokens: 1,
  effort: null,
  showThinking: false,
  systemPrompt: '',
};
const question = { prompt: { kind: 'free', text: 'Why?' }, attachments: [] } as const;
const compared = new Conversation(() => 0);
compared.model = 'claude-compared';

describe('the model of a question', () => {
  const cases = [
    ['is the one in the settings', new Conversation(() => 0), question, 'claude-usual'],
    ['is the one in the settings where none began', null, question, 'claude-usual'],
    ['is the one that its conversation compares', compared, question, 'claude-compared'],
    ['is its own', compared, { ...question, model: 'claude-own' }, 'claude-own'],
  ] as const;
  for (const [name, conversation, asked, expected] of cases) {
    it(name, () => {
      const { model } = requestOf(questionIn(conversation, asked), settings, noContext);
      assert.equal(model, expected);
    });
  }
});
