import * as vscode from 'vscode';
import { type FileRun, type RunPlan, toReceipt } from '../../core/batches/file-run.ts';
import { totalLine } from '../../core/batches/results-markdown.ts';
import { describeFailure } from '../../core/claude/describe-failure.ts';
import type { Failure } from '../../core/claude/failure.ts';

import { hasUsage } from '../../core/claude/usage.ts';
import { Emitter } from '../../core/emitter.ts';
import { toError } from '../../core/errors.ts';
import { english } from '../../core/l10n.ts';
import { followBatch } from './follow-batch.ts';
import {
  type ChoosePrompt,
  type PreparedRun,
  prepareRun,
  type RunArguments,
} from './prepare-run.ts';
import {
  notifyEnded,
  notifyFailed,
  notifyMissing,
  notifyUncertain,
  openResults,
  showRunProgress,
} from './run-notifications.ts';
import {
  type BatchServices,
  defaultPollTiming,
  type RunEnd,
  type RunObserver,
  type RunServices,
  RunStore,
} from './run-services.ts';
import { runNow, sendBatch } from './send-run.ts';

/** A run that this window watches. */
interface ActiveRun {
  /** Stops it: what was answered stays. */
  readonly stop: () => Promise<void>;
  /** Ends a wait. */
  readonly pollNow: () => void;
  readonly done: Promise<void>;
}

/** A prompt on many files, without streaming. */
export class FileRuns implements vscode.Disposable {
  readonly #parts: BatchServices;
  readonly #services: RunServices;
  readonly #choosePrompt: ChoosePrompt;
  readonly #closing = new AbortController();
  readonly #active = new Map<string, ActiveRun>();
  /** Removed while they went on: what they bring nobody wants. */
  readonly #removed = new Set<string>();
  /** Batches that the API was told to cancel, by their runs' ids. */
  readonly #cancelling = new Set<string>();

