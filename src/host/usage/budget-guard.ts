import * as vscode from 'vscode';
import type { Reservation } from '../../core/claude/checked-request.ts';
import { isSnapshotOf } from '../../core/claude/model.ts';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import { noUsage } from '../../core/claude/usage.ts';
import { toError } from '../../core/errors.ts';
import { toDay } from '../../core/time.ts';
import {
  addInputCounts,
  type BudgetedInput,
  budgetWarning,
  unpricedWarning,
} from '../../core/usage/input-count.ts';
import type { LedgerEntry } from '../../core/usage/ledger.ts';
import { calculateCost } from '../../core/usage/price.ts';
import { commandIds } from '../command-ids.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { InputCounter } from './input-counter.ts';

/** The day on which the user said that the budget may be exceeded, for all windows. */
const budgetExceededKey = 'budgetExceededOn';
/** The models without a price that the user lets pass, each as `day model`, for all windows. */
const unpricedKey = 'budgetUnpriced';
/** What a reply is taken to have where none of its model's is known yet, in tokens. */
const usualOutputTokens = 1000;

interface BudgetGuardServices {
  readonly ledger: { todaysEntries(): Promise<readonly LedgerEntry[]> };
  readonly counter: Pick<InputCounter, 'cachedOrEstimated'>;
  readonly settings: Pick<SettingsReader, 'read'>;
  /** Shared by all windows. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
}

/** Why the user is asked. */
interface BudgetQuestion {
  readonly warning: string;
  /** The models whose price isn't known; empty where the budget would be exceeded. */
  readonly unpriced: readonly string[];
}

/**
 * Asks before a question goes beyond the day's budget, until the user says once that it may; and
 * before a model is asked whose price isn't known, once a day. What was let through counts from then
 * on, until its reply has ended and is in the ledger.
 */
export class BudgetGuard {
  readonly #services: BudgetGuardServices;
  /** What the requests of this window in flight are about to cost, in US dollars. */
  readonly #inFlight = new Map<Reservation, number>();
  /** The last one that is being decided: each sees what those before it have reserved. */
  #deciding: Promise<unknown> = Promise.resolve();

  constructor(services: BudgetGuardServices) {
    this.#services = services;
  }

  /**
   * Looks up once what today has cost. What it gives says why the user would be asked about
   * requests that are sent together; null where they would just be sent.
   */
  async createCheck(): Promise<(...requests: readonly ClaudeRequest[]) => string | null> {
    const entries = await this.#entriesOfToday();
    return (...requests) => {
      // Nothing is estimated for nobody: a request may be large.
      if (!this.#isOn()) return null;
      const input = this.#estimate(requests);
      const unpriced = this.#unpricedQuestion(input, entries);
      return (unpriced ?? this.#exceededQuestion(input, entries))?.warning ?? null;
    };
  }

  /**
   * Reserves what the requests are about to cost, one reservation for each.
   * @returns null where they may not be sent
   */
  confirmRequests(...requests: readonly ClaudeRequest[]): Promise<readonly Reservation[] | null> {
    // Nothing is estimated for nobody: a request may be large.
    if (this.#services.settings.read().dailyBudget === 0) {
      return Promise.resolve(requests.map(() => ({ release: () => {} })));
    }
    return this.#decide(async () => {
      const entries = await this.#confirm(this.#estimate(requests));
      if (entries === null) return null;
      return requests.map((request) => {
        const input = this.#services.counter.cachedOrEstimated(request).cost ?? 0;
        return this.#reserve(input + this.#expectedOutputCost(request, entries));
      });
    });
  }

  /**
   * Whether so much may be sent, in one request or in many.
   * @param requests those that it is the input of; none where it isn't known yet
   * @returns the reservation of it all; null where it may not
   */
  confirmInput(
    input: BudgetedInput,
    requests: readonly ClaudeRequest[] = [],
  ): Promise<Reservation | null> {
    return this.#decide(async () => {
      const entries = await this.#confirm(input);
      if (entries === null) return null;
      const outputs = requests.map((request) => this.#expectedOutputCost(request, entries));
      return this.#reserve(outputs.reduce((sum, cost) => sum + cost, input.cost ?? 0));
    });
  }

