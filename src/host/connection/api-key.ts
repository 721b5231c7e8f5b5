import type * as vscode from 'vscode';
import { findKeyProblem } from '../../core/claude/api-key.ts';

const secretName = 'claudeStream.apiKey';

/** The variable that stands in where no key is stored. */
export const apiKeyVariable = 'ANTHROPIC_API_KEY';

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
    if (stored !== undefined && findKeyProblem(stored) === null) {
      return { value: stored, source: 'stored' };
    }
    return findKeyProblem(this.#fromEnvironment) === null
      ? { value: this.#fromEnvironment, source: 'environment' }
      : null;
  }

  /** True where `clear` would leave the environment's key in use. */
  get hasEnvironmentKey(): boolean {
    return findKeyProblem(this.#fromEnvironment) === null;
  }

  async set(value: string): Promise<void> {
    await this.#secrets.store(secretName, value);
  }

  async clear(): Promise<void> {
    await this.#secrets.delete(secretName);
  }
}

/** What the extension host runs in: Node on a machine, or a browser's worker. */
export type Runtime = 'node' | 'browser';

/**
 * Node's, where there is one: a browser's worker has none, but another extension may bring its own.
 */
declare const process: { readonly env?: Record<string, string | undefined> } | undefined;

/** The API key from the environment, the only variable that we read; empty where it isn't set. */
export function environmentApiKey(): string {
  return typeof process === 'undefined' ? '' : (process.env?.[apiKeyVariable] ?? '');
}
