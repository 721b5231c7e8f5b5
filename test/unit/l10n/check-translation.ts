import { placeholdersOf } from './placeholders.ts';
import type { Language } from './translations.ts';

/** Whether a translation is as its English text and its language want it. */
type Check = (english: string, translated: string, language: Language) => boolean;

/** Opening and closing, as VS Code's own translations or the language's typographers have them. */
const quotationMarks: Readonly<Record<Language, string>> = {
  de: '„“',
  es: '“”',
  fr: '«»',
  ja: '「」',
  ko: '“”',
  'zh-cn': '“”',
};

/** All that a program can see of a translation's faults, by what is said of one that has it. */
const checks: Readonly<Record<string, Check>> = {
  'is empty': (_, translated) => translated.trim() !== '',

  'has other placeholders': (english, translated) =>
    same(placeholdersOf(english), placeholdersOf(translated)),

  'has other icons, code, names or links': (english, translated) =>
    same(marksOf(english), marksOf(translated)),

  'has other blanks at its ends': (english, translated) =>
    same(blanksOf(english), blanksOf(translated)),

  'has another number of lines': (english, translated) =>
    english.split('\n').length === translated.split('\n').length,

  'ends otherwise': (english, translated) => endOf(english) === endOf(translated),

  'has other quotation marks than its language': (english, translated, language) => {
    const wanted = quotationMarks[language];
    const found = (proseOf(translated, english).match(/[“”„«»「」"]/g) ?? []).join('');
    const pairs = found.length / 2;
    const inEnglish = (english.match(/“/g) ?? []).length;
    return Number.isInteger(pairs) && found === wanted.repeat(pairs) && pairs >= inEnglish;
  },

  'has a straight apostrophe or three dots': (english, translated) =>
    !/'|\.{3}/.test(proseOf(translated, english)),

  'lacks a no-break space beside its punctuation': (english, translated, language) =>
    language !== 'fr' || !/[^\u00a0][?!;:»](?=\s|$)|«[^\u00a0]/.test(proseOf(translated, english)),
};

/** What is wrong with a translation, in words; none where nothing is seen. */
export function problemsOf(
  english: string,
  translated: string,
  language: Language,
): readonly string[] {
  return Object.entries(checks)
    .filter(([, isRight]) => !isRight(english, translated, language))
    .map(([problem]) => `${JSON.stringify(translated)} ${problem}`);
}

/** What means something to a program, sorted: an order may differ between languages. */
function marksOf(text: string): readonly string[] {
  const marks =
    /\$\([\w~-]+\)|`[^`]+`|\]\([^)]+\)|\*\*|claudeStream\.\w+|claude-[\w-]+|[≈·]|\[…\]/g;
  return (text.match(marks) ?? []).sort();
}

function blanksOf(text: string): readonly string[] {
  return [/^\s*/, /\s*$/].map((end) => end.exec(text)?.[0] ?? '');
}

/** The kind of punctuation that a text ends with, whichever script it is of. */
function endOf(text: string): 'stop' | 'question' | 'ellipsis' | 'colon' | 'none' {
  const kinds = { '.': 'stop', '。': 'stop', '?': 'question', '？': 'question' } as const;
  const more = { '…': 'ellipsis', ':': 'colon', '：': 'colon' } as const;
  const ends: Readonly<Record<string, ReturnType<typeof endOf>>> = { ...kinds, ...more };
  return ends[text.trimEnd().at(-1) ?? ''] ?? 'none';
}

/** A translation without code, links, and what it has from the English as it stands there. */
function proseOf(translated: string, english: string): string {
  const quoted = [...english.matchAll(/“([^”{]+)”/g)].map(([, words]) => words ?? '');
  const symbols = english.match(/(?:[^\p{L}\p{N}\s] ){2,}\S/gu) ?? [];
  return [...quoted, ...symbols].reduce(
    (prose, verbatim) => prose.replace(verbatim, ''),
    translated.replaceAll(/`[^`]*`|\]\([^)]*\)/g, ''),
  );
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.join('\0') === other.join('\0');
}
