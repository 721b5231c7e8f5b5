import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type SentQuestion, summarise } from '../../../src/core/history/summary.ts';
import type { Attachment } from '../../../src/core/prompt/attachment.ts';
import { english } from '../../fakes/english.ts';
import { anyAttachment, anyPrompt } from '../journal/samples.ts';

const selection = (file: string, from: number, to: number): Attachment => ({
  kind: 'selection',
  file,
  language: 'typescript',
  lines: { from, to },
  text: 'x',
  surroundings: [],
});
const asked = (text: string, ...attachments: readonly Attachment[]): SentQuestion => ({
  at: 5,
  prompt: { kind: 'free', text },
  attachments,
});
const explained = (...attachments: readonly Attachment[]): SentQuestion => ({
  at: 5,
  prompt: { kind: 'explain' },
  attachments,
});
const long = 'word '.repeat(40);

describe('a conversation’s summary', () => {
  const titles: readonly [string, SentQuestion, string][] = [
    ['a question’s words', asked('How does it retry?'), 'How does it retry?'],
    ['one line of a question', asked('  How\n\tdoes it\r\nretry? '), 'How does it retry?'],
    ['the beginning of a long one', asked(long), `${'word '.repeat(15)}word…`],
    ['what is explained', explained(selection('src/a.ts', 3, 9)), 'Explain src/a.ts:3–9'],
    ['that something is explained', explained(), 'Explain'],
    ['nothing, where nothing is left', asked(''), ''],
  ];
  for (const [name, question, title] of titles) {
    it(`is called by ${name}`, () => {
      assert.equal(summarise([question], english)?.title, title);
    });
  }

  it('counts its questions and names its files once each', () => {
    const questions = [
      asked('one', selection('a.ts', 1, 2), selection('b.ts', 1, 2)),
      { ...asked('two', selection('a.ts', 7, 8)), at: 9 },
    ];
    assert.deepEqual(summarise(questions, english), {
      title: 'one',
      created: 5,
      changed: 9,
      files: ['a.ts', 'b.ts'],
      replies: 2,
    });
  });

  it('is none where nothing was asked', () => {
    assert.equal(summarise([], english), null);
  });

  it('has a title of one line and at most 80 characters, and at most 20 files, always', () => {
    const question: fc.Arbitrary<SentQuestion> = fc.record({
      at: fc.nat(),
      prompt: anyPrompt,
      attachments: fc.array(anyAttachment, { maxLength: 30 }),
    });
    fc.assert(
      fc.property(fc.array(question, { minLength: 1 }), (questions) => {
        const summary = summarise(questions, english);
        assert.ok(summary !== null && summary.title.length <= 80 && summary.files.length <= 20);
        assert.doesNotMatch(summary.title, /[\r\n]/);
      }),
    );
  });
});
