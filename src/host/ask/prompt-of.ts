import { isObject, isString } from '../../core/guard.ts';

/** A keybinding may bring its question: `"args": { "prompt": "Write a test for this" }`. */
const isAsked = isObject({ prompt: isString });

/** The question in a command's argument; null where there is none. */
export function promptOf(asked: unknown): string | null {
  return isAsked(asked) && asked.prompt.trim() !== '' ? asked.prompt.trim() : null;
}

/** It may say in which language code alone is wanted: `"args": { "language": "python" }`. */
const isInLanguage = isObject({ language: isString });

/** VS Code's identifier, such as `python`; null where none is asked for. */
export function languageOf(asked: unknown): string | null {
  return isInLanguage(asked) && asked.language !== '' ? asked.language : null;
}
