import * as vscode from 'vscode';
import { resolveProxy } from '../../core/check/proxy.ts';
import type { CheckParts } from '../../core/check/run-check.ts';
import { createRedactor, type Redact } from '../../core/claude/api-key.ts';
import { findLiteralValues, findSecretNames } from '../../core/claude/extra-headers.ts';
import { toError } from '../../core/errors.ts';
import type { Receipt } from '../../core/usage/receipt.ts';
import type { Preflight } from '../ask/preflight.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { ApiKeyStore, Runtime } from './api-key.ts';
import { loadConnect } from './connections.ts';
import { HeaderSecretStore, resolveHeaders } from './header-secrets.ts';
import type { KeyPrompt } from './key-prompt.ts';

export interface GatherParts {
  readonly keys: ApiKeyStore;
  readonly settings: SettingsReader;
  readonly keyPrompt: Pick<KeyPrompt, 'confirmOrigin' | 'usableBaseUrl'>;
  readonly preflight: Pick<Preflight, 'connectionTest'>;
  readonly secrets: vscode.SecretStorage;
  readonly log: Pick<vscode.LogOutputChannel, 'error' | 'info'>;
  readonly runtime: Runtime;
  /** Puts the test's reply into the ledger: it was paid for like any other. */
  readonly recordReply: (id: string, receipt: Receipt) => void;
}

/** What a check is made with, and what takes out of its report what nobody may see. */
export interface CheckInputs {
  readonly check: Omit<CheckParts, 'confirmStream' | 'onStep' | 'signal'>;
  readonly redact: Redact;
}

/**
 * A reply that is silent for longer counts as stalled, in milliseconds: somebody waits for the
 * check.
 */
const maxSilenceMs = 30_000;

/**
 * The key, the secrets and the settings as they are now. Asks for nothing that is missing. Null
 * where the base URL can't be used, or the user doesn't want the secrets sent there.
 */
export async function gatherCheckInputs(parts: GatherParts): Promise<CheckInputs | null> {
  const baseUrl = parts.keyPrompt.usableBaseUrl();
  if (baseUrl === null || !(await parts.keyPrompt.confirmOrigin(baseUrl))) return null;
  const settings = { ...parts.settings.read(), baseUrl };
  const { authorization, idleTimeoutSeconds, prices } = settings;
  const key = await parts.keys.get();
  const filled = await resolveHeaders(settings.headers, parts.secrets);
  const { headers, secrets } = filled ?? { headers: {}, secrets: [] };
  const missingSecrets = await findMissingSecrets(findSecretNames(settings.headers), parts.secrets);
  // A browser has no sockets, and can’t load this bundle.
  const sockets = await import('../../node/probe-sockets.ts').catch(() => null);
  const fromBrowser = parts.runtime === 'browser';
  const connect = await loadConnect();
  const http = vscode.workspace.getConfiguration('http');
  return {
    redact: createRedactor(key?.value ?? '', secrets, findLiteralValues(headers, secrets)),
    check: {
      settings,
      prices,
      credentials: { key, missingSecrets },
      proxy: fromBrowser
        ? { kind: 'browser' }
        : resolveProxy(baseUrl, {
            setting: http.get('proxy', ''),
            support: http.get('proxySupport', ''),
            bypass: http.get<string[]>('noProxy', []),
            environment: sockets?.environmentVariables() ?? {},
          }),
      probe: sockets?.probeSockets() ?? null,
      connect: (watched) =>
        connect({
          apiKey: key?.value ?? '',
          baseUrl,
          authorization,
          headers,
          secrets,
          fetch: watched,
          fromBrowser,
          idleTimeoutMs: Math.min(idleTimeoutSeconds * 1000, maxSilenceMs),
          maxRetries: 0,
          onListenerError: (error) => parts.log.error(toError(error)),
          onNote: (note) => parts.log.info(note),
        }),
      fetch: globalThis.fetch,
      testRequest: parts.preflight.connectionTest(),
      onReply: parts.recordReply,
      l10n: vscode.l10n,
    },
  };
}

async function findMissingSecrets(
  names: readonly string[],
  storage: vscode.SecretStorage,
): Promise<readonly string[]> {
  const stored = new HeaderSecretStore(storage);
  const found = await Promise.all(
    names.map(async (name) => ((await stored.get(name)) === null ? [name] : [])),
  );
  return found.flat();
}
