import type * as vscode from 'vscode';
import type { Claude } from '../../core/claude/claude.ts';
import type { FilledHeaders } from '../../core/claude/extra-headers.ts';
import type { Connections } from '../connections.ts';
import { askForSecret } from '../headers/ask-for-secret.ts';
import { fillHeaders } from '../headers/fill-headers.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { ApiKeyStore } from './api-key-store.ts';
import { askForKey } from './ask-for-key.ts';

/** Asks for the API key and the secrets of the headers where they are missing. */
export class KeyPrompt {
  readonly #keys: ApiKeyStore;
  readonly #settings: SettingsReader;
  readonly #secrets: vscode.SecretStorage;
  readonly #connections: Connections;

  constructor(
    keys: ApiKeyStore,
    settings: SettingsReader,
    secrets: vscode.SecretStorage,
    connections: Connections,
  ) {
    this.#keys = keys;
    this.#settings = settings;
    this.#secrets = secrets;
    this.#connections = connections;
  }

  /** Whether there is a key and all that the headers need, after asking for what was missing. */
  async ensureKey(): Promise<boolean> {
    if ((await this.#keys.get()) === null) return this.askAndStore();
    return (await this.#headers()) !== null;
  }

  /** Asks for a key even where there is one. False where the user gave none. */
  async askAndStore(): Promise<boolean> {
    // The key is checked with them.
    const headers = await this.#headers();
    if (headers === null) return false;
    const key = await askForKey((candidate) => this.#connections.connect(candidate, headers));
    if (key === null) return false;
    await this.#keys.set(key);
    return true;
  }

  /** Null where a key or a header's secret is missing, and the user gave none. */
  async open(): Promise<Claude | null> {
    return (await this.ensureKey()) ? this.#connections.open() : null;
  }

  #headers(): Promise<FilledHeaders | null> {
    return fillHeaders(this.#settings.read().headers, this.#secrets, askForSecret);
  }
}
