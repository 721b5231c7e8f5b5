/** What documentation writes in a secret's place. */
export function isExample(value: string): boolean {
  return (
    /example|your|placeholder|change_?me|redacted|dummy|sample|x{5}|\*{3}|\.{3}|0{6}|1234567|abcdef/i.test(
      value,
    ) || new Set(value).size < Math.min(8, value.length / 1.6)
  );
}

/** Letters of both cases and digits, in no word's order: by chance, not by a person. */
export function looksRandom(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(value)).length;
  // Names in camel case and paths change their kind at words, random ones nearly everywhere.
  const changes = [...value.matchAll(/[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])/g)].length;
  const isMixed =
    kinds === 3 ? changes >= value.length / 6 : kinds === 2 && changes >= value.length / 5;
  return isMixed && !isWordy(value);
}

/** Punctuation among letters and digits, as password generators mix them: `S7!kz@9Qw`. */
export function looksGenerated(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[!@#$%^&*+=?~|]/].filter((kind) => kind.test(value));
  const changes = [...value.matchAll(/[a-z](?![a-z])|[A-Z](?![A-Z])|[0-9](?![0-9])|[^a-zA-Z0-9]/g)]
    .length;
  return kinds.length >= 4 && changes >= value.length / 2 && !isWordy(value);
}

/**
 * Whether most of a value is words: letters in a row of one case, with vowels where speech has
 * them. Random letters of 62 are hardly four times in a row of one case (3 %).
 */
export function isWordy(value: string): boolean {
  const words = value.match(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g) ?? [];
  const spoken = words.filter(
    (word) => /[aeiouy]/i.test(word) && !/[^aeiouy]{5}|[aeiou]{4}/i.test(word),
  );
  return spoken.join('').length >= value.length * 0.6;
}