  #decide<T>(decide: () => Promise<T>): Promise<T> {
    const decided = this.#deciding.then(decide);
    this.#deciding = decided.catch(() => {});
    return decided;
  }

  /** Today's entries; null where the user doesn't want it sent. */
  async #confirm(input: BudgetedInput): Promise<readonly LedgerEntry[] | null> {
    const entries = await this.#entriesOfToday();
    const unpriced = this.#unpricedQuestion(input, entries);
    if (unpriced !== null && !(await this.#ask(unpriced))) return null;
    const exceeded = this.#exceededQuestion(input, entries);
    if (exceeded !== null && !(await this.#ask(exceeded))) return null;
    return entries;
  }

  async #ask({ warning, unpriced }: BudgetQuestion): Promise<boolean> {
    const { memory } = this.#services;
    const send = vscode.l10n.t('Send Anyway');
    const show = vscode.l10n.t('Show Usage');
    const pressed = await vscode.window.showWarningMessage(
      warning,
      // The question waits for the answer, which a notification in the bell would never get.
      { modal: true },
      send,
      show,
    );
    if (pressed === show) void vscode.commands.executeCommand(commandIds.showUsage);
    if (pressed !== send) return false;
    const today = toDay(Date.now());
    if (unpriced.length === 0) await memory.update(budgetExceededKey, today);
    else await memory.update(unpricedKey, [...this.#allowedUnpriced(), ...unpriced.map(todays)]);
    return true;
  }

  /** Null where the prices are known, or the user lets the models pass. */
  #unpricedQuestion(input: BudgetedInput, entries: readonly LedgerEntry[]): BudgetQuestion | null {
    if (!this.#isOn()) return null;
    const allowed = this.#allowedUnpriced();
    const unpriced = (input.models ?? []).filter(
      (model) =>
        (input.cost === null || isUnpriced(model, entries, input)) &&
        !allowed.includes(todays(model)),
    );
    const { dailyBudget } = this.#services.settings.read();
    return unpriced.length === 0
      ? null
      : { warning: unpricedWarning(unpriced, dailyBudget, vscode.l10n), unpriced };
  }

  /** Null where it fits into what is left of the budget. */
  #exceededQuestion(input: BudgetedInput, entries: readonly LedgerEntry[]): BudgetQuestion | null {
    if (!this.#isOn()) return null;
    const spent = entries.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
    const inFlight = [...this.#inFlight.values()].reduce((sum, cost) => sum + cost, 0);
    const { dailyBudget } = this.#services.settings.read();
    const warning = budgetWarning(input, { spent, inFlight }, dailyBudget, vscode.l10n);
    return warning === null ? null : { warning, unpriced: [] };
  }

  /** False where there is no budget, or the user has said that it may be exceeded today. */
  #isOn(): boolean {
    const { memory, settings } = this.#services;
    return settings.read().dailyBudget > 0 && memory.get(budgetExceededKey) !== toDay(Date.now());
  }

  /** Those of today; what is left of earlier days counts no more. */
  #allowedUnpriced(): readonly string[] {
    const kept: unknown = this.#services.memory.get(unpricedKey);
    const today = todays('');
    return Array.isArray(kept)
      ? kept.filter((each) => typeof each === 'string' && each.startsWith(today))
      : [];
  }

  #estimate(requests: readonly ClaudeRequest[]): BudgetedInput {
    const counted = requests.map((request) => ({
      model: request.model,
      count: this.#services.counter.cachedOrEstimated(request),
    }));
    return {
      ...addInputCounts(counted.map(({ count }) => count)),
      models: [...new Set(counted.map(({ model }) => model))],
      unpriced: counted.filter(({ count }) => count.cost === null).map(({ model }) => model),
    };
  }

  /** A reply is taken to be as long as those of its model were today. */
  #expectedOutputCost(request: ClaudeRequest, entries: readonly LedgerEntry[]): number {
    const own = entries.filter(({ model }) => isSnapshotOf(model, request.model));
    const mean = own.reduce((sum, { usage }) => sum + usage.output, 0) / own.length;
    const expected = own.length === 0 ? usualOutputTokens : mean;
    const output = Math.min(request.maxTokens, expected);
    const { prices } = this.#services.settings.read();
    return calculateCost(request.model, { ...noUsage, output }, prices) ?? 0;
  }

  #reserve(cost: number): Reservation {
    const reservation = { release: () => void this.#inFlight.delete(reservation) };
    this.#inFlight.set(reservation, cost);
    return reservation;
  }

  /** A disk that can't be read is no reason not to ask. */
  async #entriesOfToday(): Promise<readonly LedgerEntry[]> {
    try {
      return await this.#services.ledger.todaysEntries();
    } catch (error) {
      this.#services.log.error(toError(error));
      return [];
    }
  }
}

/** `2026-12-01 claude-x`: what the user allows counts for a day. */
function todays(model: string): string {
  return `${toDay(Date.now())} ${model}`;
}

/** Also where only the reply shows it: its cache may need a rate that isn't known. */
function isUnpriced(
  model: string,
  entries: readonly LedgerEntry[],
  { unpriced = [] }: BudgetedInput,
): boolean {
  return (
    unpriced.includes(model) ||
    entries.some((entry) => entry.cost === null && isSnapshotOf(entry.model, model))
  );
}
