import { type Capabilities, isCapabilities } from './capabilities.ts';

/** Keeps what the API has told of its models. VS Code's `Memento` fits. */
export interface ModelStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** A server is asked about its own models alone. */
const keyOf = (baseUrl: string): string => `models ${baseUrl}`;

/** Null where the API hasn't told, or couldn't. */
export function knownCapabilities(
  store: ModelStore,
  baseUrl: string,
  model: string,
): Capabilities | null {
  const can = entries(store.get(keyOf(baseUrl))).get(model);
  return isCapabilities(can) ? can : null;
}

/** What is told anew takes the place of what was known; the rest stays. */
export function keepCapabilities(
  store: ModelStore,
  baseUrl: string,
  told: Iterable<readonly [model: string, can: Capabilities]>,
): void {
  const key = keyOf(baseUrl);
  const before = store.get(key);
  const after = Object.fromEntries([...entries(before), ...told]);
  // Each write is told to every window: most tell nothing new.
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  // Detached: what can't be kept is asked for again.
  store.update(key, after).then(undefined, () => {});
}

function entries(kept: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof kept === 'object' && kept !== null ? Object.entries(kept) : []);
}
