import type { Language } from './translations.ts';

/** Why a text may be the same in a language as in English. */
export type Reasons = Readonly<Record<string, string>>;

const productName = 'a product’s name';
const theirWord = 'said so in this language too, with the same plural';
const symbol = 'the symbol of a unit';
const bytes: Reasons = { '{0} B': symbol, '{0} KB': symbol, '{0} MB': symbol };
const tokens: Reasons = {
  Tokens: theirWord,
  '{0} tokens': theirWord,
  '{0} tokens/s': theirWord,
  '≈{0} tokens': theirWord,
};

/** By the English text; what isn't here must have been translated. */
export const sameAsEnglish: Readonly<Record<Language, Reasons>> = {
  de: {
    'Claude Stream': productName,
    ...bytes,
    Code: 'the German word is the same',
    'In {0} s…': 'the German words are the same',
  },
  es: {
    'Claude Stream': productName,
    ...bytes,
    ...tokens,
  },
  fr: {
    'Claude Stream': productName,
    Code: 'the French word is the same',
    Conversations: 'the French word is the same',
    ...tokens,
  },
  ja: {
    'Claude Stream': productName,
    ...bytes,
  },
  ko: {
    'Claude Stream': productName,
    ...bytes,
  },
  'zh-cn': {
    'Claude Stream': productName,
    ...bytes,
  },
};
