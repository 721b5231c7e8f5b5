const charactersPerToken = 3.6;
const wideCharactersPerToken = 1.2;

/**
 * About how many tokens a text is, for figures that are marked with ≈: while a reply streams and
 * after a stop, when the API has not said. Letters of an alphabet share a token, ideographs seldom
 * do. Additive, so that a reply's estimate grows with each delta at the cost of that delta.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x2e7f) wide++;
  }
  return (text.length - wide) / charactersPerToken + wide / wideCharactersPerToken;
}

/**
 * How many tokens a text takes by itself. The API counts messages alone, and those have a frame of
 * their own: it shows in the count of one whose text is a single token.
 * @param whole of a message of the text
 * @param single of a message of one token
 */
export function tokensOfText(whole: number, single: number): number {
  return Math.max(1, whole - single + 1);
}

/** A text of one token. */
export const singleToken = 'a';
