import { keyVariable } from './api-key/api-key-store.ts';

/** Node's, where there is one: a browser's worker has none. */
declare const process: { readonly env: Record<string, string | undefined> } | undefined;

/** The API key from the environment, the only variable that we read; empty where it isn't set. */
export function environmentKey(): string {
  return typeof process === 'undefined' ? '' : (process.env[keyVariable] ?? '');
}
