import type { L10n } from '../l10n.ts';
import type { Prompt } from './prompt.ts';

export const builtInNames = ['explain', 'fix', 'review', 'test', 'document'] as const;
export type BuiltInName = (typeof builtInNames)[number];

export interface BuiltInPrompt {
  readonly prompt: Prompt;
  readonly title: string;
  /** What it does, as a line of a list. */
  readonly description: string;
}

const fixText =
  'Fix the attached code: the problems that are listed with it, or else the mistakes that you find. ' +
  'Say in a sentence or two what was wrong and why your change is right; then give the corrected code, ' +
  'whole, with nothing else changed. Where nothing is wrong, say so.';

const reviewText =
  'Review what is attached as a careful colleague would. Begin with what must change: wrong results, ' +
  'missed cases, races, leaks, security. Then what could be simpler or clearer. For each, name the line, ' +
  'what happens and how to change it. Leave out praise and matters of taste; where nothing needs to ' +
  'change, say so in a sentence.';

const testText =
  'Write tests for the attached code, with the test framework that the file or its imports show, else ' +
  'the usual one of the language. Cover what it promises: the usual case, the edges, and what must fail. ' +
  'Name each test after what it shows. Then say what could not be tested, and why.';

const documentText =
  'Document the attached code: give it back whole and unchanged but for documentation comments in the ' +
  'usual form of its language. Say what each part is for, units, ranges, errors and what a caller must ' +
  'know; leave out what the names already say.';

/** Our own prompts, by name: no file can stand in for one of them. */
export function builtInPrompt(name: BuiltInName, l10n: L10n): BuiltInPrompt {
  const named = (title: string, text: string, description: string): BuiltInPrompt => ({
    prompt: { kind: 'built-in', name: title, text },
    title,
    description,
  });
  switch (name) {
    case 'explain':
      return {
        prompt: { kind: 'explain' },
        title: l10n.t('Explain'),
        description: l10n.t('What it does, how, and what is surprising'),
      };
    case 'fix':
      return named(l10n.t('Fix'), fixText, l10n.t('What is wrong, and the code without it'));
    case 'review':
      return named(
        l10n.t('Review'),
        reviewText,
        l10n.t('What must change, and what could be simpler'),
      );
    case 'test':
      return named(l10n.t('Test'), testText, l10n.t('Tests for what it promises'));
    case 'document':
      return named(
        l10n.t('Document'),
        documentText,
        l10n.t('The same code with documentation comments'),
      );
  }
}
