import { type FileRun, type PricedAnswer, tariffOf } from '../../core/batches/file-run.ts';
import type { RunRecord } from '../../core/batches/run-journal.ts';
import type { Answer } from '../../core/claude/answer.ts';
import type { BatchStatus } from '../../core/claude/batch.ts';
import type { Claude } from '../../core/claude/claude.ts';
import { isTransient } from '../../core/claude/describe-failure.ts';
import type { Failure } from '../../core/claude/failure.ts';
import { costOf } from '../../core/claude/price.ts';
import { retryWaitMs } from '../../core/claude/retry.ts';
import { noUsage } from '../../core/claude/usage.ts';
import { pause } from '../../core/claude/wait.ts';
import { toError } from '../../core/errors.ts';
import { findLost } from './find-lost.ts';
import type { RunEnd, RunParts, RunWatch } from './run-parts.ts';

/** How often results are read again that break off or can't be read. */
const mostReadings = 3;

/**
 * Follows a batch to its end, from wherever it stands: asks after it, reads its results once it has
 * ended, counts and keeps them. Never rejects.
 */
export async function followBatch(id: string, parts: RunParts, watch: RunWatch): Promise<RunEnd> {
  try {
    const claude = await parts.connect();
    if (claude === null) return { kind: 'failed', failure: { kind: 'no-key' } };
    return await new Following(id, claude, parts, watch).run();
  } catch (error) {
    parts.onProblem(error);
    return { kind: 'failed', failure: unexpected(error) };
  }
}

export function unexpected(error: unknown): Failure {
  return { kind: 'unexpected', detail: toError(error).message };
}

class Following {
  readonly #id: string;
  readonly #claude: Claude;
  readonly #parts: RunParts;
  readonly #watch: RunWatch;
  #waitMs: number;

  constructor(id: string, claude: Claude, parts: RunParts, watch: RunWatch) {
    this.#id = id;
    this.#claude = claude;
    this.#parts = parts;
    this.#watch = watch;
    this.#waitMs = parts.pace.first;
  }

  async run(): Promise<RunEnd> {
    for (;;) {
      if (this.#watch.signal.aborted) return { kind: 'left' };
      // Anew each time: another window may have come further.
      const run = await this.#parts.store.read(this.#id);
      // Somebody has removed it.
      if (run === null) return { kind: 'left' };
      if (run.hasEnded) return { kind: 'ended', run, isNews: false };
      const step = run.batchId === null ? await this.#look(run) : await this.#ask(run, run.batchId);
      if (step !== 'again') return step;
    }
  }

  /** Looks among the API's batches for one whose id was lost. */
  async #look(run: FileRun): Promise<RunEnd | 'again'> {
    this.#watch.report({ type: 'looking' });
    const found = await this.#tried(() =>
      findLost(run, this.#claude, this.#parts.store, this.#watch.signal),
    );
    if (found.kind !== 'ok') return found.end;
    if (found.value !== null) {
      await this.#parts.store.append(this.#id, { type: 'found', batchId: found.value });
      return 'again';
    }
    if (Date.now() - run.plan.at < this.#parts.pace.settle) {
      await this.#pause();
      return 'again';
    }
    await this.#parts.store.delete(this.#id);
    return { kind: 'unsent', failure: null };
  }

