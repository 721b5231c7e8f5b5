import type * as vscode from 'vscode';
import {
  type ExtraHeaders,
  type FilledHeaders,
  fillHeaderSecrets,
  findSecretNames,
  isHeaderValue,
} from '../../core/claude/extra-headers.ts';
import { type SecretInUse, SecretOrigins } from './secret-origins.ts';

/** The secrets that the header settings name, in VS Code's secret storage. */
export class HeaderSecretStore {
  readonly #storage: vscode.SecretStorage;
  readonly #origins: SecretOrigins;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
    this.#origins = new SecretOrigins(storage);
  }

  /** Null where there is none that can stand in a header. */
  async get(name: string): Promise<string | null> {
    const stored = await this.#storage.get(secretKey(name));
    return stored !== undefined && isHeaderValue(stored) ? stored : null;
  }

  /** @param origin the only one that it may be sent to without asking */
  async set(name: string, value: string, origin: string): Promise<void> {
    await this.#origins.bind(originId(name), value, origin);
    await this.#storage.store(secretKey(name), value);
  }

  async remove(name: string): Promise<void> {
    await this.#storage.delete(secretKey(name));
    await this.#origins.forget(originId(name));
  }

  /** Those that headers name and that are stored. */
  async inUse(headers: ExtraHeaders): Promise<readonly SecretInUse[]> {
    const found = await Promise.all(
      findSecretNames(headers).map(async (name) => {
        const value = await this.get(name);
        return value === null ? [] : [{ id: originId(name), value, name, home: null }];
      }),
    );
    return found.flat();
  }
}

function originId(name: string): string {
  return `headerSecret.${name}`;
}

function secretKey(name: string): string {
  return `claudeStream.headerSecret.${name}`;
}

/**
 * The headers with their secrets in them. Null where one is missing.
 * @param ask gives a secret that isn't stored; null where there is none
 */
export async function resolveHeaders(
  headers: ExtraHeaders,
  storage: vscode.SecretStorage,
  ask: (name: string, stored: HeaderSecretStore) => Promise<string | null> = async () => null,
): Promise<FilledHeaders | null> {
  const stored = new HeaderSecretStore(storage);
  const secrets = new Map<string, string>();
  for (const name of findSecretNames(headers)) {
    const secret = (await stored.get(name)) ?? (await ask(name, stored));
    if (secret === null) return null;
    secrets.set(name, secret);
  }
  return { headers: fillHeaderSecrets(headers, secrets), secrets: [...secrets.values()] };
}
