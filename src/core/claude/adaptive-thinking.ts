/** The models before Opus 4.6 and Sonnet 4.6; they know thinking with a budget alone, or none. */
const withoutAdaptiveThinking =
  /claude-(?:instant|[0-3](?!\d)|(?:opus|sonnet|haiku)-4(?:-[0-5](?!\d)|-\d{8}|@|$))/;

/**
 * Whether a model decides by itself how much to think, and can summarise it. Told by its id, as
 * the API's list of models isn't at hand for each request: a model that we don't know is a new one.
 */
export function thinksAdaptively(model: string): boolean {
  return !withoutAdaptiveThinking.test(model);
}
