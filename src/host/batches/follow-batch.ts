import { type FileRun, getServiceTier, type PricedAnswer } from '../../core/batches/file-run.ts';
import type { RunRecord } from '../../core/batches/run-journal.ts';
import type { Answer, BatchStatus, Claude } from '../../core/claude/claude.ts';
import { isTransient } from '../../core/claude/describe-failure.ts';
import type { Failure, Result } from '../../core/claude/failure.ts';
import { computeRetryWaitMs, pause } from '../../core/claude/retry.ts';
import { noUsage } from '../../core/claude/usage.ts';
import { toError } from '../../core/errors.ts';
import { calculateCost } from '../../core/usage/price.ts';
import type { RunEnd, RunObserver, RunServices, RunStore } from './run-services.ts';

/**
 * How long after its request a batch is made, at the most, in milliseconds. Also how far this
 * machine's clock may be off where the API doesn't tell the time.
 */
const maxDelayMs = 3_600_000;

/**
 * The API's id of a batch that was sent while its answer was lost, null where there is none: one of
 * the same size, from about that time, that no other run has. Whether it is ours is certain with
 * its results, which have our ids.
 */
async function findLostBatch(
  run: FileRun,
  claude: Claude,
  store: RunStore,
  signal: AbortSignal,
): Promise<Result<string | null>> {
  const recent = await claude.batches.listRecent(signal);
  if (!recent.ok) return recent;
  const taken = new Set((await store.list()).map(({ batchId }) => batchId));
  const { items } = run.plan;
  const { batches, date } = recent.value;
  // What this machine's clock is behind: it may be wrong by hours.
  const skew = date === null ? 0 : date - Date.now();
  const sentAt = run.sentAt + skew;
  const distance = (createdAt: number | null): number => Math.abs((createdAt ?? Infinity) - sentAt);
  const [nearest] = batches
    .filter(({ id, size }) => size === items.length && !taken.has(id) && !run.disowned.has(id))
    .filter(({ createdAt }) => distance(createdAt) <= maxDelayMs)
    .toSorted((a, b) => distance(a.createdAt) - distance(b.createdAt));
  return { ok: true, value: nearest?.id ?? null };
}

/** How often results are read again that break off or can't be read. */
const maxReads = 3;

/**
 * Follows a batch to its end, from wherever it stands: asks after it, reads its results once it has
 * ended, counts and keeps them. Never rejects.
 */
export async function followBatch(
  id: string,
  parts: RunServices,
  watch: RunObserver,
): Promise<RunEnd> {
  try {
    const claude = await parts.connect();
    if (claude === null) return { kind: 'failed', failure: { kind: 'no-key' } };
    return await new BatchFollower({ id, claude, services: parts, observer: watch }).run();
  } catch (error) {
    parts.onProblem(error);
    return { kind: 'failed', failure: unexpectedFailure(error) };
  }
}

export function unexpectedFailure(error: unknown): Failure {
  return { kind: 'unexpected', detail: toError(error).message };
}

interface FollowedBatch {
  /** The run's. */
  readonly id: string;
  readonly claude: Claude;
  readonly services: RunServices;
  readonly observer: RunObserver;
}

class BatchFollower {
  readonly #batch: FollowedBatch;
  #waitMs: number;

  constructor(batch: FollowedBatch) {
    this.#batch = batch;
    this.#waitMs = batch.services.polling.initialMs;
  }

