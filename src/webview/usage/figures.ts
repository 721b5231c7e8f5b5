import { totalInput } from '../../core/claude/usage.ts';
import { formatCost } from '../../core/conversation/format-figures.ts';
import { figure } from '../../core/conversation/receipt-rows.ts';
import type { UsageSum } from '../../core/usage/usage-sum.ts';
import { make } from '../elements.ts';
import { pageLanguage } from '../page-language.ts';

/** All tokens, in and out. */
export function allTokens({ usage }: UsageSum): number {
  return totalInput(usage) + usage.output;
}

export function tokensText(sum: UsageSum, count: number): string {
  return figure(count, pageLanguage(), sum.outputSource === 'estimated');
}

/** A dash where no reply has a known price. */
export function costText({ cost, replies, unpriced, outputSource }: UsageSum): string {
  if (replies > 0 && unpriced === replies) return '–';
  return (outputSource === 'reported' ? '' : '≈') + formatCost(cost, pageLanguage());
}

/** A figure as it is read, and unrounded as it is. */
export function data(text: string, value: number): HTMLElement {
  const made = make('data', '', text);
  made.setAttribute('value', String(value));
  return made;
}
