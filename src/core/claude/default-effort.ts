import type { Effort } from './request.ts';

/**
 * The level at which a model works where none is asked for, as the API's documentation had it on 21
 * November 2026: its list of models doesn't tell. A model that isn't here has none that we know.
 */
const defaults: ReadonlyMap<string, Effort> = new Map([
  ['claude-fable-5-1', 'high'],
  ['claude-opus-5-5', 'medium'],
  ['claude-sonnet-5-5', 'high'],
  ['claude-haiku-5-5', 'medium'],
]);

/** Null where it isn't known. @param model also with the date of its snapshot */
export function defaultEffort(model: string): Effort | null {
  return defaults.get(model) ?? defaults.get(model.replace(/-\d{8}$/, '')) ?? null;
}
