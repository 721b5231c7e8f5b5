import * as vscode from 'vscode';
import { isObject, isString } from '../core/guard.ts';
import type { commandIds } from './command-ids.ts';

export type CommandId = (typeof commandIds)[keyof typeof commandIds];
type Run = (...given: unknown[]) => unknown;

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

  run(id: CommandId, given: readonly unknown[]): unknown {
    const run = this.#runs.get(id);
    if (run === undefined) throw new Error(`Nothing is registered for ${id}`);
    return run(...given);
  }
}

/** A keybinding may bring its question: `"args": { "prompt": "Write a test for this" }`. */
const hasPrompt = isObject({ prompt: isString });

/** The question in a command's argument; null where there is none. */
export function promptArgument(asked: unknown): string | null {
  return hasPrompt(asked) && asked.prompt.trim() !== '' ? asked.prompt.trim() : null;
}

/** It may say in which language code alone is wanted: `"args": { "language": "python" }`. */
const hasLanguage = isObject({ language: isString });

/** VS Code's identifier, such as `python`; null where none is asked for. */
export function languageArgument(asked: unknown): string | null {
  return hasLanguage(asked) && asked.language !== '' ? asked.language : null;
}
