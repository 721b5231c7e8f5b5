import { totalInput } from '../../core/claude/usage.ts';
import { formatCost } from '../../core/format-figures.ts';
import { formatCount } from '../../core/usage/receipt.ts';
import type { UsageSum } from '../../core/usage/usage-rows.ts';
import { createElement, getPageLanguage } from '../elements.ts';

/** All tokens, in and out. */
export function getTotalTokens({ usage }: UsageSum): number {
  return totalInput(usage) + usage.output;
}

export function formatSumTokens(sum: UsageSum, count: number): string {
  return formatCount(count, getPageLanguage(), sum.outputSource === 'estimated');
}

/** A dash where no reply has a known price. */
export function formatSumCost({ cost, replies, unpriced, outputSource }: UsageSum): string {
  if (replies > 0 && unpriced === replies) return '–';
  return (outputSource === 'reported' ? '' : '≈') + formatCost(cost, getPageLanguage());
}

/** A figure as it is read, and unrounded as it is. */
export function createDataElement(text: string, value: number): HTMLElement {
  const element = createElement('data', '', text);
  element.setAttribute('value', String(value));
  return element;
}
