import * as vscode from 'vscode';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import { toError } from '../../core/errors.ts';
import { toDay } from '../../core/time.ts';
import { addInputCounts, type BudgetedInput, budgetWarning } from '../../core/usage/input-count.ts';
import type { UsageSum } from '../../core/usage/usage-rows.ts';
import { commandIds } from '../command-ids.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { InputCounter } from './input-counter.ts';

/** The day on which the user said that the budget may be exceeded, for all windows. */
const budgetExceededKey = 'budgetExceededOn';

interface BudgetGuardServices {
  readonly ledger: { today(): Promise<Pick<UsageSum, 'cost'>> };
  readonly counter: Pick<InputCounter, 'cachedOrEstimated'>;
  readonly settings: Pick<SettingsReader, 'read'>;
  /** Shared by all windows. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
}

/** Asks before a question goes beyond the day's budget, until the user says once that it may. */
export class BudgetGuard {
  readonly #services: BudgetGuardServices;

  constructor(services: BudgetGuardServices) {
    this.#services = services;
  }

  /**
   * Looks up once what today has cost. What it gives says why the user would be asked about
   * requests that are sent together; null where they would just be sent.
   */
  async createCheck(): Promise<(...requests: readonly ClaudeRequest[]) => string | null> {
    const check = await this.#createInputCheck();
    return (...requests) => check(this.#estimate(requests));
  }

  /** Whether the requests may be sent, all of them. */
  async confirmRequests(...requests: readonly ClaudeRequest[]): Promise<boolean> {
    // Nothing is estimated for nobody: a request may be large.
    if (this.#services.settings.read().dailyBudget === 0) return true;
    return this.confirmInput(this.#estimate(requests));
  }

  /** Whether so much may be sent, in one request or in many. */
  async confirmInput(input: BudgetedInput): Promise<boolean> {
    const check = await this.#createInputCheck();
    const warning = check(input);
    if (warning === null) return true;
    const send = vscode.l10n.t('Send Anyway');
    const show = vscode.l10n.t('Show Usage');
    const pressed = await vscode.window.showWarningMessage(
      warning,
      // The question waits for the answer, which a notification in the bell would never get.
      { modal: true },
      send,
      show,
    );
    if (pressed === send) await this.#services.memory.update(budgetExceededKey, toDay(Date.now()));
    else if (pressed === show) void vscode.commands.executeCommand(commandIds.showUsage);
    return pressed === send;
  }

  #estimate(requests: readonly ClaudeRequest[]): BudgetedInput {
    return addInputCounts(
      requests.map((request) => this.#services.counter.cachedOrEstimated(request)),
    );
  }

  async #createInputCheck(): Promise<(input: BudgetedInput) => string | null> {
    const { dailyBudget } = this.#services.settings.read();
    if (dailyBudget === 0 || this.#services.memory.get(budgetExceededKey) === toDay(Date.now()))
      return () => null;
    const spent = await this.#spentToday();
    return (input) => budgetWarning(input, spent, dailyBudget, vscode.l10n);
  }

  /** A disk that can't be read is no reason not to ask. */
  async #spentToday(): Promise<number> {
    try {
      const { cost } = await this.#services.ledger.today();
      return cost;
    } catch (error) {
      this.#services.log.error(toError(error));
      return 0;
    }
  }
}