  async run(): Promise<RunEnd> {
    for (;;) {
      if (this.#batch.observer.signal.aborted) return { kind: 'detached' };
      // Anew each time: another window may have come further.
      const run = await this.#batch.services.store.read(this.#batch.id);
      // Somebody has removed it.
      if (run === null) return { kind: 'detached' };
      if (run.hasEnded) return { kind: 'ended', run, firstSeen: false };
      const step =
        run.batchId === null ? await this.#findBatch(run) : await this.#goOn(run, run.batchId);
      if (step !== 'again') return step;
    }
  }

  /** Looks among the API's batches for one whose id was lost. */
  async #findBatch(run: FileRun): Promise<RunEnd | 'again'> {
    this.#batch.observer.report({ type: 'looking' });
    const found = await this.#withRetries(() =>
      findLostBatch(
        run,
        this.#batch.claude,
        this.#batch.services.store,
        this.#batch.observer.signal,
      ),
    );
    if (found.kind !== 'ok') return found.end;
    if (found.value !== null) {
      await this.#batch.services.store.append(this.#batch.id, {
        type: 'found',
        batchId: found.value,
      });
      return 'again';
    }
    if (Date.now() - run.sentAt < this.#batch.services.polling.listingGraceMs) {
      await this.#pause();
      return 'again';
    }
    if (run.isRemoving) return this.#delete();
    // Kept: it may be there all the same, and would be paid twice if it was run again.
    const firstSeen = !run.isMissing;
    if (firstSeen) await this.#batch.services.store.append(this.#batch.id, { type: 'missing' });
    return { kind: 'missing', firstSeen };
  }

  /** Polls it; cancels it before where the user wants it gone, and then forgets it. */
  async #goOn(run: FileRun, batchId: string): Promise<RunEnd | 'again'> {
    // One that may be somebody else's isn't cancelled: its results tell whose it is.
    if (!run.isRemoving || !run.isCertain) return this.#poll(run, batchId);
    this.#batch.observer.report({ type: 'canceling' });
    const canceled = await this.#withRetries(async () => {
      const { claude, observer } = this.#batch;
      const asked = await claude.batches.cancel(batchId, observer.signal);
      if (asked.ok || asked.failure.kind === 'batch-not-found') return { ok: true, value: true };
      return asked.failure.kind === 'invalid-request' ? { ok: true, value: false } : asked;
    });
    if (canceled.kind !== 'ok') return canceled.end;
    // One that has just ended can't be cancelled: what it cost is in its results.
    return canceled.value ? this.#delete() : this.#poll(run, batchId);
  }

  async #delete(): Promise<RunEnd> {
    await this.#batch.services.store.delete(this.#batch.id);
    return { kind: 'detached' };
  }

  async #poll(run: FileRun, batchId: string): Promise<RunEnd | 'again'> {
    const asked = await this.#withRetries(() =>
      this.#batch.claude.batches.retrieve(batchId, this.#batch.observer.signal),
    );
    if (asked.kind !== 'ok') return asked.end;
    const status = asked.value;
    if (status.phase === 'ended') return this.#finish(run, status);
    this.#batch.observer.report(
      status.phase === 'canceling'
        ? { type: 'canceling' }
        : { type: 'progress', answered: run.answers.size },
    );
    await this.#pause();
    return 'again';
  }

  async #finish(run: FileRun, status: BatchStatus): Promise<RunEnd | 'again'> {
    if (status.isArchived && run.isRemoving) return this.#delete();
    if (status.isArchived) return { kind: 'failed', failure: { kind: 'results-gone' } };
    const answers = new Map<string, Answer>();
    const failure = await this.#readResults(run, status.id, answers);
    if (this.#batch.observer.signal.aborted) return { kind: 'detached' };
    const { items } = run.plan;
    const ours = items.filter(({ id }) => answers.has(id));
    if (ours.length === 0 && answers.size > 0) {
      await this.#batch.services.store.append(this.#batch.id, {
        type: 'disowned',
        batchId: status.id,
      });
      return 'again';
    }
    if (failure === null) {
      // The API has no more to say of these.
      for (const { id } of items) if (!answers.has(id)) answers.set(id, missingAnswer(run));
    }
    const records: RunRecord[] = [];
    for (const { id } of items) {
      const answer = answers.get(id);
      if (answer === undefined) continue;
      const priced = priceAnswer(answer, run, this.#batch.services);
      // Counted first: what is counted twice after a crash is counted once, by its id.
      await this.#batch.services.count(id, priced);
      records.push({ type: 'answered', id, answer: priced });
    }
    if (failure === null) records.push({ type: 'ended' });
    await this.#batch.services.store.append(this.#batch.id, ...records);
    if (failure !== null) return { kind: 'failed', failure };
    if (run.isRemoving) return this.#delete();
    const ended = await this.#batch.services.store.read(this.#batch.id);
    return ended === null ? { kind: 'detached' } : { kind: 'ended', run: ended, firstSeen: true };
  }

  /** Null once all of them were read, or what can't be read stays so. */
  async #readResults(
    run: FileRun,
    batchId: string,
    answers: Map<string, Answer>,
  ): Promise<Failure | null> {
    for (let reading = 1; ; reading++) {
      const { model } = run.plan;
      const read = await this.#batch.claude.batches.results(
        batchId,
        model,
        this.#batch.observer.signal,
        ({ id, answer }) => answers.set(id, answer),
      );
      if (read.ok && read.value === 0) return null;
      if (this.#batch.observer.signal.aborted) return null;
      if (reading === maxReads || (!read.ok && !isTransient(read.failure))) {
        return read.ok ? null : read.failure;
      }
      const failure: Failure = read.ok ? { kind: 'malformed' } : read.failure;
      await this.#retry(failure, reading);
    }
  }

  /** Tries until it works, for as long as there is hope. */
  async #withRetries<T>(
    ask: () => Promise<{ ok: true; value: T } | { ok: false; failure: Failure }>,
  ): Promise<{ kind: 'ok'; value: T } | { kind: 'end'; end: RunEnd }> {
    for (let retry = 1; ; retry++) {
      const asked = await ask();
      if (asked.ok) return { kind: 'ok', value: asked.value };
      if (this.#batch.observer.signal.aborted) return { kind: 'end', end: { kind: 'detached' } };
      const { failure } = asked;
      if (!isTransient(failure)) return { kind: 'end', end: { kind: 'failed', failure } };
      await this.#retry(failure, retry);
    }
  }

  async #retry(failure: Failure, retry: number): Promise<void> {
    const waitMs = Math.max(
      computeRetryWaitMs(failure, retry, Math.random()),
      Math.min(this.#batch.services.polling.maxMs, this.#waitMs),
    );
    this.#batch.observer.report({ type: 'retrying', failure, waitMs });
    await pause(waitMs, this.#batch.observer.signal, this.#batch.observer.onPollNow);
  }

  async #pause(): Promise<void> {
    const { initialMs: first, maxMs: longest } = this.#batch.services.polling;
    const { isEarly } = await pause(
      this.#waitMs,
      this.#batch.observer.signal,
      this.#batch.observer.onPollNow,
    );
    this.#waitMs = isEarly ? first : Math.min(longest, this.#waitMs * 1.5);
  }
}

/** What stands for a result that isn't among those of its batch. */
function missingAnswer({ plan }: FileRun): Answer {
  const outcome = { kind: 'broken', failure: { kind: 'malformed' } } as const;
  return {
    text: '',
    outcome,
    model: plan.model,
    usage: noUsage,
    stopReason: null,
    requestId: null,
  };
}

export function priceAnswer(
  answer: Answer,
  { plan }: FileRun,
  { prices }: RunServices,
): PricedAnswer {
  const serviceTier = getServiceTier(plan.mode);
  return { ...answer, cost: calculateCost(answer.model, answer.usage, prices(), { serviceTier }) };
}
