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
