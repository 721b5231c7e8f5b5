import type * as vscode from 'vscode';
import type { Capabilities } from '../core/claude/capabilities.ts';
import type { Claude, Connect } from '../core/claude/claude.ts';
import type { FilledHeaders } from '../core/claude/extra-headers.ts';
import { knownCapabilities } from '../core/claude/known-models.ts';
import type { Effort } from '../core/claude/request.ts';
import { Emitter } from '../core/emitter.ts';
import { toError } from '../core/errors.ts';
import type { ApiKeyStore } from './api-key/api-key-store.ts';
import type { Runtime } from './environment.ts';
import type { SettingsReader } from './settings-reader.ts';

/** The SDK is a bundle of its own (see esbuild.js), loaded by the first request. */
export async function loadConnect(): Promise<Connect> {
  return (await import('../core/claude/connect.ts')).connect;
}

/** Opens connections to the API with the key and the settings as they are at that moment. */
export class Connections {
  readonly runtime: Runtime;
  readonly #keys: ApiKeyStore;
  readonly #settings: SettingsReader;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #secrets: vscode.SecretStorage;
  readonly #learned = new Emitter<void>();
  readonly #toldLeftOut = new Set<string>();

  /**
   * @param memory keeps what the API tells of its models
   * @param secrets has those of the headers
   */
  constructor(
    keys: ApiKeyStore,
    settings: SettingsReader,
    memory: vscode.Memento,
    secrets: vscode.SecretStorage,
    log: vscode.LogOutputChannel,
    runtime: Runtime = 'node',
  ) {
    this.#keys = keys;
    this.#settings = settings;
    this.#memory = memory;
    this.#log = log;
    this.#secrets = secrets;
    this.runtime = runtime;
  }

  /** Fires when more is known of what models can do. */
  readonly onDidLearn = this.#learned.event;

  /** What the API has told; null where it hasn't yet. */
  capabilitiesOf(model: string): Capabilities | null {
    return knownCapabilities(this.#memory, this.#settings.read().baseUrl, model);
  }

  /** Whether there is a key and all that the headers need, after asking for what was missing. */
  async ensureKey(): Promise<boolean> {
    if ((await this.#keys.get()) === null) return this.askForKeyAndStore();
    return (await this.#headers(true)) !== null;
  }

  async askForKeyAndStore(): Promise<boolean> {
    // The key is checked with them.
    const headers = await this.#headers(true);
    if (headers === null) return false;
    const { askForKey } = await import('./api-key/ask-for-key.ts');
    const key = await askForKey((candidate) => this.#connect(candidate, headers));
    if (key === null) return false;
    await this.#keys.set(key);
    return true;
  }

  /** Null where there is no key, or a header's secret is missing, and the user gave none. */
  async open(): Promise<Claude | null> {
    return (await this.ensureKey()) ? this.openWithKey() : null;
  }

  /** Null where there is no key, or a header's secret is missing; asks for none. */
  async openWithKey(): Promise<Claude | null> {
    const [key, headers] = await Promise.all([this.#keys.get(), this.#headers(false)]);
    if (key === null || headers === null) return null;
    this.#log.debug(`key: ${key.source}`);
    return this.#connect(key.value, headers);
  }

  /** @param ask whether the user is asked for secrets that are missing */
  async #headers(ask: boolean): Promise<FilledHeaders | null> {
    const { headers } = this.#settings.read();
    if (Object.keys(headers).length === 0) return { headers, secrets: [] };
    const { fillHeaders } = await import('./headers/header-secrets.ts');
    return fillHeaders(headers, this.#secrets, ask);
  }

  async #connect(apiKey: string, headers: FilledHeaders): Promise<Claude> {
    const { baseUrl, authorization, idleTimeoutSeconds, maxRetries } = this.#settings.read();
    const connect = await loadConnect();
    return connect({
      apiKey,
      baseUrl,
      authorization,
      ...headers,
      fromBrowser: this.runtime === 'browser',
      idleTimeoutMs: idleTimeoutSeconds * 1000,
      maxRetries,
      onListenerError: (error) => this.#log.error(toError(error)),
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
