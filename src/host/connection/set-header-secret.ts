import * as vscode from 'vscode';
import {
  type ExtraHeaders,
  findSecretNames,
  isHeaderValue,
  secretPlaceholder,
} from '../../core/claude/extra-headers.ts';
import { openSetting } from '../settings-reader.ts';
import { HeaderSecretStore } from './header-secrets.ts';

/**
 * Asks for a secret that the header settings name, and keeps it for an origin. Null where the user
 * gave none.
 */
export async function askForHeaderSecret(
  name: string,
  stored: HeaderSecretStore,
  origin: string,
): Promise<string | null> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Secret “{0}” for the Request Headers', name),
    prompt: vscode.l10n.t('Kept in VS Code’s secret storage and sent to {0} alone.', origin),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value === '' || isHeaderValue(value.trim())
        ? undefined
        : vscode.l10n.t('A header has no line breaks or accented characters.'),
  });
  const secret = typed?.trim() ?? '';
  if (secret === '') return null;
  await stored.set(name, secret, origin);
  return secret;
}

interface Choice extends vscode.QuickPickItem {
  readonly run: () => Promise<void>;
}

/** Sets, replaces or removes one of the secrets that the header settings name. */
export async function setHeaderSecret(
  headers: ExtraHeaders,
  storage: vscode.SecretStorage,
  origin: string,
): Promise<void> {
  const names = findSecretNames(headers);
  if (names.length === 0) {
    await notifyNoSecretNamed();
    return;
  }
  const stored = new HeaderSecretStore(storage);
  const offered = await Promise.all(names.map((name) => choicesFor(name, stored, origin)));
  const chosen = await vscode.window.showQuickPick(offered.flat(), {
    title: vscode.l10n.t('Secrets of the Request Headers'),
  });
  await chosen?.run();
}

async function choicesFor(
  name: string,
  stored: HeaderSecretStore,
  origin: string,
): Promise<readonly Choice[]> {
  const isStored = (await stored.get(name)) !== null;
  const set = async (): Promise<void> => {
    if ((await askForHeaderSecret(name, stored, origin)) !== null)
      showStatus(vscode.l10n.t('Secret saved'));
  };
  const remove = async (): Promise<void> => {
    await stored.remove(name);
    showStatus(vscode.l10n.t('Secret removed'));
  };
  if (!isStored) {
    return [{ label: name, description: vscode.l10n.t('not stored yet'), run: set }];
  }
  return [
    { label: name, description: vscode.l10n.t('stored'), run: set },
    { label: vscode.l10n.t('Remove “{0}”', name), run: remove },
  ];
}

function showStatus(message: string): void {
  vscode.window.setStatusBarMessage(message, 5000);
}

async function notifyNoSecretNamed(): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'No request header needs a secret. In the setting {0} a value can name one: {1}.',
      'claudeStream.headers',
      secretPlaceholder('gateway'),
    ),
    open,
  );
  if (pressed === open) openSetting('headers');
}
