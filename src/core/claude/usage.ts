import { countOrNull, fieldsOf } from './wire-fields.ts';

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
  /** The part of `cacheWrite` that goes to the one-hour cache. Left out where there is none. */
  readonly hourCacheWrite?: number | undefined;
  /** Where inference ran. Left out where the API didn't say. */
  readonly inferenceGeo?: InferenceGeo | undefined;
  /** By which tier it was served, where that isn't the standard one. */
  readonly serviceTier?: SpecialTier | undefined;
  /** Whether `input` is our estimate, because the API didn't say it. Left out where it did. */
  readonly inputIsEstimate?: true | undefined;
}

/** Inference in the US alone costs more. */
export const inferenceGeos = ['global', 'us'] as const;
type InferenceGeo = (typeof inferenceGeos)[number];
export const specialTiers = ['priority', 'batch'] as const;
type SpecialTier = (typeof specialTiers)[number];

export const noUsage: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, thinking: null };

/** Where gateways write the figures: the API's own name first, then OpenAI's and Bedrock's. */
const figureNames = {
  input: ['input_tokens', 'prompt_tokens', 'inputTokenCount'],
  cacheRead: ['cache_read_input_tokens', 'cacheReadInputTokenCount'],
  cacheWrite: ['cache_creation_input_tokens', 'cacheWriteInputTokenCount'],
  output: ['output_tokens', 'completion_tokens', 'outputTokenCount'],
} as const;

/**
 * What is known of a reply's usage after the figures of one more event. They are cumulative: the
 * larger one is the later one, and is never added to the earlier. A gateway's later 0 or null says
 * nothing.
 * @param wire `usage` of `message_start` or `message_delta`; may be anything
 */
export function updateUsage(known: Usage, wire: unknown): Usage {
  const fields = fieldsOf(wire);
  const largest = (before: number, names: readonly string[]): number =>
    Math.max(before, ...names.map((name) => countOrNull(fields[name]) ?? 0));
  const thinking = countOrNull(fieldsOf(fields['output_tokens_details'])['thinking_tokens']);
  const written = fieldsOf(fields['cache_creation']);
  const shortWrite = countOrNull(written['ephemeral_5m_input_tokens']) ?? 0;
  const hourWrite = Math.max(
    known.hourCacheWrite ?? 0,
    countOrNull(written['ephemeral_1h_input_tokens']) ?? 0,
  );
  const inferenceGeo = inferenceGeos.find((geo) => geo === fields['inference_geo']);
  const serviceTier = specialTiers.find((tier) => tier === fields['service_tier']);
  return {
    ...known,
    ...(hourWrite === 0 ? {} : { hourCacheWrite: hourWrite }),
    ...(inferenceGeo === undefined ? {} : { inferenceGeo }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    input: largest(known.input, figureNames.input),
    cacheRead: largest(known.cacheRead, figureNames.cacheRead),
    cacheWrite: Math.max(largest(known.cacheWrite, figureNames.cacheWrite), shortWrite + hourWrite),
    output: largest(known.output, figureNames.output),
    thinking: thinking === null ? known.thinking : Math.max(known.thinking ?? 0, thinking),
  };
}

/** Whether the figures say how many tokens the whole input is; a request has never none. */
export function hasInput(usage: Usage): boolean {
  return totalInput(usage) > 0;
}

/** False before the API has counted anything, and where it refused the request. */
export function hasUsage(usage: Usage): boolean {
  return totalInput(usage) + usage.output > 0;
}

/** All input tokens, cached or not. */
export function totalInput(usage: Usage): number {
  return usage.input + usage.cacheRead + usage.cacheWrite;
}

/** The figures add up; what else is known of both is the later one's. */
export function addUsage(a: Usage, b: Usage): Usage {
  const hourWrite = (a.hourCacheWrite ?? 0) + (b.hourCacheWrite ?? 0);
  const inferenceGeo = b.inferenceGeo ?? a.inferenceGeo;
  const serviceTier = b.serviceTier ?? a.serviceTier;
  return {
    ...(hourWrite === 0 ? {} : { hourCacheWrite: hourWrite }),
    ...(inferenceGeo === undefined ? {} : { inferenceGeo }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    input: a.input + b.input,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    output: a.output + b.output,
    thinking:
      a.thinking === null && b.thinking === null ? null : (a.thinking ?? 0) + (b.thinking ?? 0),
    ...(a.inputIsEstimate || b.inputIsEstimate ? { inputIsEstimate: true } : {}),
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
