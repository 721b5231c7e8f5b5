import type * as vscode from 'vscode';
import {
  type ExtraHeaders,
  type FilledHeaders,
  fillIn,
  secretNames,
} from '../../core/claude/extra-headers.ts';
import { askForSecret } from './ask-for-secret.ts';
import { StoredSecrets } from './stored-secrets.ts';

/**
 * The headers with their secrets in them. Null where one is missing.
 * @param ask whether the user is asked for what is missing
 */
export async function fillHeaders(
  headers: ExtraHeaders,
  storage: vscode.SecretStorage,
  ask: boolean,
): Promise<FilledHeaders | null> {
  const stored = new StoredSecrets(storage);
  const secrets = new Map<string, string>();
  for (const name of secretNames(headers)) {
    const secret = (await stored.get(name)) ?? (ask ? await askForSecret(name, stored) : null);
    if (secret === null) return null;
    secrets.set(name, secret);
  }
  return { headers: fillIn(headers, secrets), secrets: [...secrets.values()] };
}
