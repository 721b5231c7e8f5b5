import { estimateTokens } from '../claude/estimate-tokens.ts';
import type { ClaudeRequest } from '../claude/request.ts';
import { formatCost } from '../conversation/format-figures.ts';
import { figure } from '../conversation/receipt-rows.ts';
import { type L10n, languageOf } from '../l10n.ts';

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

/** What a message takes beside its text. */
const frameTokens = 4;

/** About how many tokens of input a request is. */
export function estimateInput({ system, earlier, userText, continuation }: ClaudeRequest): number {
  const texts = [
    system,
    ...earlier.flatMap((exchange) => [exchange.userText, exchange.reply]),
    userText,
    ...(continuation === null ? [] : [continuation.textSoFar, continuation.instruction]),
  ];
  return Math.round(texts.reduce((sum, text) => sum + estimateTokens(text) + frameTokens, 0));
}

/** `≈1,234 tokens · ≈$0.0025`; the figures that are exact stand without ≈. */
export function inputCountText({ tokens, exact, cost, costExact }: InputCount, l10n: L10n): string {
  const language = languageOf(l10n);
  const counted = l10n.t('{0} tokens', figure(tokens, language, !exact));
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
    figure(tokens, languageOf(l10n), !exact),
    figure(contextTokens, languageOf(l10n)),
  );
}

/**
 * Null where it fits into the day's budget, or there is none.
 * @param spent today's cost so far in US dollars
 * @param budget US dollars a day; 0 is none
 */
export function budgetWarning(
  { cost, costExact }: InputCount,
  spent: number,
  budget: number,
  l10n: L10n,
): string | null {
  if (budget === 0 || spent + (cost ?? 0) <= budget) return null;
  const language = languageOf(l10n);
  return cost === null
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
}
