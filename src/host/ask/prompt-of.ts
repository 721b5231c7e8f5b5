import { isObject, isString } from '../../core/guard.ts';

/** A keybinding may bring its question: `"args": { "prompt": "Write a test for this" }`. */
const isAsked = isObject({ prompt: isString });

/** The question in a command's argument; null where there is none. */
export function promptOf(asked: unknown): string | null {
  return isAsked(asked) && asked.prompt.trim() !== '' ? asked.prompt.trim() : null;
}
