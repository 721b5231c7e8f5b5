import { keyVariable } from './api-key/api-key-store.ts';

/** What the extension host runs in: Node on a machine, or a browser's worker. */
export type Runtime = 'node' | 'browser';

/**
 * Node's, where there is one: a browser's worker has none, but another extension may bring its own.
 */
declare const process: { readonly env?: Record<string, string | undefined> } | undefined;

/** The API key from the environment, the only variable that we read; empty where it isn't set. */
export function environmentKey(): string {
  return typeof process === 'undefined' ? '' : (process.env?.[keyVariable] ?? '');
}
