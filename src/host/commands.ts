import * as vscode from 'vscode';
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
