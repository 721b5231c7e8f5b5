import type { CountableRequest } from '../claude/checked-request.ts';
import type { ClaudeRequest, Dialogue, DialoguePart, PlacedThought } from '../claude/request.ts';
import { estimateTokens } from '../claude/usage.ts';

import { formatCost } from '../format-figures.ts';
import { getLanguage, type L10n } from '../l10n.ts';
import { formatCount } from './receipt.ts';

/** What would be sent for a question that is still being written. */
export interface Draft {
  readonly request: ClaudeRequest;
  /** Null where the user must agree to something before the text may leave the machine. */
  readonly countable: CountableRequest | null;
}

/** What a request is before it is sent. */
export interface InputCount {
  /** Of all that goes along: the system prompt and what was said before too. */
  readonly tokens: number;
  /** Whether the API has counted them; else they are our estimate. */
  readonly exact: boolean;
  /** US dollars for the input at its plain rate; null where the price isn't known. */
  readonly cost: number | null;
  /** False where the tokens are estimated, or the prompt cache may make it another. */
  readonly costExact: boolean;
  /** What the model takes at most; null where it isn't known. */
  readonly contextTokens: number | null;
}

/** What a budget asks of what is to be sent. */
export interface BudgetedInput extends Pick<InputCount, 'cost' | 'costExact'> {
  /** The models that are asked; left out where nothing is known of what is to be sent. */
  readonly models?: readonly string[];
  /** Those whose price isn't known, where others have one. */
  readonly unpriced?: readonly string[];
}

/** What today has cost, in US dollars. */
export interface SpentToday {
  readonly spent: number;
  /** About what the requests add that have been sent, and whose replies haven't ended. */
  readonly inFlight: number;
}

/** What a message takes beside its text. */
const frameTokens = 4;
/** About what the API makes of a picture of usual size. */
const imageTokens = 1500;

/** About how many tokens of input a request is. */
export function estimateInput(request: ClaudeRequest): number {
  const { system, earlier, userText, images, continuation, dialogue } = request;
  if (dialogue !== undefined) {
    return Math.round(estimateTokens(system) + estimateDialogue(dialogue));
  }
  const texts = [
    system,
    ...earlier.flatMap((exchange) => [exchange.userText, exchange.reply]),
    userText,
    ...(continuation === null ? [] : [continuation.textSoFar, continuation.instruction]),
  ];
  const thoughts = earlier.flatMap((exchange) => exchange.thoughts);
  const pictures = [...earlier, { images }].reduce((sum, of) => sum + (of.images?.length ?? 0), 0);
  return Math.round(
    imageTokens * pictures +
      texts.reduce((sum, text) => sum + estimateTokens(text) + frameTokens, 0) +
      thoughts.reduce((sum, thought) => sum + estimateThought(thought), 0),
  );
}

/** Sealed thinking is base64: four characters for three of what was thought. */
const sealedShare = 3 / 4;

/** The whole thought goes back, whatever its summary tells: its seal says about how long it is. */
function estimateThought({ thought }: PlacedThought): number {
  if (thought.kind === 'redacted') return estimateTokens(thought.data) * sealedShare;
  const sealed = estimateTokens(thought.signature) * sealedShare;
  return Math.max(estimateTokens(thought.thinking), sealed);
}

function estimateDialogue({ messages, tools }: Dialogue): number {
  const parts = messages.flatMap((message) => message.parts);
  return [...tools.map((tool) => JSON.stringify(tool)), ...parts.map(partText)].reduce(
    (sum, text) => sum + estimateTokens(text) + frameTokens,
    parts.filter(({ kind }) => kind === 'image').length * imageTokens,
  );
}

function partText(part: DialoguePart): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'image':
    case 'thought':
      return '';
    case 'tool-call':
      return part.name + JSON.stringify(part.input);
    case 'tool-result':
      return part.parts.map(partText).join('');
  }
}

/** `≈1,234 tokens · ≈$0.0025`; the figures that are exact stand without ≈. */
export function formatInputCount(
  { tokens, exact, cost, costExact }: InputCount,
  l10n: L10n,
): string {
  const language = getLanguage(l10n);
  const counted = l10n.t('{0} tokens', formatCount(tokens, language, !exact));
  if (cost === null) return counted;
  return `${counted} · ${costExact ? '' : '≈'}${formatCost(cost, language)}`;
}

/** Null where the model takes it. */
export function contextWarning(
  { tokens, exact, contextTokens }: InputCount,
  l10n: L10n,
): string | null {
  if (contextTokens === null || tokens <= contextTokens) return null;
  return l10n.t(
    'This is {0} tokens, and the model takes {1} at most.',
    formatCount(tokens, getLanguage(l10n), !exact),
    formatCount(contextTokens, getLanguage(l10n)),
  );
}

/** The figures of each request, with its model where there are several. */
export function formatInputCounts(
  counted: readonly { readonly model: string; readonly count: InputCount }[],
  l10n: L10n,
): string {
  return counted
    .map(({ model, count }) => {
      const text = formatInputCount(count, l10n);
      return counted.length === 1 ? text : l10n.t('{0}: {1}', model, text);
    })
    .join(' + ');
}

/** What several requests are together. A price that isn't known adds nothing. */
export function addInputCounts(counts: readonly InputCount[]): InputCount {
  const costs = counts.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  return {
    tokens: counts.reduce((sum, { tokens }) => sum + tokens, 0),
    exact: counts.every(({ exact }) => exact),
    cost: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost),
    costExact: counts.every(({ cost, costExact }) => costExact && cost !== null),
    contextTokens: null,
  };
}

/**
 * Null where it fits into the day's budget, or there is none.
 * @param budget US dollars a day; 0 is none
 */
export function budgetWarning(
  { cost, costExact }: BudgetedInput,
  { spent, inFlight }: SpentToday,
  budget: number,
  l10n: L10n,
): string | null {
  if (budget === 0 || spent + inFlight + (cost ?? 0) <= budget) return null;
  const language = getLanguage(l10n);
  const warning =
    cost === null
      ? l10n.t(
          'Today’s replies have cost {0}. The daily budget is {1}.',
          formatCost(spent, language),
          formatCost(budget, language),
        )
      : l10n.t(
          'Today’s replies have cost {0}; the input of this question adds {1}. The daily budget is {2}.',
          formatCost(spent, language),
          (costExact ? '' : '≈') + formatCost(cost, language),
          formatCost(budget, language),
        );
  if (inFlight === 0) return warning;
  const pending = l10n.t('Replies in progress add ≈{0}.', formatCost(inFlight, language));
  return `${warning} ${pending}`;
}

/** An unpriced reply never counts as free. */
export function unpricedWarning(models: readonly string[], budget: number, l10n: L10n): string {
  return l10n.t(
    'The price of {0} isn’t known, so the daily budget of {1} can’t include its replies. Add it to the setting {2}, or send anyway.',
    models.join(', '),
    formatCost(budget, getLanguage(l10n)),
    'claudeStream.prices',
  );
}
