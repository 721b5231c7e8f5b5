import { problemsOf } from './check-translation.ts';
import type { Reasons } from './same-as-english.ts';
import type { Texts, Translations } from './translations.ts';
import { hasWord } from './words.ts';

/** What a language lacks, as the lines to be added. */
export function missing(english: Texts, { texts }: Translations): readonly string[] {
  return Object.keys(english)
    .filter((key) => texts[key] === undefined)
    .map((key) => `${JSON.stringify(key)}: ${JSON.stringify(english[key])}`);
}

/** What nothing asks for any more. */
export function superfluous(english: Texts, { keys }: Translations): readonly string[] {
  return keys.filter((key) => english[key] === undefined);
}

/** Translations with a fault, each by its key and what it is. */
export function faulty(english: Texts, { texts, language }: Translations): readonly string[] {
  return Object.entries(english).flatMap(([key, text]) => {
    const translated = texts[key];
    if (translated === undefined) return [];
    return problemsOf(text, translated, language).map((problem) => `${key}: ${problem}`);
  });
}

/**
 * Texts that name a command otherwise than the language's menus do. A title of one word may be any
 * word: it counts where a link or `Claude: ` says that it is the command.
 * @param titles of the manifest: the English and the language's, by the same keys
 */
export function misnamed(
  english: Texts,
  { texts }: Translations,
  titles: { readonly english: Texts; readonly translated: Texts },
): readonly string[] {
  const commands = Object.keys(titles.english)
    .filter((key) => key.startsWith('command.'))
    .map((key) => [bare(titles.english[key]), bare(titles.translated[key])] as const);
  return Object.entries(english).flatMap(([key, text]) => {
    const translated = texts[key] ?? '';
    if (bare(text) === bare(translated) || key.startsWith('command.')) return [];
    const named = commands.filter(([title]) => names(text, title));
    // Who names `Run Prompt on Files` doesn't name `Run Prompt`. What is a title alone may be another's.
    const longest = named.filter(([title]) => !named.some(([other]) => isWithin(title, other)));
    return longest
      .filter(([title, wanted]) => bare(text) !== title && !translated.includes(wanted))
      .map(([title, wanted]) => `${key}: ${title} is ${wanted}`);
  });
}

function bare(title = ''): string {
  return title.replace(/…$/, '');
}

function names(text: string, title: string): boolean {
  const marked = [`[${title}](`, `[${title}…](`, `Claude: ${title}`];
  if (marked.some((each) => text.includes(each))) return true;
  return title.includes(' ') && text.includes(title);
}

function isWithin(title: string, other: string): boolean {
  return title !== other && other.includes(title);
}

/** Texts that were left in English without a reason. */
export function leftInEnglish(
  english: Texts,
  { texts }: Translations,
  reasons: Reasons,
): readonly string[] {
  return Object.keys(english).filter((key) => {
    const text = english[key];
    if (text === undefined || !hasWord(text)) return false;
    return texts[key] === text && reasons[text] === undefined;
  });
}

/** Reasons that no text needs any more, neither of the bundle nor of the manifest. */
export function needless(
  compared: readonly { readonly english: Texts; readonly texts: Texts }[],
  reasons: Reasons,
): readonly string[] {
  return Object.keys(reasons).filter(
    (text) =>
      !compared.some(({ english, texts }) =>
        Object.keys(english).some((key) => english[key] === text && texts[key] === text),
      ),
  );
}
