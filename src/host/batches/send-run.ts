import { createRun, type FileRun, type RunPlan } from '../../core/batches/file-run.ts';
import { applyRecord, type RunRecord } from '../../core/batches/run-journal.ts';
import type { CheckedRequest } from '../../core/claude/checked-request.ts';
import type { Claude } from '../../core/claude/claude.ts';
import { wasRejected } from '../../core/claude/describe-failure.ts';
import { followBatch, priceAnswer, unexpectedFailure } from './follow-batch.ts';
import type { RunEnd, RunObserver, RunServices } from './run-services.ts';

/**
 * Writes down what is to be sent, sends it as a batch, and follows that to its end. Never rejects.
 * @param requests one for each of the plan's items, in their order
 * @param onSent told once the API has taken it
 */
export async function sendBatch(
  plan: RunPlan,
  requests: readonly CheckedRequest[],
  parts: RunServices,
  watch: RunObserver,
  onSent: () => void = () => {},
): Promise<RunEnd> {
  const { store } = parts;
  try {
    const claude = await parts.connect();
    if (claude === null) return { kind: 'unsent', failure: { kind: 'no-key' } };
    // Before it is sent: a batch that nobody remembers would be paid for and never read.
    const planned = { type: 'planned', plan: { ...plan, at: Date.now() } } as const;
    await store.append(plan.id, planned);
    const items = plan.items.flatMap(({ id }, index) => {
      const request = requests[index];
      return request === undefined ? [] : [{ id, request }];
    });
    const created = await claude.batches.create(items, watch.signal, ({ failure, waitMs }) => {
      watch.report({ type: 'retrying', failure, waitMs });
      const at = Date.now() + waitMs;
      void store.append(plan.id, { type: 'sending', at }).catch(parts.onProblem);
    });
    if (created.ok) {
      // With its plan: somebody may have deleted it meanwhile, and the batch costs all the same.
      // A disk that has no room for it now may have later: then it is found by looking.
      await store
        .append(plan.id, planned, { type: 'created', batchId: created.value.id })
        .catch(parts.onProblem);
      onSent();
    } else if (wasRejected(created.failure)) {
      await store.delete(plan.id);
      return { kind: 'unsent', failure: created.failure };
    }
  } catch (error) {
    parts.onProblem(error);
    return { kind: 'unsent', failure: unexpectedFailure(error) };
  }
  return followBatch(plan.id, parts, watch);
}

/** How many requests are under way at the same time, at the most. */
export const runConcurrency = 4;

/**
 * Runs a prompt on files one by one from here, a few at a time, and keeps each answer as it comes.
 * Never rejects.
 * @param requests one for each of the plan's items, in their order
 * @param watch its signal says that the window closes: what isn't answered yet stays open
 * @param stop ends the run: what isn't answered yet is marked as stopped by the user
 */
export async function runNow(
  plan: RunPlan,
  requests: readonly CheckedRequest[],
  parts: RunServices,
  watch: RunObserver,
  stop: AbortSignal,
): Promise<RunEnd> {
  let claude: Claude | null;
  const stamped: RunPlan = { ...plan, at: Date.now() };
  try {
    claude = await parts.connect();
    if (claude === null) return { kind: 'unsent', failure: { kind: 'no-key' } };
    await parts.store.append(plan.id, { type: 'planned', plan: stamped });
  } catch (error) {
    parts.onProblem(error);
    return { kind: 'unsent', failure: unexpectedFailure(error) };
  }
  /** What was paid for is shown, also where the disk has no room for it. */
  let run: FileRun = createRun(stamped);
  let kept = Promise.resolve();
  const keep = (record: RunRecord): void => {
    run = applyRecord(run, record) ?? run;
    kept = kept.then(() => parts.store.append(plan.id, record)).catch(parts.onProblem);
  };
  await claude.answerAll(requests, {
    concurrency: runConcurrency,
    signal: AbortSignal.any([stop, watch.signal]),
    ...(watch.onPollNow === undefined ? {} : { onRetryNow: watch.onPollNow }),
    emit: (event) => {
      if (event.type === 'retrying') {
        watch.report({ type: 'retrying', failure: event.failure, waitMs: event.waitMs });
      }
      const item = plan.items[event.index];
      if (event.type !== 'answered' || item === undefined) return;
      if (event.answer.outcome.kind === 'stopped' && watch.signal.aborted) return;
      const answer = priceAnswer(event.answer, run, parts);
      kept = kept.then(() => parts.count(item.id, answer));
      keep({ type: 'answered', id: item.id, answer });
      watch.report({ type: 'progress', answered: run.answers.size });
    },
  });
  if (!watch.signal.aborted) keep({ type: 'ended' });
  await kept;
  return watch.signal.aborted ? { kind: 'detached' } : { kind: 'ended', run, firstSeen: true };
}
