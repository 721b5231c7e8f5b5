import * as vscode from 'vscode';
import { isObject, isString } from '../core/guard.ts';
import type { commandIds } from './command-ids.ts';

export type CommandId = (typeof commandIds)[keyof typeof commandIds];
type Run = (...args: unknown[]) => unknown;

/** What the extension's commands do, each by its id. */
export class Commands {
  readonly #runs = new Map<CommandId, Run>();

  /** As VS Code's own `registerCommand`. */
  register(id: CommandId, run: Run): vscode.Disposable {
    this.#runs.set(id, run);
    return new vscode.Disposable(() => this.#runs.delete(id));
  }

  has(id: CommandId): boolean {
    return this.#runs.has(id);
  }

  run(id: CommandId, args: readonly unknown[]): unknown {
    const run = this.#runs.get(id);
    if (run === undefined) throw new Error(`Nothing is registered for ${id}`);
    return run(...args);
  }
}

/** A keybinding may bring its question: `"args": { "prompt": "Write a test for this" }`. */
const hasPrompt = isObject({ prompt: isString });

/** The question in a command's argument; null where there is none. */
export function promptArgument(argument: unknown): string | null {
  return hasPrompt(argument) && argument.prompt.trim() !== '' ? argument.prompt.trim() : null;
}

/** It may say in which language code alone is wanted: `"args": { "language": "python" }`. */
const hasLanguage = isObject({ language: isString });

/** VS Code's identifier, such as `python`; null where none is asked for. */
export function languageArgument(argument: unknown): string | null {
  return hasLanguage(argument) && argument.language !== '' ? argument.language : null;
}
