import type * as vscode from 'vscode';

/** VS Code's secret storage, in memory. */
export class MemorySecrets implements vscode.SecretStorage {
  readonly stored = new Map<string, string>();

  keys(): Promise<string[]> {
    return Promise.resolve([...this.stored.keys()]);
  }

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.stored.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.stored.set(key, value);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.stored.delete(key);
    return Promise.resolve();
  }

  readonly onDidChange = () => ({ dispose: () => {} });
}
