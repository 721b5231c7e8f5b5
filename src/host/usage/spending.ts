import { toError } from '../../core/errors.ts';
import { type AskBoxOptions, askForPrompt } from '../ask/ask-box.ts';
import { BudgetGuard } from '../ask/budget-guard.ts';
import { InputCounter } from '../ask/input-counter.ts';
import { WarmConnection } from '../ask/warm-connection.ts';
import { ComposerEstimate, type ComposerEstimateParts } from '../panel/composer-estimate.ts';
import type { SpendingParts } from './lazy-spending.ts';
import { UsageLedger } from './usage-ledger.ts';

const browserRefreshMs = 60_000;

/** What has been spent, and what a question will take. */
export interface Spending {
  readonly ledger: UsageLedger;
  readonly counter: InputCounter;
  readonly budget: BudgetGuard;
  /** Null where the user gave no question. */
  readonly askForPrompt: (options: AskBoxOptions) => Promise<string | null>;
  readonly estimateComposer: (parts: ComposerEstimateParts) => ComposerEstimate;
}

/** The entry of the lazily loaded chunk. */
export function openSpending(parts: SpendingParts): Spending {
  const { storage, connections, settings, log } = parts;
  const ledger = new UsageLedger(storage, (error) => {
    log.error(toError(error));
  });
  const connect = () => connections.openWithKey();
  const warm = new WarmConnection({
    connect,
    // A browser keeps its connections for minutes.
    ...(connections.runtime === 'browser' ? { refreshMs: browserRefreshMs } : {}),
  });
  const counter = new InputCounter({ connect, prices: () => settings.read().prices, warm });
  const budget = new BudgetGuard(ledger, counter, parts);
  return {
    ledger,
    counter,
    budget,
    askForPrompt: (options) => {
      warm.wrote();
      return askForPrompt(options, counter, budget);
    },
    estimateComposer: (composer) => new ComposerEstimate(composer, counter, budget),
  };
}
