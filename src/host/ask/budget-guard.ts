import * as vscode from 'vscode';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import { toError } from '../../core/errors.ts';
import { type BudgetedInput, budgetWarning, sumOfCounts } from '../../core/usage/input-count.ts';
import { dayOf } from '../../core/usage/local-day.ts';
import { commandIds } from '../command-ids.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { UsageLedger } from '../usage/usage-ledger.ts';
import type { InputCounter } from './input-counter.ts';

/** The day on which the user said that the budget may be exceeded, for all windows. */
const acceptedKey = 'budgetExceededOn';

export interface BudgetGuardParts {
  readonly settings: SettingsReader;
  /** Shared by all windows. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/** Asks before a question goes beyond the day's budget, until the user says once that it may. */
export class BudgetGuard {
  readonly #ledger: UsageLedger;
  readonly #counter: InputCounter;
  readonly #settings: SettingsReader;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;

  constructor(
    ledger: UsageLedger,
    counter: InputCounter,
    { settings, memory, log }: BudgetGuardParts,
  ) {
    this.#ledger = ledger;
    this.#counter = counter;
    this.#settings = settings;
    this.#memory = memory;
    this.#log = log;
  }

  /**
   * Looks up once what today has cost. What it gives says why the user would be asked about
   * requests that are sent together; null where they would just be sent.
   */
  async checker(): Promise<(...requests: readonly ClaudeRequest[]) => string | null> {
    const check = await this.#inputChecker();
    return (...requests) => check(this.#known(requests));
  }

  /** Whether the requests may be sent, all of them. */
  async allows(...requests: readonly ClaudeRequest[]): Promise<boolean> {
    // Nothing is estimated for nobody: a request may be large.
    if (this.#settings.read().dailyBudget === 0) return true;
    return this.allowsInput(this.#known(requests));
  }

  /** Whether so much may be sent, in one request or in many. */
  async allowsInput(input: BudgetedInput): Promise<boolean> {
    const check = await this.#inputChecker();
    const warning = check(input);
    if (warning === null) return true;
    const send = vscode.l10n.t('Send Anyway');
    const show = vscode.l10n.t('Show Usage');
    const pressed = await vscode.window.showWarningMessage(warning, send, show);
    if (pressed === send) await this.#memory.update(acceptedKey, dayOf(Date.now()));
    else if (pressed === show) void vscode.commands.executeCommand(commandIds.showUsage);
    return pressed === send;
  }

  #known(requests: readonly ClaudeRequest[]): BudgetedInput {
    return sumOfCounts(requests.map((request) => this.#counter.known(request)));
  }

  async #inputChecker(): Promise<(input: BudgetedInput) => string | null> {
    const { dailyBudget } = this.#settings.read();
    if (dailyBudget === 0 || this.#memory.get(acceptedKey) === dayOf(Date.now())) return () => null;
    const spent = await this.#spentToday();
    return (input) => budgetWarning(input, spent, dailyBudget, vscode.l10n);
  }

  /** A disk that can't be read is no reason not to ask. */
  async #spentToday(): Promise<number> {
    try {
      const { cost } = await this.#ledger.today();
      return cost;
    } catch (error) {
      this.#log.error(toError(error));
      return 0;
    }
  }
}
