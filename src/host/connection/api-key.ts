import type * as vscode from 'vscode';
import { defaultBaseUrl, findKeyProblem, readBaseUrl } from '../../core/claude/api-key.ts';
import { type SecretInUse, SecretOrigins } from './secret-origins.ts';

const secretName = 'claudeStream.apiKey';
/** The stored key's among the records of origins. */
const storedId = 'apiKey';

/** The variable that stands in where no key is stored. */
export const apiKeyVariable = 'ANTHROPIC_API_KEY';

export interface ApiKey extends SecretInUse {
  readonly source: 'stored' | 'environment';
}

/** The API key in VS Code's secret storage, or from the environment. */
export class ApiKeyStore {
  readonly #secrets: vscode.SecretStorage;
  readonly #origins: SecretOrigins;
  readonly #fromEnvironment: string;
  readonly #environmentOrigin: () => string | null;

  /**
   * @param fromEnvironment the value of `ANTHROPIC_API_KEY`; empty where it isn't set
   * @param environmentOrigin the origin that the environment's key is for
   */
  constructor(
    secrets: vscode.SecretStorage,
    fromEnvironment: string,
    environmentOrigin: () => string | null = environmentApiOrigin,
  ) {
    this.#secrets = secrets;
    this.#origins = new SecretOrigins(secrets);
    this.#fromEnvironment = fromEnvironment.trim();
    this.#environmentOrigin = environmentOrigin;
  }

  async get(): Promise<ApiKey | null> {
    const stored = await this.#secrets.get(secretName);
    if (stored !== undefined && findKeyProblem(stored) === null) {
      return { id: storedId, value: stored, source: 'stored', name: null, home: null };
    }
    if (findKeyProblem(this.#fromEnvironment) !== null) return null;
    const value = this.#fromEnvironment;
    const home = this.#environmentOrigin();
    return { id: 'environmentKey', value, source: 'environment', name: null, home };
  }

  /** True where `clear` would leave the environment's key in use. */
  get hasEnvironmentKey(): boolean {
    return findKeyProblem(this.#fromEnvironment) === null;
  }

  /** @param origin the only one that it may be sent to without asking */
  async set(value: string, origin: string): Promise<void> {
    // First, so that whoever hears of the key finds it bound.
    await this.#origins.bind(storedId, value, origin);
    await this.#secrets.store(secretName, value);
  }

  async clear(): Promise<void> {
    await this.#secrets.delete(secretName);
    await this.#origins.forget(storedId);
  }
}

/** What the extension host runs in: Node on a machine, or a browser's worker. */
export type Runtime = 'node' | 'browser';

/**
 * Node's, where there is one: a browser's worker has none, but another extension may bring its own.
 */
declare const process: { readonly env?: Record<string, string | undefined> } | undefined;

/**
 * The origin that the environment's key is for: that of `ANTHROPIC_BASE_URL`, or the API's own. It
 * leads no request there. Null where the variable holds no usable URL.
 */
function environmentApiOrigin(): string | null {
  const written = typeof process === 'undefined' ? '' : (process.env?.['ANTHROPIC_BASE_URL'] ?? '');
  if (written.trim() === '') return defaultBaseUrl;
  const baseUrl = readBaseUrl(written);
  return typeof baseUrl === 'string' ? new URL(baseUrl).origin : null;
}

/** The API key from the environment; empty where it isn't set. */
export function environmentApiKey(): string {
  return typeof process === 'undefined' ? '' : (process.env?.[apiKeyVariable] ?? '');
}
