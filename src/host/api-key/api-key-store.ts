import type * as vscode from 'vscode';
import { keyProblem } from '../../core/claude/api-key.ts';

const secretName = 'claudeStream.apiKey';

/** The variable that stands in where no key is stored. */
export const keyVariable = 'ANTHROPIC_API_KEY';

export interface ApiKey {
  readonly value: string;
  readonly source: 'stored' | 'environment';
}

/** The API key in VS Code's secret storage, or from the environment. */
export class ApiKeyStore {
  readonly #secrets: vscode.SecretStorage;
  readonly #fromEnvironment: string;

  /** @param fromEnvironment the value of `ANTHROPIC_API_KEY`; empty where it isn't set */
  constructor(secrets: vscode.SecretStorage, fromEnvironment: string) {
    this.#secrets = secrets;
    this.#fromEnvironment = fromEnvironment.trim();
  }

  async get(): Promise<ApiKey | null> {
    const stored = await this.#secrets.get(secretName);
    if (stored !== undefined && keyProblem(stored) === null) {
      return { value: stored, source: 'stored' };
    }
    return keyProblem(this.#fromEnvironment) === null
      ? { value: this.#fromEnvironment, source: 'environment' }
      : null;
  }

  /** True where `clear` would leave the environment's key in use. */
  get hasEnvironmentKey(): boolean {
    return keyProblem(this.#fromEnvironment) === null;
  }

  async set(value: string): Promise<void> {
    await this.#secrets.store(secretName, value);
  }

  async clear(): Promise<void> {
    await this.#secrets.delete(secretName);
  }
}
