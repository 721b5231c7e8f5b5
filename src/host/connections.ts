import type * as vscode from 'vscode';
import type { Capabilities } from '../core/claude/capabilities.ts';
import { type Claude, loadConnect } from '../core/claude/claude.ts';
import { knownCapabilities } from '../core/claude/known-models.ts';
import type { Effort } from '../core/claude/request.ts';
import { Emitter } from '../core/emitter.ts';
import type { ApiKeyStore } from './api-key/api-key-store.ts';
import type { SettingsReader } from './settings-reader.ts';

/** Opens connections to the API with the key and the settings as they are at that moment. */
export class Connections {
  readonly #keys: ApiKeyStore;
  readonly #settings: SettingsReader;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #learned = new Emitter<void>();
  readonly #toldLeftOut = new Set<string>();

  /** @param memory keeps what the API tells of its models */
  constructor(
    keys: ApiKeyStore,
    settings: SettingsReader,
    memory: vscode.Memento,
    log: vscode.LogOutputChannel,
  ) {
    this.#keys = keys;
    this.#settings = settings;
    this.#memory = memory;
    this.#log = log;
  }

  /** Fires when more is known of what models can do. */
  readonly onDidLearn = this.#learned.event;

  /** What the API has told; null where it hasn't yet. */
  capabilitiesOf(model: string): Capabilities | null {
    return knownCapabilities(this.#memory, this.#settings.read().baseUrl, model);
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
      models: {
        get: (name) => this.#memory.get(name),
        update: async (name, value) => {
          await this.#memory.update(name, value);
          this.#learned.fire();
        },
      },
      onEffortLeftOut: (model, effort) => this.#tellLeftOut(model, effort),
    });
  }

  /** Once in a session: the settings may well be meant for another model. */
  #tellLeftOut(model: string, effort: Effort): void {
    const said = `${effort} ${model}`;
    if (this.#toldLeftOut.has(said)) return;
    this.#toldLeftOut.add(said);
    import('./model/choose-effort.ts')
      .then(({ tellEffortLeftOut }) => tellEffortLeftOut(model, effort))
      .catch((error: unknown) => this.#log.error(String(error)));
  }
}
