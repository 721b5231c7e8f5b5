/** What is asked of a selection that its reply replaces. */
export const replaceTexts = {
  fix:
    'Fix what is wrong in the selection: bugs, errors of syntax and types, typing mistakes. ' +
    'Change nothing else. Where nothing is wrong, give it back as it is.',
  simplify:
    'Simplify the selection: easier to read, with the same behaviour and the same names to the ' +
    'outside. Keep comments that still hold.',
  document:
    'Add documentation comments to the selection, in the style of its language and file: what it ' +
    'is for, its parameters, results and errors. Leave the code itself as it is.',
} as const;

/** @param language of a program or of people, as the user calls it */
export function translateText(language: string): string {
  return (
    `Translate the selection into ${language}. Where that is a programming language, translate ` +
    'the code; else its comments and the texts that people read, and leave the code as it is.'
  );
}
