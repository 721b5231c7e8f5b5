/**
 * Tokens of one reply as the API counts them. Total input is `input + cacheRead + cacheWrite`.
 * `null` where the API did not say.
 */
export interface Usage {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  /** The part of `output` that was thinking. */
  readonly thinking: number | null;
}

export const noUsage: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, thinking: null };

/** The usage fields of `message_start` and `message_delta`; a field may be null or missing. */
export interface WireUsage {
  readonly input_tokens?: number | null | undefined;
  readonly cache_read_input_tokens?: number | null | undefined;
  readonly cache_creation_input_tokens?: number | null | undefined;
  readonly output_tokens?: number | null | undefined;
  readonly output_tokens_details?:
    | { readonly thinking_tokens?: number | null | undefined }
    | null
    | undefined;
}

/** Later figures are cumulative: they replace the earlier ones and are never added to them. */
export function updateUsage(known: Usage, wire: WireUsage): Usage {
  return {
    input: wire.input_tokens ?? known.input,
    cacheRead: wire.cache_read_input_tokens ?? known.cacheRead,
    cacheWrite: wire.cache_creation_input_tokens ?? known.cacheWrite,
    output: wire.output_tokens ?? known.output,
    thinking: wire.output_tokens_details?.thinking_tokens ?? known.thinking,
  };
}

/** False before the API has counted anything, and where it refused the request. */
export function hasUsage(usage: Usage): boolean {
  return totalInput(usage) + usage.output > 0;
}

/** All input tokens, cached or not. */
export function totalInput(usage: Usage): number {
  return usage.input + usage.cacheRead + usage.cacheWrite;
}

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    output: a.output + b.output,
    thinking:
      a.thinking === null && b.thinking === null ? null : (a.thinking ?? 0) + (b.thinking ?? 0),
  };
}

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
