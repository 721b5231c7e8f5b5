import type * as vscode from 'vscode';
import {
  type ExtraHeaders,
  type FilledHeaders,
  fillIn,
  secretNames,
} from '../../core/claude/extra-headers.ts';
import { StoredSecrets } from './stored-secrets.ts';

/**
 * The headers with their secrets in them. Null where one is missing.
 * @param ask gives a secret that isn't stored; null where there is none
 */
export async function fillHeaders(
  headers: ExtraHeaders,
  storage: vscode.SecretStorage,
  ask: (name: string, stored: StoredSecrets) => Promise<string | null> = async () => null,
): Promise<FilledHeaders | null> {
  const stored = new StoredSecrets(storage);
  const secrets = new Map<string, string>();
  for (const name of secretNames(headers)) {
    const secret = (await stored.get(name)) ?? (await ask(name, stored));
    if (secret === null) return null;
    secrets.set(name, secret);
  }
  return { headers: fillIn(headers, secrets), secrets: [...secrets.values()] };
}
