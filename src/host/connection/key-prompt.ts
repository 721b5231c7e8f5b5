import * as vscode from 'vscode';
import { findKeyProblem } from '../../core/claude/api-key.ts';
import type { Claude } from '../../core/claude/claude.ts';
import { describeFailure } from '../../core/claude/describe-failure.ts';
import type { FilledHeaders } from '../../core/claude/extra-headers.ts';
import { reportUnusableBaseUrl, type SettingsReader } from '../settings-reader.ts';
import type { ApiKeyStore } from './api-key.ts';
import type { Connections } from './connections.ts';
import { HeaderSecretStore, resolveHeaders } from './header-secrets.ts';
import { SecretOrigins } from './secret-origins.ts';
import { askForHeaderSecret } from './set-header-secret.ts';

const keysPage = 'https://platform.claude.com/settings/keys';

/** Makes a connection with a key that isn't stored yet. */
export type ConnectWithKey = (key: string) => Promise<Claude>;

/**
 * Asks for the API key and checks it with the API. Null where the user thought better of it.
 * A key that the API could not be asked about is taken when the user presses Enter once more.
 */
export function askForKey(origin: string, connectWith: ConnectWithKey): Promise<string | null> {
  const input = vscode.window.createInputBox();
  const getKey: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('link-external'),
    tooltip: vscode.l10n.t('Get a Key'),
  };
  input.title = vscode.l10n.t('Anthropic API Key');
  input.prompt = vscode.l10n.t('Kept in VS Code’s secret storage and sent to {0} alone.', origin);
  input.placeholder = 'sk-ant-…';
  input.password = true;
  input.ignoreFocusOut = true;
  input.buttons = [getKey];

  const checking = new AbortController();
  /** The key that could not be checked; the same once more is taken as it is. */
  let unchecked: string | null = null;

  return new Promise((resolve) => {
    const accept = async (): Promise<void> => {
      const key = input.value.trim();
      const problem = shapeProblem(key);
      if (problem !== undefined) {
        input.validationMessage = problem;
        return;
      }
      if (key === unchecked) {
        finish(key);
        return;
      }
      input.busy = true;
      input.enabled = false;
      input.validationMessage = undefined;
      const claude = await connectWith(key);
      const checked = await claude.checkKey(checking.signal);
      // Closed meanwhile: there is nothing left to write into.
      if (checking.signal.aborted) return;
      input.busy = false;
      input.enabled = true;
      if (checked.ok) {
        finish(key);
      } else if (checked.failure.kind === 'auth') {
        input.validationMessage = vscode.l10n.t('The API does not accept this key.');
      } else {
        unchecked = key;
        const { message } = describeFailure(checked.failure, vscode.l10n);
        input.validationMessage = {
          message: vscode.l10n.t('{0} Press Enter to keep the key unchecked.', message),
          severity: vscode.InputBoxValidationSeverity.Warning,
        };
      }
    };
    const finish = (key: string | null): void => {
      resolve(key);
      checking.abort();
      input.dispose();
    };
    input.onDidChangeValue((value) => {
      unchecked = null;
      const key = value.trim();
      input.validationMessage = key === '' ? undefined : shapeProblem(key);
    });
    input.onDidAccept(() => void accept());
    input.onDidTriggerButton(() => void vscode.env.openExternal(vscode.Uri.parse(keysPage)));
    input.onDidHide(() => finish(null));
    input.show();
  });
}

function shapeProblem(key: string): string | undefined {
  switch (findKeyProblem(key)) {
    case 'empty':
      return vscode.l10n.t('Enter a key.');
    case 'illegal-character':
      return vscode.l10n.t('A key has no spaces, line breaks or accented characters.');
    case null:
      return undefined;
  }
}

interface KeyPromptServices {
  readonly keys: Pick<ApiKeyStore, 'get' | 'set'>;
  readonly settings: Pick<SettingsReader, 'read'>;
  readonly secrets: vscode.SecretStorage;
  readonly connections: Pick<Connections, 'connect' | 'open'>;
}

/** Asks for the API key and the secrets of the headers where they are missing. */
export class KeyPrompt {
  readonly #services: KeyPromptServices;
  /** What the user is being asked: several questions at once wait for one answer. */
  #confirming: Promise<boolean> | null = null;

  constructor(services: KeyPromptServices) {
    this.#services = services;
  }

  /**
   * Whether the base URL can be used, there is a key and all that the headers need, and they may be
   * sent there, after asking for what was missing.
   */
  async ensureKey(): Promise<boolean> {
    const baseUrl = this.usableBaseUrl();
    if (baseUrl === null) return false;
    if ((await this.#services.keys.get()) === null) return this.askAndStore();
    return (await this.#headers(baseUrl)) !== null && (await this.confirmOrigin(baseUrl));
  }

  /** Whether the key and the secrets that there are may be sent to the base URL; asks once. */
  confirmOrigin(baseUrl: string): Promise<boolean> {
    this.#confirming ??= this.#confirm(baseUrl, true).finally(() => {
      this.#confirming = null;
    });
    return this.#confirming;
  }

  /** Null where the base URL can't be used; the user is told why. */
  usableBaseUrl(): string | null {
    const { baseUrl } = this.#services.settings.read();
    if (typeof baseUrl === 'string') return baseUrl;
    // Detached: the message stays until it is closed, and it doesn't reject.
    void reportUnusableBaseUrl(baseUrl);
    return null;
  }

  /** Asks for a key even where there is one. False where the user gave none. */
  async askAndStore(): Promise<boolean> {
    const baseUrl = this.usableBaseUrl();
    if (baseUrl === null) return false;
    // The key is checked with them.
    const headers = await this.#headers(baseUrl);
    if (headers === null || !(await this.#confirm(baseUrl, false))) return false;
    const key = await askForKey(new URL(baseUrl).origin, (candidate) =>
      this.#services.connections.connect(baseUrl, candidate, headers),
    );
    if (key === null) return false;
    await this.#services.keys.set(key, new URL(baseUrl).origin);
    return true;
  }

  /** Null where a key or a header's secret is missing, and the user gave none. */
  async open(): Promise<Claude | null> {
    return (await this.ensureKey()) ? this.#services.connections.open() : null;
  }

  #headers(baseUrl: string): Promise<FilledHeaders | null> {
    return resolveHeaders(
      this.#services.settings.read().headers,
      this.#services.secrets,
      (name, stored) => askForHeaderSecret(name, stored, new URL(baseUrl).origin),
    );
  }

  async #confirm(baseUrl: string, withKey: boolean): Promise<boolean> {
    const { keys, secrets, settings } = this.#services;
    const key = withKey ? await keys.get() : null;
    const named = await new HeaderSecretStore(secrets).inUse(settings.read().headers);
    const carried = key === null ? named : [key, ...named];
    return new SecretOrigins(secrets).confirm(carried, new URL(baseUrl).origin);
  }
}
