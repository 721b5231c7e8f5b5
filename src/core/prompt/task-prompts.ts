import type { Prompt } from './prompt.ts';

/** Asks for code that takes the place of what is selected. */
export function replacePrompt(words: string): Prompt {
  return codePrompt(
    words,
    'The block takes the place of the whole selection: give all of it, also what stays as it is, ' +
      'and nothing of what surrounds it.',
  );
}

/** Asks for code at a cursor. Line and column count from 1. */
export function cursorPrompt(
  words: string,
  { file, line, column }: { readonly file: string; readonly line: number; readonly column: number },
): Prompt {
  return codePrompt(
    words,
    `The block is inserted at the cursor, which is at line ${line}, column ${column} of ${file}: ` +
      'repeat nothing that is there already.',
  );
}

/** Asks for a file. @param language VS Code's identifier */
export function filePrompt(words: string, language: string): Prompt {
  return codePrompt(words, `The block is the whole of a new file. Its language: ${language}.`);
}

function codePrompt(words: string, use: string): Prompt {
  return { kind: 'code', text: `${words}\n\n${use}` };
}

/**
 * What is asked of a selection that its translation replaces.
 * @param language of a program or of people, as the user calls it
 */
export function translateText(language: string): string {
  return (
    `Translate the selection into ${language}. Where that is a programming language, translate ` +
    'the code; else its comments and the texts that people read, and leave the code as it is.'
  );
}

const messageText =
  'Write the commit message for this change. The first line says what it does, in the imperative, in at ' +
  'most 72 characters, without a full stop. Where the reason isn’t plain from that, a blank line and a ' +
  'short paragraph say why. Answer with the message alone, as plain text: no Markdown, no quotes, no code ' +
  'fence, nothing before or after it.';

/** @param draft what stands in the box already; blank where nothing does */
export function commitMessageText(draft: string): string {
  if (draft.trim() === '') return messageText;
  return `${messageText}\n\nIt has been begun like this; keep to its wording and style:\n\n${draft}`;
}

/** What is asked about a problem that another extension has found. */
export const explainProblemText =
  'Explain the listed problem: what it means here, in a sentence or two; what causes it, by the lines ' +
  'that do; and how to fix it, with the smallest change that does. Where it is a false alarm, say so.';
