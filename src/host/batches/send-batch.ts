import type { RunPlan } from '../../core/batches/file-run.ts';
import type { CheckedRequest } from '../../core/claude/checked-request.ts';
import { wasRejected } from '../../core/claude/describe-failure.ts';
import { followBatch, unexpected } from './follow-batch.ts';
import type { RunEnd, RunParts, RunWatch } from './run-parts.ts';

/**
 * Writes down what is to be sent, sends it as a batch, and follows that to its end. Never rejects.
 * @param requests one for each of the plan's items, in their order
 * @param onSent told once the API has taken it
 */
export async function sendBatch(
  plan: RunPlan,
  requests: readonly CheckedRequest[],
  parts: RunParts,
  watch: RunWatch,
  onSent: () => void = () => {},
): Promise<RunEnd> {
  const { store } = parts;
  try {
    const claude = await parts.connect();
    if (claude === null) return { kind: 'unsent', failure: { kind: 'no-key' } };
    // Before it is sent: a batch that nobody remembers would be paid for and never read.
    await store.append(plan.id, { type: 'planned', plan });
    const items = plan.items.flatMap(({ id }, index) => {
      const request = requests[index];
      return request === undefined ? [] : [{ id, request }];
    });
    const created = await claude.batches.create(items, watch.signal, ({ failure, waitMs }) =>
      watch.report({ type: 'retrying', failure, waitMs }),
    );
    if (created.ok) {
      // A disk that has no room for it now may have later: then it is found by looking.
      await store
        .append(plan.id, { type: 'created', batchId: created.value.id })
        .catch(parts.onProblem);
      onSent();
    } else if (wasRejected(created.failure)) {
      await store.delete(plan.id);
      return { kind: 'unsent', failure: created.failure };
    }
  } catch (error) {
    parts.onProblem(error);
    return { kind: 'unsent', failure: unexpected(error) };
  }
  return followBatch(plan.id, parts, watch);
}