  /** @param choose where prompts come from */
  constructor(parts: BatchServices, choose: ChoosePrompt, pace = defaultPollTiming) {
    this.#parts = parts;
    this.#choosePrompt = choose;
    const { connections, settings, spending, storage } = parts;
    const log = (error: unknown): void => this.#log(error);
    this.#services = {
      store: new RunStore(storage),
      connect: () => connections.open(),
      prices: () => settings.read().prices,
      count: async (id, answer) => {
        if (!hasUsage(answer.usage)) return;
        try {
          await spending.ledger.record(id, toReceipt(answer));
        } catch (error) {
          log(error);
        }
      },
      onProblem: log,
      polling: pace,
    };
  }

  get store(): RunStore {
    return this.#services.store;
  }

  isActive(id: string): boolean {
    return this.#active.has(id);
  }

  isCancelling(id: string): boolean {
    return this.#cancelling.has(id);
  }

  /**
   * From files and a prompt to a run that goes on; resolves when that has begun, or nothing has.
   */
  async start(args: RunArguments): Promise<void> {
    const { signal } = this.#closing;
    const prepared = await prepareRun(args, this.#parts, this.#choosePrompt, signal);
    if (prepared !== null) this.send(prepared);
  }

  /** Sends what the user has agreed to. */
  send({ plan, requests }: PreparedRun): void {
    const release = (): void => {
      for (const request of requests) request.release();
    };
    const { Notification } = vscode.ProgressLocation;
    if (plan.mode === 'batch') {
      let isSent = false;
      let isUnwanted = false;
      this.#watch(
        plan,
        Notification,
        (watch) =>
          sendBatch(plan, requests, this.#services, watch, () => {
            isSent = true;
            if (isUnwanted) void this.#cancel(plan.id);
          }).finally(release),
        async () => {
          isUnwanted = true;
          if (isSent) await this.#cancel(plan.id);
        },
      );
      return;
    }
    const stop = new AbortController();
    this.#watch(
      plan,
      Notification,
      (watch) => runNow(plan, requests, this.#services, watch, stop.signal).finally(release),
      () => stop.abort(),
    );
  }

  /** Follows the batches that no window follows any more, or that another one follows too. */
  async resume(): Promise<void> {
    for (const { plan, hasEnded } of await this.store.list()) {
      if (plan.mode === 'batch' && !hasEnded) this.follow(plan, vscode.ProgressLocation.Window);
    }
  }

  /** Watches a batch that was sent before. */
  follow(plan: RunPlan, location = vscode.ProgressLocation.Notification): void {
    this.#watch(plan, location, (watch) => followBatch(plan.id, this.#services, watch));
  }

  /** Asks the API now, not when its turn comes; follows a batch that nobody follows. */
  pollNow({ plan }: FileRun): void {
    const active = this.#active.get(plan.id);
    if (active === undefined) this.follow(plan);
    else active.pollNow();
  }

  /** Stops a run that this window watches, or a batch; resolves when that is asked for. */
  async stop({ plan, batchId }: FileRun): Promise<void> {
    const active = this.#active.get(plan.id);
    if (active !== undefined) await active.stop();
    else if (batchId !== null) await this.#cancel(plan.id);
  }

  /**
   * Forgets a run and its answers; one that goes on is stopped before. A batch is cancelled first,
   * by whoever follows it, and forgotten once that has succeeded: resolves when the wish is kept.
   */
  async remove(run: FileRun): Promise<void> {
    const { plan, hasEnded } = run;
    if (plan.mode === 'batch' && !hasEnded) {
      await this.store.append(plan.id, { type: 'removing' });
      this.pollNow(run);
      return;
    }
    this.#removed.add(plan.id);
    const active = this.#active.get(plan.id);
    if (active !== undefined && plan.mode === 'now') {
      await active.stop();
      await active.done;
    }
    await this.store.delete(plan.id);
  }

  dispose(): void {
    this.#closing.abort();
  }

  /** @param stop stops it; left out for a batch that was sent before */
  #watch(
    plan: RunPlan,
    location: vscode.ProgressLocation,
    go: (watch: RunObserver) => Promise<RunEnd>,
    stop: () => Promise<void> | void = () => this.#cancel(plan.id),
  ): void {
    if (this.#active.has(plan.id)) return;
    const hurry = new Emitter<void>();
    const stopNow = async (): Promise<void> => {
      await stop();
      // Asked before, the API would say that it goes on.
      hurry.fire();
    };
    const watched = showRunProgress(
      plan,
      location,
      () => void stopNow(),
      (report) => go({ report, signal: this.#closing.signal, onPollNow: hurry.event }),
    );
    // It doesn't reject.
    const done = watched
      .then((end) => this.#notifyEnd(plan, end))
      .catch((error) => this.#log(error));
    this.#active.set(plan.id, { stop: stopNow, pollNow: () => hurry.fire(), done });
    void done.finally(() => this.#active.delete(plan.id));
  }

  async #cancel(id: string): Promise<void> {
    const [run, claude] = await Promise.all([this.store.read(id), this.#services.connect()]);
    if (run === null || run.batchId === null || claude === null) return;
    if (!run.isCertain) {
      notifyUncertain();
      return;
    }
    const canceled = await claude.batches.cancel(run.batchId, this.#closing.signal);
    if (canceled.ok) this.#cancelling.add(id);
    if (canceled.ok || this.#closing.signal.aborted) return;
    this.#logFailure(canceled.failure);
    // One that has just ended can't be cancelled: its results say how it ended.
    if (canceled.failure.kind === 'invalid-request') return;
    notifyFailed(canceled.failure, () => void this.#cancel(id));
  }

  async #notifyEnd(plan: RunPlan, end: RunEnd): Promise<void> {
    if (this.#removed.has(plan.id)) return;
    switch (end.kind) {
      case 'detached':
        return;
      case 'ended': {
        const { run, firstSeen } = end;
        if (!firstSeen) return;
        await this.#updateToday();
        this.#parts.log.info(`${plan.mode} run: ${totalLine(run, english)}`);
        // Who watched it wants to read it.
        if (plan.mode === 'now') await openResults(run);
        else notifyEnded(run);
        return;
      }
      case 'unsent':
        this.#logFailure(end.failure);
        notifyFailed(end.failure, null);
        return;
      case 'missing':
        if (end.firstSeen) notifyMissing(plan);
        return;
      case 'failed':
        this.#logFailure(end.failure);
        notifyFailed(end.failure, () => this.follow(plan));
        return;
    }
  }

  #logFailure(failure: Failure): void {
    const { message, logLevel } = describeFailure(failure, english);
    this.#parts.log[logLevel](`run on files: ${failure.kind}: ${message}`);
  }

  /** The status bar's sum of the day. */
  async #updateToday(): Promise<void> {
    try {
      this.#parts.usage.today = await this.#parts.spending.ledger.today();
    } catch (error) {
      this.#log(error);
    }
  }

  #log(error: unknown): void {
    this.#parts.log.error(toError(error));
  }
}