  async #ask(run: FileRun, batchId: string): Promise<RunEnd | 'again'> {
    const asked = await this.#tried(() =>
      this.#claude.batches.retrieve(batchId, this.#watch.signal),
    );
    if (asked.kind !== 'ok') return asked.end;
    const status = asked.value;
    if (status.phase === 'ended') return this.#finish(run, status);
    this.#watch.report(
      status.phase === 'canceling'
        ? { type: 'canceling' }
        : { type: 'progress', answered: run.answers.size },
    );
    await this.#pause();
    return 'again';
  }

  async #finish(run: FileRun, status: BatchStatus): Promise<RunEnd | 'again'> {
    if (status.isArchived) return { kind: 'failed', failure: { kind: 'results-gone' } };
    const answers = new Map<string, Answer>();
    const failure = await this.#readResults(run, status.id, answers);
    if (this.#watch.signal.aborted) return { kind: 'left' };
    const { items } = run.plan;
    const ours = items.filter(({ id }) => answers.has(id));
    if (ours.length === 0 && answers.size > 0) {
      await this.#parts.store.append(this.#id, { type: 'disowned', batchId: status.id });
      return 'again';
    }
    if (failure === null) {
      // The API has no more to say of these.
      for (const { id } of items) if (!answers.has(id)) answers.set(id, nothing(run));
    }
    const records: RunRecord[] = [];
    for (const { id } of items) {
      const answer = answers.get(id);
      if (answer === undefined) continue;
      const priced = price(answer, run, this.#parts);
      // Counted first: what is counted twice after a crash is counted once, by its id.
      await this.#parts.count(id, priced);
      records.push({ type: 'answered', id, answer: priced });
    }
    if (failure === null) records.push({ type: 'ended' });
    await this.#parts.store.append(this.#id, ...records);
    if (failure !== null) return { kind: 'failed', failure };
    const ended = await this.#parts.store.read(this.#id);
    return ended === null ? { kind: 'left' } : { kind: 'ended', run: ended, isNews: true };
  }

  /** Null once all of them were read, or what can't be read stays so. */
  async #readResults(
    run: FileRun,
    batchId: string,
    answers: Map<string, Answer>,
  ): Promise<Failure | null> {
    for (let reading = 1; ; reading++) {
      const { model } = run.plan;
      const read = await this.#claude.batches.results(
        batchId,
        model,
        this.#watch.signal,
        ({ id, answer }) => answers.set(id, answer),
      );
      if (read.ok && read.value === 0) return null;
      if (this.#watch.signal.aborted) return null;
      if (reading === mostReadings || (!read.ok && !isTransient(read.failure))) {
        return read.ok ? null : read.failure;
      }
      const failure: Failure = read.ok ? { kind: 'malformed' } : read.failure;
      await this.#retry(failure, reading);
    }
  }

  /** Tries until it works, for as long as there is hope. */
  async #tried<T>(
    ask: () => Promise<{ ok: true; value: T } | { ok: false; failure: Failure }>,
  ): Promise<{ kind: 'ok'; value: T } | { kind: 'end'; end: RunEnd }> {
    for (let retry = 1; ; retry++) {
      const asked = await ask();
      if (asked.ok) return { kind: 'ok', value: asked.value };
      if (this.#watch.signal.aborted) return { kind: 'end', end: { kind: 'left' } };
      const { failure } = asked;
      if (!isTransient(failure)) return { kind: 'end', end: { kind: 'failed', failure } };
      await this.#retry(failure, retry);
    }
  }

  async #retry(failure: Failure, retry: number): Promise<void> {
    const waitMs = Math.max(
      retryWaitMs(failure, retry, Math.random()),
      Math.min(this.#parts.pace.longest, this.#waitMs),
    );
    this.#watch.report({ type: 'retrying', failure, waitMs });
    await pause(waitMs, this.#watch.signal, this.#watch.onHurry);
  }

  async #pause(): Promise<void> {
    const { first, longest } = this.#parts.pace;
    const { isEarly } = await pause(this.#waitMs, this.#watch.signal, this.#watch.onHurry);
    this.#waitMs = isEarly ? first : Math.min(longest, this.#waitMs * 1.5);
  }
}

/** What stands for a result that isn't among those of its batch. */
function nothing({ plan }: FileRun): Answer {
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

export function price(answer: Answer, { plan }: FileRun, { prices }: RunParts): PricedAnswer {
  const tariff = tariffOf(plan.mode);
  return { ...answer, cost: costOf(answer.model, answer.usage, prices(), tariff) };
}
