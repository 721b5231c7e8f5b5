import { type FileRun, newRun, type RunPlan } from '../../core/batches/file-run.ts';
import { applyRecord, type RunRecord } from '../../core/batches/run-journal.ts';
import type { CheckedRequest } from '../../core/claude/checked-request.ts';
import type { Claude } from '../../core/claude/claude.ts';
import { price, unexpected } from './follow-batch.ts';
import type { RunEnd, RunParts, RunWatch } from './run-parts.ts';

/** How many requests are under way at the same time, at the most. */
export const atOnce = 4;

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
  parts: RunParts,
  watch: RunWatch,
  stop: AbortSignal,
): Promise<RunEnd> {
  let claude: Claude | null;
  try {
    claude = await parts.connect();
    if (claude === null) return { kind: 'unsent', failure: { kind: 'no-key' } };
    await parts.store.append(plan.id, { type: 'planned', plan });
  } catch (error) {
    parts.onProblem(error);
    return { kind: 'unsent', failure: unexpected(error) };
  }
  /** What was paid for is shown, also where the disk has no room for it. */
  let run: FileRun = newRun(plan);
  let kept = Promise.resolve();
  const keep = (record: RunRecord): void => {
    run = applyRecord(run, record) ?? run;
    kept = kept.then(() => parts.store.append(plan.id, record)).catch(parts.onProblem);
  };
  await claude.answerAll(requests, {
    atOnce,
    signal: AbortSignal.any([stop, watch.signal]),
    ...(watch.onHurry === undefined ? {} : { onRetryNow: watch.onHurry }),
    emit: (event) => {
      if (event.type === 'retrying') {
        watch.report({ type: 'retrying', failure: event.failure, waitMs: event.waitMs });
      }
      const item = plan.items[event.index];
      if (event.type !== 'answered' || item === undefined) return;
      if (event.answer.outcome.kind === 'stopped' && watch.signal.aborted) return;
      const answer = price(event.answer, run, parts);
      kept = kept.then(() => parts.count(item.id, answer));
      keep({ type: 'answered', id: item.id, answer });
      watch.report({ type: 'progress', answered: run.answers.size });
    },
  });
  if (!watch.signal.aborted) keep({ type: 'ended' });
  await kept;
  return watch.signal.aborted ? { kind: 'left' } : { kind: 'ended', run, isNews: true };
}
