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
