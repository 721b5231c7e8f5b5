import type { FileRun } from '../../core/batches/file-run.ts';
import type { Claude } from '../../core/claude/claude.ts';
import type { Result } from '../../core/claude/failure.ts';
import type { RunStore } from './run-store.ts';

/** This machine's clock and the API's may differ by so much, in milliseconds. */
const clocksDifferMs = 3_600_000;

/**
 * The API's id of a batch that was sent while its answer was lost, null where there is none: one of
 * the same size, from about that time, that no other run has. Whether it is ours is certain with
 * its results, which have our ids.
 */
export async function findLost(
  run: FileRun,
  claude: Claude,
  store: RunStore,
  signal: AbortSignal,
): Promise<Result<string | null>> {
  const recent = await claude.batches.recent(signal);
  if (!recent.ok) return recent;
  const taken = new Set((await store.list()).map(({ batchId }) => batchId));
  const { at, items } = run.plan;
  const distance = (createdAt: number | null): number => Math.abs((createdAt ?? Infinity) - at);
  const [nearest] = recent.value
    .filter(({ id, size }) => size === items.length && !taken.has(id) && !run.disowned.has(id))
    .filter(({ createdAt }) => distance(createdAt) <= clocksDifferMs)
    .toSorted((a, b) => distance(a.createdAt) - distance(b.createdAt));
  return { ok: true, value: nearest?.id ?? null };
}
