import type * as vscode from 'vscode';
import { toError } from '../../core/errors.ts';
import type { Connections } from '../connection/connections.ts';
import { WarmConnection } from '../connection/warm-connection.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { JournalStorage } from '../storage/journal-storage.ts';
import { BudgetGuard } from './budget-guard.ts';
import { InputCounter } from './input-counter.ts';
import { UsageLedger } from './usage-ledger.ts';

const browserRefreshMs = 60_000;

interface UsageServiceOptions {
  readonly storage: JournalStorage;
  readonly connections: Pick<Connections, 'open' | 'runtime'>;
  readonly settings: Pick<SettingsReader, 'read'>;
  /** Shared by all windows. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
}

/** What has been spent, and what a question will take. */
export interface UsageServices {
  readonly ledger: UsageLedger;
  readonly counter: InputCounter;
  readonly budget: BudgetGuard;
  readonly warm: WarmConnection;
}

export function createUsageServices(options: UsageServiceOptions): UsageServices {
  const { storage, connections, settings, memory, log } = options;
  const ledger = new UsageLedger({ storage, onProblem: (error) => log.error(toError(error)) });
  const connect = () => connections.open();
  const warm = new WarmConnection({
    connect,
    // A browser keeps its connections for minutes.
    ...(connections.runtime === 'browser' ? { refreshMs: browserRefreshMs } : {}),
  });
  const counter = new InputCounter({ connect, prices: () => settings.read().prices, warm });
  const budget = new BudgetGuard({ ledger, counter, settings, memory, log });
  return { ledger, counter, budget, warm };
}
