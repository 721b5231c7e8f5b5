import type { RunPlan } from '../../core/batches/file-run.ts';
import type { CheckedRequest } from '../../core/claude/checked-request.ts';
import type { Failure } from '../../core/claude/failure.ts';
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
    } else if (isRefusal(created.failure)) {
      await store.delete(plan.id);
      return { kind: 'unsent', failure: created.failure };
    }
  } catch (error) {
    parts.onProblem(error);
    return { kind: 'unsent', failure: unexpected(error) };
  }
  return followBatch(plan.id, parts, watch);
}

/** No connection was made, so that nothing went out. */
const unconnected: ReadonlySet<string | null> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Whether it is certain that the API did not take what was sent. */
function isRefusal(failure: Failure): boolean {
  switch (failure.kind) {
    case 'network':
      return unconnected.has(failure.code);
    case 'browser-blocked':
    case 'timeout':
    case 'server-error':
    case 'malformed':
    case 'truncated':
    case 'stalled':
    case 'unexpected':
    case 'interrupted':
    case 'damaged':
      return false;
    case 'no-key':
    case 'auth':
    case 'browser-refused':
    case 'billing':
    case 'permission':
    case 'model-not-found':
    case 'not-found':
    case 'too-large':
    case 'invalid-request':
    case 'rate-limited':
    case 'spend-limit':
    case 'overloaded':
    case 'not-a-stream':
    case 'batch-not-found':
    case 'results-gone':
    case 'expired':
      return true;
  }
}
