import type { L10n } from '../l10n.ts';
import { type Prompt, promptText } from './prompt.ts';

/**
 * What a prompt of ours is for: an answer, code in place of a selection, or a word on each of many
 * files.
 */
export type PromptUse = 'answer' | 'replacement' | 'files';

interface PromptWords {
  /** What it does, as a line of a list. */
  readonly description: string;
  /** What the model gets. */
  readonly text: string;
}

interface BuiltIn extends Readonly<Partial<Record<PromptUse, PromptWords>>> {
  readonly title: string;
}

/** All of our own prompts, in the order of the lists. What is said depends on what it is for. */
const createBuiltIns = (l10n: L10n) =>
  ({
    explain: {
      title: l10n.t('Explain'),
      answer: {
        description: l10n.t('What it does, how, and what is surprising'),
        text: promptText({ kind: 'explain' }),
      },
      files: {
        description: l10n.t('what each file does, and how'),
        text:
          'Explain this file: first what it is for in a sentence or two, then how it does it. Point out ' +
          'what is surprising. Be brief where the code is plain.',
      },
    },
    fix: {
      title: l10n.t('Fix'),
      answer: {
        description: l10n.t('What is wrong, and the code without it'),
        text:
          'Fix the attached code: the problems that are listed with it, or else the mistakes that you ' +
          'find. Say in a sentence or two what was wrong and why your change is right; then give the ' +
          'corrected code, whole, with nothing else changed. Where nothing is wrong, say so.',
      },
      replacement: {
        description: l10n.t('Corrects mistakes and changes nothing else'),
        text:
          'Fix what is wrong in the selection: bugs, errors of syntax and types, typing mistakes. ' +
          'Change nothing else. Where nothing is wrong, give it back as it is.',
      },
    },
    simplify: {
      title: l10n.t('Simplify'),
      replacement: {
        description: l10n.t('The same behaviour, easier to read'),
        text:
          'Simplify the selection: easier to read, with the same behaviour and the same names to the ' +
          'outside. Keep comments that still hold.',
      },
    },
    review: {
      title: l10n.t('Review'),
      answer: {
        description: l10n.t('What must change, and what could be simpler'),
        text:
          'Review what is attached as a careful colleague would. Begin with what must change: wrong ' +
          'results, missed cases, races, leaks, security. Then what could be simpler or clearer. For ' +
          'each, name the line, what happens and how to change it. Leave out praise and matters of ' +
          'taste; where nothing needs to change, say so in a sentence.',
      },
      files: {
        description: l10n.t('bugs and weaknesses, the worst first'),
        text:
          'Review this file. List what is wrong, the worst first, each with its lines, why it is wrong, ' +
          'and how to mend it. Leave out matters of taste. Say so where nothing is wrong.',
      },
    },
    test: {
      title: l10n.t('Test'),
      answer: {
        description: l10n.t('Tests for what it promises'),
        text:
          'Write tests for the attached code, with the test framework that the file or its imports show, ' +
          'else the usual one of the language. Cover what it promises: the usual case, the edges, and ' +
          'what must fail. Name each test after what it shows. Then say what could not be tested, and why.',
      },
    },
    document: {
      title: l10n.t('Document'),
      answer: {
        description: l10n.t('The same code with documentation comments'),
        text:
          'Document the attached code: give it back whole and unchanged but for documentation comments ' +
          'in the usual form of its language. Say what each part is for, units, ranges, errors and what ' +
          'a caller must know; leave out what the names already say.',
      },
      replacement: {
        description: l10n.t('Adds documentation comments; the code stays as it is'),
        text:
          'Add documentation comments to the selection, in the style of its language and file: what it ' +
          'is for, its parameters, results and errors. Leave the code itself as it is.',
      },
    },
    summarise: {
      title: l10n.t('Summarise'),
      files: {
        description: l10n.t('three sentences each'),
        text: 'Say in at most three sentences what this file is for and what it offers to others.',
      },
    },
  }) satisfies Readonly<Record<string, BuiltIn>>;

type Table = ReturnType<typeof createBuiltIns>;

/** One that gives an answer, by its name: no file can stand in for it. */
type AnswerPromptName = {
  readonly [Name in keyof Table]: Table[Name] extends { readonly answer: PromptWords }
    ? Name
    : never;
}[keyof Table];

/** One of our own prompts, for one use. */
interface BuiltInPrompt extends PromptWords {
  readonly name: string;
  readonly title: string;
}

/** All of our own prompts that are for this. */
export function listBuiltInPrompts(use: PromptUse, l10n: L10n): readonly BuiltInPrompt[] {
  const all: Readonly<Record<string, BuiltIn>> = createBuiltIns(l10n);
  return Object.entries(all).flatMap(([name, { title, [use]: words }]) =>
    words === undefined ? [] : [{ name, title, ...words }],
  );
}

/** What asks for an answer by one of our own prompts. */
export function toAnswerPrompt({ name, title, text }: Omit<BuiltInPrompt, 'description'>): Prompt {
  return name === 'explain' ? { kind: 'explain' } : { kind: 'built-in', name: title, text };
}

export function getAnswerPrompt(name: AnswerPromptName, l10n: L10n): Prompt {
  const { title, answer } = createBuiltIns(l10n)[name];
  return toAnswerPrompt({ name, title, text: answer.text });
}

/**
 * What to ask: the words of one of the commands in package.json's `chatParticipants`, which are our
 * own prompts, with the user's after them; else the user's alone. Null where there are none.
 */
export function chatPrompt(command: string | undefined, typed: string, l10n: L10n): Prompt | null {
  const words = typed.trim();
  const named = listBuiltInPrompts('answer', l10n).find(({ name }) => name === command);
  if (named === undefined) return words === '' ? null : { kind: 'free', text: words };
  const prompt = toAnswerPrompt(named);
  return words === '' ? prompt : { kind: 'free', text: `${promptText(prompt)}\n\n${words}` };
}
