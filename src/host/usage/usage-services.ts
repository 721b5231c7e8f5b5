import { toError } from '../../core/errors.ts';
import type { Connections } from '../connection/connections.ts';
import { WarmConnection } from '../connection/warm-connection.ts';
import type { JournalStorage } from '../storage/journal-storage.ts';
import { BudgetGuard, type BudgetGuardServices } from './budget-guard.ts';
import { InputCounter } from './input-counter.ts';
import { UsageLedger } from './usage-ledger.ts';

const browserRefreshMs = 60_000;

export interface UsageServiceOptions extends BudgetGuardServices {
  readonly storage: JournalStorage;
  readonly connections: Connections;
}

/** What has been spent, and what a question will take. */
export interface UsageServices {
  readonly ledger: UsageLedger;
  readonly counter: InputCounter;
  readonly budget: BudgetGuard;
  readonly warm: WarmConnection;
}

export function createUsageServices(parts: UsageServiceOptions): UsageServices {
  const { storage, connections, settings, log } = parts;
  const ledger = new UsageLedger(storage, (error) => {
    log.error(toError(error));
  });
  const connect = () => connections.open();
  const warm = new WarmConnection({
    connect,
    // A browser keeps its connections for minutes.
    ...(connections.runtime === 'browser' ? { refreshMs: browserRefreshMs } : {}),
  });
  const counter = new InputCounter({ connect, prices: () => settings.read().prices, warm });
  return { ledger, counter, budget: new BudgetGuard(ledger, counter, parts), warm };
}
