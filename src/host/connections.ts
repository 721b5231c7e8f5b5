import type * as vscode from 'vscode';
import { type Claude, loadConnect } from '../core/claude/claude.ts';
import type { ApiKeyStore } from './api-key/api-key-store.ts';
import type { SettingsReader } from './settings-reader.ts';

/** Opens connections to the API with the key and the settings as they are at that moment. */
export class Connections {
  readonly #keys: ApiKeyStore;
  readonly #settings: SettingsReader;
  readonly #log: vscode.LogOutputChannel;

  constructor(keys: ApiKeyStore, settings: SettingsReader, log: vscode.LogOutputChannel) {
    this.#keys = keys;
    this.#settings = settings;
    this.#log = log;
  }

  /** Whether there is a key, after offering to set one where there was none. */
  async ensureKey(): Promise<boolean> {
    return (await this.#keys.get()) !== null || (await this.askForKeyAndStore());
  }

  async askForKeyAndStore(): Promise<boolean> {
    const { askForKey } = await import('./api-key/ask-for-key.ts');
    const key = await askForKey((candidate) => this.#connect(candidate));
    if (key === null) return false;
    await this.#keys.set(key);
    return true;
  }

  /** Null where there is no key and the user gave none. */
  async open(): Promise<Claude | null> {
    if (!(await this.ensureKey())) return null;
    const key = await this.#keys.get();
    if (key === null) return null;
    this.#log.debug(`key: ${key.source}`);
    return this.#connect(key.value);
  }

  /** Null where there is no key; asks for none. */
  async openWithKey(): Promise<Claude | null> {
    const key = await this.#keys.get();
    return key === null ? null : this.#connect(key.value);
  }

  async #connect(apiKey: string): Promise<Claude> {
    const { baseUrl, idleTimeoutSeconds, maxRetries } = this.#settings.read();
    const connect = await loadConnect();
    return connect({
      apiKey,
      baseUrl,
      idleTimeoutMs: idleTimeoutSeconds * 1000,
      maxRetries,
      onListenerError: (error) => this.#log.error(error instanceof Error ? error : String(error)),
    });
  }
}
