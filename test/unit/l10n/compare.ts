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
