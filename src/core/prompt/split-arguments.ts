/**
 * Splits arguments as a POSIX shell does: at white space, but not inside quotes or behind a
 * backslash; quotes are taken away, and what touches belongs together. Nothing is expanded. Where a
 * quote stays open, as in `it's`, quotes are letters like others.
 */
export function splitArguments(typed: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = 0; at < typed.length; at++) {
    const character = typed.charAt(at);
    const next = typed.charAt(at + 1);
    if (quote === '' && /\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === quote) {
      quote = '';
    } else {
      const isEscape =
        character === '\\' &&
        next !== '' &&
        (quote === '' || (quote === '"' && /["\\$`]/.test(next)));
      if (isEscape) at++;
      word = (word ?? '') + (isEscape ? next : character);
    }
  }
  if (quote !== '') return typed.split(/\s+/).filter((part) => part !== '');
  if (word !== null) words.push(word);
  return words;
}
