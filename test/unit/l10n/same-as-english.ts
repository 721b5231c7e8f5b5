import type { Language } from './translations.ts';

/** Why a text may be the same in a language as in English. */
export type Reasons = Readonly<Record<string, string>>;

const theirWord = 'said so in this language too, with the same plural';
const symbol = 'the symbol of a unit';
const bytes: Reasons = { '{0} KB': symbol, '{0} MB': symbol };
const tokens: Reasons = {
  Tokens: theirWord,
  '{0} tokens': theirWord,
  '{0} tokens/s': theirWord,
  '≈{0} tokens': theirWord,
};

/** By the English text; what isn't here must have been translated. */
export const sameAsEnglish: Readonly<Record<Language, Reasons>> = {
  de: {
    ...bytes,
    Code: 'the German word is the same',
    'In {0} s…': 'the German words are the same',
  },
  es: {
    ...bytes,
    ...tokens,
  },
  fr: {
    Code: 'the French word is the same',
    Conversations: 'the French word is the same',
    ...tokens,
  },
  ja: {
    ...bytes,
  },
  ko: {
    ...bytes,
  },
  'zh-cn': {
    ...bytes,
  },
};
