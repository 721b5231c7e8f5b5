import * as vscode from 'vscode';
import { getServiceTier, type RunMode, type SkippedFile } from '../../core/batches/file-run.ts';
import type { CountableRequest } from '../../core/claude/checked-request.ts';
import type { Claude } from '../../core/claude/claude.ts';
import { isBusy, isTransient } from '../../core/claude/describe-failure.ts';
import type { Failure } from '../../core/claude/failure.ts';
import { noUsage } from '../../core/claude/usage.ts';
import { formatCost } from '../../core/format-figures.ts';
import { getLanguage } from '../../core/l10n.ts';
import { estimateInput } from '../../core/usage/input-count.ts';
import { calculateCost, type PriceOverrides } from '../../core/usage/price.ts';
import { formatCount } from '../../core/usage/receipt.ts';
import { runConcurrency } from './send-run.ts';

/** Requests that are counted at the same time. */
const countConcurrency = 4;

/** What a run's requests are together, before they are sent. */
export interface RunCount {
  readonly tokens: number;
  /** Whether the API has counted each of them; else some are our estimate. */
  readonly exact: boolean;
  /** US dollars for the input; null where the price isn't known. */
  readonly cost: (mode: RunMode) => number | null;
}

/**
 * Has the API count each request, which costs nothing, and estimates what it does not tell. Once it
 * refuses to count, it isn't asked about the rest. Never rejects.
 * @param report told how many are counted; must not throw
 */
export async function countRun(
  countables: readonly CountableRequest[],
  claude: Claude,
  prices: PriceOverrides,
  signal: AbortSignal,
  report: (counted: number) => void,
): Promise<RunCount> {
  const counts: number[] = [];
  let exact = true;
  let asks = true;
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      const index = next++;
      const countable = countables[index];
      if (countable === undefined || signal.aborted) return;
      const counted = asks ? await claude.countInput(countable, signal) : null;
      if (counted?.ok) counts[index] = counted.value;
      else {
        exact = false;
        counts[index] = estimateInput(countable.request);
        if (counted !== null && (!isTransient(counted.failure) || isRateLimit(counted.failure))) {
          asks = false;
        }
      }
      report(++done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(countConcurrency, countables.length) }, work));
  const costs = (mode: RunMode): readonly (number | null)[] =>
    countables.map(({ request }, index) =>
      calculateCost(request.model, { ...noUsage, input: counts[index] ?? 0 }, prices, {
        serviceTier: getServiceTier(mode),
      }),
    );
  return {
    tokens: counts.reduce((sum, count) => sum + count, 0),
    exact,
    // Each by itself: a long prompt may have a price of its own.
    cost: (mode) =>
      costs(mode).reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0),
  };
}

function isRateLimit(failure: Failure): boolean {
  return isBusy(failure) || failure.kind === 'timeout';
}

interface ModeRow extends vscode.QuickPickItem {
  readonly mode: RunMode | null;
}

/**
 * How a run goes, with what each way costs: the last word before it is sent. Null where it isn't.
 * @param canBatch false in a browser: the API's addresses for batches take no requests from one (CORS)
 */
export async function chooseMode(
  title: string,
  count: RunCount,
  leftOut: readonly SkippedFile[],
  canBatch: boolean,
): Promise<RunMode | null> {
  const tokens = vscode.l10n.t(
    '{0} tokens of input',
    formatCount(count.tokens, getLanguage(vscode.l10n), !count.exact),
  );
  const rows = modeRows(count, leftOut, canBatch);
  for (;;) {
    const chosen = await vscode.window.showQuickPick(rows, {
      title: `${title} · ${tokens}`,
      placeHolder: vscode.l10n.t(
        'This doesn’t stream: nobody watches so many replies at once, so each comes whole.',
      ),
      ignoreFocusOut: true,
    });
    if (chosen === undefined) return null;
    if (chosen.mode !== null) return chosen.mode;
  }
}

function modeRows(
  count: RunCount,
  leftOut: readonly SkippedFile[],
  canBatch: boolean,
): readonly ModeRow[] {
  const rows: ModeRow[] = [
    {
      label: vscode.l10n.t('$(package) Batch, half the price'),
      description: canBatch ? costText(count, 'batch') : vscode.l10n.t('not from a browser'),
      detail: canBatch
        ? vscode.l10n.t('Within 24 hours, usually minutes. It goes on while VS Code is closed.')
        : vscode.l10n.t('The API takes no batches from browsers (CORS).'),
      mode: canBatch ? 'batch' : null,
    },
    {
      label: vscode.l10n.t('$(zap) Now, {0} at a time', runConcurrency),
      description: costText(count, 'now'),
      detail: vscode.l10n.t('While this window is open.'),
      mode: 'now',
    },
  ];
  if (leftOut.length > 0) {
    rows.push({
      label:
        leftOut.length === 1
          ? vscode.l10n.t('$(warning) 1 file is left out')
          : vscode.l10n.t('$(warning) {0} files are left out', leftOut.length),
      detail: leftOut
        .map(({ file, reason }) => vscode.l10n.t('{0}: {1}', file, reason))
        .join(' · '),
      mode: null,
    });
  }
  return rows;
}

function costText(count: RunCount, mode: RunMode): string {
  const cost = count.cost(mode);
  if (cost === null) return vscode.l10n.t('the price of this model isn’t known');
  return vscode.l10n.t(
    '{0} for the input; the output comes on top',
    `${count.exact ? '' : '≈'}${formatCost(cost, getLanguage(vscode.l10n))}`,
  );
}
