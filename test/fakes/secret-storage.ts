import type * as vscode from 'vscode';
import { Emitter } from '../../src/core/emitter.ts';

/** VS Code's secret storage, in memory. */
export class MemorySecrets implements vscode.SecretStorage {
  readonly stored = new Map<string, string>();
  readonly #changed = new Emitter<vscode.SecretStorageChangeEvent>();

  keys(): Promise<string[]> {
    return Promise.resolve([...this.stored.keys()]);
  }

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.stored.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.stored.set(key, value);
    this.#changed.fire({ key });
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.stored.delete(key);
    this.#changed.fire({ key });
    return Promise.resolve();
  }

  readonly onDidChange = (
    listener: (change: vscode.SecretStorageChangeEvent) => void,
  ): vscode.Disposable => this.#changed.event(listener);
}
