import { hasUsage, totalInput } from '../claude/usage.ts';
import { codeSpan, findClosingFence } from '../conversation/export-markdown.ts';
import { describeOutcome } from '../conversation/outcome.ts';
import { formatCost } from '../format-figures.ts';
import { getLanguage, type L10n } from '../l10n.ts';
import { formatCount, receiptRows } from '../usage/receipt.ts';
import { sumReceipts } from '../usage/usage-rows.ts';
import { type FileRun, type PricedAnswer, toReceipt } from './file-run.ts';

/**
 * What a run has brought so far, as Markdown: a heading for each file in the order in which they
 * were chosen, its answer character for character, how it ended where it isn't complete, its
 * receipt as a footnote, what was left out, and the total.
 */
export function formatResults(run: FileRun, l10n: L10n): string {
  const { plan, answers } = run;
  const parts: string[] = [];
  const notes: string[] = [];
  for (const { id, file } of plan.items) {
    const answer = answers.get(id);
    parts.push(`## ${codeSpan(file)}`);
    if (answer === undefined) {
      parts.push(
        `*${run.hasEnded ? l10n.t('Nothing came for this file.') : l10n.t('Not answered yet.')}*`,
      );
      continue;
    }
    const number = hasUsage(answer.usage) ? notes.length + 1 : null;
    if (number !== null) notes.push(footnote(answer, number, run, l10n));
    parts.push(answerBlock(answer, number, l10n));
  }
  if (plan.leftOut.length > 0) {
    parts.push(`## ${l10n.t('Left out')}`);
    parts.push(plan.leftOut.map(({ file, reason }) => `- ${codeSpan(file)}: ${reason}`).join('\n'));
  }
  parts.push(`---`, `**${totalLine(run, l10n)}**`);
  if (notes.length > 0) parts.push(notes.join('\n'));
  return `${[`# ${getRunTitle(run, l10n)}`, ...parts].join('\n\n')}\n`;
}

/** `Explain · 12 files`; a long prompt by its first words. */
export function getRunTitle({ plan }: Pick<FileRun, 'plan'>, l10n: L10n): string {
  const words = plan.prompt.trim().replace(/\s+/g, ' ');
  const characters = [...words];
  const name = characters.length > 60 ? `${characters.slice(0, 60).join('').trimEnd()}…` : words;
  return `${name} · ${formatFileCount(plan.items.length, l10n)}`;
}

export function formatFileCount(count: number, l10n: L10n): string {
  return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', count);
}

function answerBlock(answer: PricedAnswer, number: number | null, l10n: L10n): string {
  const { text, outcome } = answer;
  const fence = findClosingFence(text);
  // Where it ended inside a code block, the next file is not part of it.
  const closed = fence === null ? text : `${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
  const { sentence } = describeOutcome(outcome, l10n);
  const mark = number === null ? '' : `[^receipt-${number}]`;
  const said = sentence === null ? '' : `*${sentence}*`;
  const end = [said, mark].filter((part) => part !== '').join(' ');
  return [closed, end].filter((part) => part !== '').join('\n\n');
}

function footnote(answer: PricedAnswer, number: number, run: FileRun, l10n: L10n): string {
  const facts = receiptRows(toReceipt(answer), l10n).map(({ label, value }) =>
    l10n.t('{0}: {1}', label, value),
  );
  if (run.plan.mode === 'batch') facts.push(l10n.t('Batch: half the price'));
  return `[^receipt-${number}]: ${facts.join(' · ')}`;
}

/**
 * `12 files: 10 complete, 1 cut, 1 broken · 34,567 tokens in, 8,901 out · $0.12, half the price as
 * a batch`.
 */
export function totalLine(run: FileRun, l10n: L10n): string {
  const answers = [...run.answers.values()];
  const counted = answers.filter(({ usage }) => hasUsage(usage)).map(toReceipt);
  const sum = sumReceipts(counted);
  const language = getLanguage(l10n);
  const tokens = l10n.t(
    '{0} tokens in, {1} out',
    formatCount(totalInput(sum.usage), language),
    formatCount(sum.usage.output, language),
  );
  return [
    l10n.t('{0}: {1}', formatFileCount(run.plan.items.length, l10n), outcomesText(run, l10n)),
    tokens,
    costText(run, sum.cost, sum.unpriced, l10n),
  ].join(' · ');
}

function costText(run: FileRun, cost: number, unpriced: number, l10n: L10n): string {
  if (unpriced > 0) return l10n.t('the price of this model isn’t known');
  const price = formatCost(cost, getLanguage(l10n));
  return run.plan.mode === 'batch' ? l10n.t('{0}, half the price as a batch', price) : price;
}

function outcomesText(run: FileRun, l10n: L10n): string {
  const kinds = [...run.answers.values()].map(({ outcome }) => outcome.kind);
  const count = (kind: (typeof kinds)[number]): number => kinds.filter((k) => k === kind).length;
  const missing = run.plan.items.length - run.answers.size;
  const said: readonly (readonly [number, (n: number) => string])[] = [
    [count('complete'), (n) => l10n.t('{0} complete', n)],
    [count('cut'), (n) => l10n.t('{0} cut short', n)],
    [count('refused'), (n) => l10n.t('{0} refused', n)],
    [count('broken'), (n) => l10n.t('{0} failed', n)],
    [count('stopped'), (n) => l10n.t('{0} stopped', n)],
    [missing, (n) => l10n.t('{0} without an answer', n)],
  ];
  return said
    .filter(([number]) => number > 0)
    .map(([number, words]) => words(number))
    .join(', ');
}
