import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** Display languages of VS Code as its files are named, with their names as BCP 47 has them. */
export const languages = {
  de: 'de',
  es: 'es',
  fr: 'fr',
  ja: 'ja',
  ko: 'ko',
  'zh-cn': 'zh-CN',
} as const;
export type Language = keyof typeof languages;
export const languageNames = Object.keys(languages) as readonly Language[];

/** Texts by their keys. In a bundle the English text is the key. */
export type Texts = Readonly<Record<string, string>>;

export interface Translations {
  readonly name: string;
  readonly language: Language;
  readonly texts: Texts;
  /** As they stand in the file. */
  readonly keys: readonly string[];
}

/** What the code says. */
export function bundles(): readonly Translations[] {
  return languageNames.map((language) =>
    translations(language, 'l10n', `bundle.l10n.${language}.json`),
  );
}

/** What package.json says. */
export function manifestTranslations(): readonly Translations[] {
  return languageNames.map((language) =>
    translations(language, '', `package.nls.${language}.json`),
  );
}

export function manifestEnglish(): Texts {
  return readTexts(join(root, 'package.nls.json'));
}

/** Every file that is there, whether it should be or not. */
export function translationFiles(): readonly string[] {
  const ofManifest = readdirSync(root).filter((name) => /^package\.nls\..+\.json$/.test(name));
  return [...readdirSync(join(root, 'l10n')), ...ofManifest].sort();
}

function translations(language: Language, folder: string, name: string): Translations {
  const texts = readTexts(join(root, folder, name));
  return { name, language, texts, keys: Object.keys(texts) };
}

function readTexts(path: string): Texts {
  return JSON.parse(readFileSync(path, 'utf8'));
}
