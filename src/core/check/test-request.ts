import { costOf, type PriceOverrides } from '../claude/price.ts';
import type { ClaudeRequest } from '../claude/request.ts';
import { noUsage } from '../claude/usage.ts';

/** Enough for a model that thinks first to write a line or two. */
export const testTokens = 300;
/** More than the question is. */
const inputTokens = 60;

/** A question that is answered in many small pieces, and costs next to nothing. */
export function testRequest(model: string): ClaudeRequest {
  return {
    model,
    maxTokens: testTokens,
    effort: null,
    showThinking: false,
    system: 'You are a test of a connection.',
    earlier: [],
    userText: 'Write the numbers from 1 to 60, separated by spaces, and nothing else.',
    cache: false,
    continuation: null,
  };
}

/** The most that its reply costs, in US dollars; null where the price isn't known. */
export function testCost(model: string, prices: PriceOverrides): number | null {
  return costOf(model, { ...noUsage, input: inputTokens, output: testTokens }, prices);
}
