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
    Batches: 'what German developers say too',
    Code: 'the German word is the same',
    'In {0} s…': 'the German words are the same',
    'Name (DNS)': 'the German word is the same',
    Proxy: 'what German developers say too',
    Streaming: 'what German developers say too',
    '{0} in {1}': 'the German word is the same',
  },
  es: {
    ...bytes,
    ...tokens,
    Proxy: 'what VS Code’s Spanish says too',
  },
  fr: {
    Code: 'the French word is the same',
    Conversations: 'the French word is the same',
    Proxy: 'what VS Code’s French says too',
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
