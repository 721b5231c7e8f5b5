import * as vscode from 'vscode';
import { isHeaderText } from '../../core/claude/extra-headers.ts';
import type { StoredSecrets } from './stored-secrets.ts';

/** Asks for a secret that the header settings name, and keeps it. Null where the user gave none. */
export async function askForSecret(name: string, stored: StoredSecrets): Promise<string | null> {
  const given = await vscode.window.showInputBox({
    title: vscode.l10n.t('Secret “{0}” for the Request Headers', name),
    prompt: vscode.l10n.t('Kept in VS Code’s secret storage and sent to the base URL alone.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value === '' || isHeaderText(value.trim())
        ? undefined
        : vscode.l10n.t('A header has no line breaks or accented characters.'),
  });
  const secret = given?.trim() ?? '';
  if (secret === '') return null;
  await stored.set(name, secret);
  return secret;
}
