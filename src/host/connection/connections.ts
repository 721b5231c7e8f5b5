import type * as vscode from 'vscode';
import type { Claude, Connect } from '../../core/claude/claude.ts';
import type { FilledHeaders } from '../../core/claude/extra-headers.ts';
import { type Capabilities, readKnownCapabilities } from '../../core/claude/model.ts';
import type { Effort } from '../../core/claude/request.ts';
import { Emitter } from '../../core/emitter.ts';
import { toError } from '../../core/errors.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { ApiKeyStore, Runtime } from './api-key.ts';
import { HeaderSecretStore, resolveHeaders } from './header-secrets.ts';
import { SecretOrigins } from './secret-origins.ts';

/** The SDK is a bundle of its own (see esbuild.js), loaded by the first request. */
export async function loadConnect(): Promise<Connect> {
  return (await import('../../core/claude/connect.ts')).connect;
}

export interface LeftOutEffort {
  readonly model: string;
  readonly effort: Effort;
}

/** A model that writes fewer tokens than the settings ask for. */
export interface LoweredMaxTokens {
  readonly model: string;
  readonly maxTokens: number;
}

interface ConnectionServices {
  readonly keys: Pick<ApiKeyStore, 'get'>;
  readonly settings: Pick<SettingsReader, 'read'>;
  /** Keeps what the API tells of its models. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  /** Has those of the headers. */
  readonly secrets: vscode.SecretStorage;
  readonly log: Pick<vscode.LogOutputChannel, 'debug' | 'error' | 'info'>;
}

/** Opens connections to the API with the key and the settings as they are at that moment. */
export class Connections {
  readonly runtime: Runtime;
  readonly #services: ConnectionServices;
  readonly #origins: SecretOrigins;
  readonly #headerSecrets: HeaderSecretStore;
  readonly #learned = new Emitter<void>();
  readonly #leftOut = new Emitter<LeftOutEffort>();
  readonly #lowered = new Emitter<LoweredMaxTokens>();

  constructor(services: ConnectionServices, runtime: Runtime = 'node') {
    this.#services = services;
    this.#origins = new SecretOrigins(services.secrets);
    this.#headerSecrets = new HeaderSecretStore(services.secrets);
    this.runtime = runtime;
  }

  /** Fires when more is known of what models can do. */
  readonly onDidLearnCapabilities = this.#learned.event;

  /** Fires when a request went without the effort that it asked for: its model doesn't take it. */
  readonly onDidLeaveOutEffort = this.#leftOut.event;

  /** Fires when a request asked for more tokens than its model writes, and was sent with fewer. */
  readonly onDidLowerMaxTokens = this.#lowered.event;

  /** What the API has told; null where it hasn't yet. */
  getCapabilities(model: string): Capabilities | null {
    const { baseUrl } = this.#services.settings.read();
    return typeof baseUrl === 'string'
      ? readKnownCapabilities(this.#services.memory, baseUrl, model)
      : null;
  }

  /**
   * Null where there is no key, a header's secret is missing, the base URL can't be used, or the
   * user hasn't agreed to send the secrets there. `KeyPrompt` asks for what is missing.
   */
  async open(): Promise<Claude | null> {
    const settings = this.#services.settings.read();
    const { baseUrl } = settings;
    if (typeof baseUrl !== 'string') return null;
    const [key, headers] = await Promise.all([
      this.#services.keys.get(),
      resolveHeaders(settings.headers, this.#services.secrets),
    ]);
    if (key === null || headers === null) return null;
    const carried = [key, ...(await this.#headerSecrets.inUse(settings.headers))];
    const { origin } = new URL(baseUrl);
    if ((await this.#origins.findUnagreed(carried, origin)).length > 0) return null;
    this.#services.log.debug(`key: ${key.source}`);
    return this.connect(baseUrl, key.value, headers);
  }

  /** Connects to a base URL that was checked, with a key that needn't be stored. */
  async connect(baseUrl: string, apiKey: string, headers: FilledHeaders): Promise<Claude> {
    const { authorization, idleTimeoutSeconds, maxRetries } = this.#services.settings.read();
    const connect = await loadConnect();
    return connect({
      apiKey,
      baseUrl,
      authorization,
      ...headers,
      fromBrowser: this.runtime === 'browser',
      idleTimeoutMs: idleTimeoutSeconds * 1000,
      maxRetries,
      onListenerError: (error) => this.#services.log.error(toError(error)),
      onNote: (note) => this.#services.log.info(note),
      models: {
        get: (name) => this.#services.memory.get(name),
        update: async (name, value) => {
          await this.#services.memory.update(name, value);
          this.#learned.fire();
        },
      },
      onMaxTokensLowered: (model, maxTokens) => this.#lowered.fire({ model, maxTokens }),
      onEffortDropped: (model, effort) => this.#leftOut.fire({ model, effort }),
    });
  }
}
