import * as vscode from 'vscode';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import { budgetWarning } from '../../core/usage/input-count.ts';
import { dayOf } from '../../core/usage/local-day.ts';
import { commandIds } from '../command-ids.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { UsageLedger } from '../usage/usage-ledger.ts';
import type { InputCounter } from './input-counter.ts';

/** The day on which the user said that the budget may be exceeded, for all windows. */
const acceptedKey = 'budgetExceededOn';

/** Asks before a question goes beyond the day's budget, until the user says once that it may. */
export class BudgetGuard {
  readonly #ledger: UsageLedger;
  readonly #counter: InputCounter;
  readonly #settings: SettingsReader;
  readonly #memory: vscode.Memento;

  constructor(
    ledger: UsageLedger,
    counter: InputCounter,
    settings: SettingsReader,
    memory: vscode.Memento,
  ) {
    this.#ledger = ledger;
    this.#counter = counter;
    this.#settings = settings;
    this.#memory = memory;
  }

  /** Why the user would be asked about this request; null where it would just be sent. */
  async warning(request: ClaudeRequest): Promise<string | null> {
    const { dailyBudget } = this.#settings.read();
    if (dailyBudget === 0 || this.#memory.get(acceptedKey) === dayOf(Date.now())) return null;
    const { cost } = await this.#ledger.today();
    return budgetWarning(this.#counter.known(request), cost, dailyBudget, vscode.l10n);
  }

  /** Whether the request may be sent. */
  async allows(request: ClaudeRequest): Promise<boolean> {
    const warning = await this.warning(request);
    if (warning === null) return true;
    const send = vscode.l10n.t('Send Anyway');
    const show = vscode.l10n.t('Show Usage');
    const pressed = await vscode.window.showWarningMessage(warning, send, show);
    if (pressed === send) await this.#memory.update(acceptedKey, dayOf(Date.now()));
    else if (pressed === show) void vscode.commands.executeCommand(commandIds.showUsage);
    return pressed === send;
  }
}
