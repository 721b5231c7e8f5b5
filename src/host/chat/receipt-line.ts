import { hasUsage, totalInput } from '../../core/claude/usage.ts';
import { formatCost, formatDuration } from '../../core/conversation/format-figures.ts';
import type { Receipt } from '../../core/conversation/receipt.ts';
import { figure } from '../../core/conversation/receipt-rows.ts';
import { type L10n, languageOf } from '../../core/l10n.ts';

/** A receipt in one line of Markdown; null where nothing was used. Estimates are marked with ≈. */
export function receiptLine(receipt: Receipt, l10n: L10n): string | null {
  const { model, usage, outputSource, cost, timeToFirstTokenMs } = receipt;
  if (!hasUsage(usage)) return null;
  const language = languageOf(l10n);
  const about = outputSource === 'reported' ? '' : '≈';
  const facts = [
    escapeMarkdown(model),
    l10n.t(
      '{0} tokens in, {1} out',
      figure(totalInput(usage), language),
      figure(usage.output, language, outputSource === 'estimated'),
    ),
    cost === null ? null : about + formatCost(cost, language),
    timeToFirstTokenMs === null
      ? null
      : l10n.t('first token after {0}', formatDuration(timeToFirstTokenMs, language)),
  ];
  return facts.filter((fact) => fact !== null).join(' · ');
}

/** The API names the model: its name is text here, nothing else. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');
}
