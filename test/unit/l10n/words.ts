/** They are the same in every language. */
const names = /\b(?:Claude(?: Stream)?|Anthropic|Markdown|VS Code|JSON Web Token)\b/g;

/** Whether a text has something to translate: two letters in a row that are no icon and no name. */
export function hasWord(text: string): boolean {
  return /\p{L}{2}/u.test(text.replaceAll(/\$\([\w~-]+\)/g, '').replaceAll(names, ''));
}
