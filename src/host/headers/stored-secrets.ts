import type * as vscode from 'vscode';
import { isHeaderText } from '../../core/claude/extra-headers.ts';

/** The secrets that the header settings name, in VS Code's secret storage. */
export class StoredSecrets {
  readonly #storage: vscode.SecretStorage;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
  }

  /** Null where there is none that can stand in a header. */
  async get(name: string): Promise<string | null> {
    const stored = await this.#storage.get(entryOf(name));
    return stored !== undefined && isHeaderText(stored) ? stored : null;
  }

  async set(name: string, value: string): Promise<void> {
    await this.#storage.store(entryOf(name), value);
  }

  async remove(name: string): Promise<void> {
    await this.#storage.delete(entryOf(name));
  }
}

function entryOf(name: string): string {
  return `claudeStream.headerSecret.${name}`;
}
