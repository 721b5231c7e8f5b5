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
