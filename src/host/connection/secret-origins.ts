import * as vscode from 'vscode';
import { defaultBaseUrl } from '../../core/claude/api-key.ts';
import { type Guarded, isListOf, isObject, isString } from '../../core/guard.ts';
import { fingerprint, parseJson } from '../../core/seal.ts';
import { settingsSection } from '../settings-reader.ts';

/** A key or a header's secret that requests carry. */
export interface SecretInUse {
  /** Its own among all secrets. */
  readonly id: string;
  readonly value: string;
  /** The header secret's name; null for the API key. */
  readonly name: string | null;
  /** Where it may be sent by itself, because whoever set it said so elsewhere; null for nowhere. */
  readonly home: string | null;
}

const isRecord = isObject({ of: isString, origins: isListOf(isString) });
type OriginRecord = Guarded<typeof isRecord>;

const recordKey = (id: string): string => `${settingsSection}.origins.${id}`;

/**
 * Which origins (scheme, host and port) each secret may be sent to, beside the secrets in VS Code's
 * secret storage. A record counts for the value that it was made for alone.
 */
export class SecretOrigins {
  readonly #storage: vscode.SecretStorage;

  constructor(storage: vscode.SecretStorage) {
    this.#storage = storage;
  }

  /** Where a secret may be sent; empty where nobody has said. */
  async get({ id, value, home }: SecretInUse): Promise<readonly string[]> {
    const stored = await this.#storage.get(recordKey(id));
    const record = stored === undefined ? null : parseJson(stored);
    const agreed = isRecord(record) && record.of === fingerprint(value) ? record.origins : [];
    return home === null ? agreed : [home, ...agreed];
  }

  /** Binds a new secret to the origin that it was entered for, and to no other. */
  async bind(id: string, value: string, origin: string): Promise<void> {
    await this.#write(id, { of: fingerprint(value), origins: [origin] });
  }

  /** Adds an origin that the user has agreed to. */
  async agree(secret: SecretInUse, origin: string): Promise<void> {
    const origins = [...new Set([...(await this.get(secret)), origin])];
    await this.#write(secret.id, { of: fingerprint(secret.value), origins });
  }

  async forget(id: string): Promise<void> {
    await this.#storage.delete(recordKey(id));
  }

  /**
   * Returns the secrets that the user must agree to send to an origin. One that an earlier version
   * has stored is bound to the API's own origin by its first use there.
   */
  async findUnagreed(
    secrets: readonly SecretInUse[],
    origin: string,
  ): Promise<readonly SecretInUse[]> {
    const unagreed: SecretInUse[] = [];
    for (const secret of secrets) {
      const origins = await this.get(secret);
      if (origins.includes(origin)) continue;
      if (origins.length === 0 && origin === defaultBaseUrl) await this.agree(secret, origin);
      else unagreed.push(secret);
    }
    return unagreed;
  }

  /** Whether all may be sent to an origin, after asking the user about each that needs their word. */
  async confirm(secrets: readonly SecretInUse[], origin: string): Promise<boolean> {
    for (const secret of await this.findUnagreed(secrets, origin)) {
      if (!(await askToSend(secret, await this.get(secret), origin))) return false;
      await this.agree(secret, origin);
    }
    return true;
  }

  async #write(id: string, record: OriginRecord): Promise<void> {
    await this.#storage.store(recordKey(id), JSON.stringify(record));
  }
}

async function askToSend(
  { name }: SecretInUse,
  origins: readonly string[],
  origin: string,
): Promise<boolean> {
  const send = vscode.l10n.t('Send');
  const known = origins.join(', ');
  const keyMessage =
    known === ''
      ? vscode.l10n.t('Send the stored API key to {0}?', origin)
      : vscode.l10n.t('Send the API key that was set for {0} to {1}?', known, origin);
  const secretMessage =
    known === ''
      ? vscode.l10n.t('Send the stored header secret “{0}” to {1}?', name ?? '', origin)
      : vscode.l10n.t(
          'Send the header secret “{0}” that was set for {1} to {2}?',
          name ?? '',
          known,
          origin,
        );
  const detail = vscode.l10n.t(
    'The setting {0} leads there. You’re asked once for each server.',
    `${settingsSection}.baseUrl`,
  );
  const pressed = await vscode.window.showWarningMessage(
    name === null ? keyMessage : secretMessage,
    { modal: true, detail },
    send,
  );
  return pressed === send;
}
