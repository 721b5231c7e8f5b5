import * as vscode from 'vscode';
import { type ExtraHeaders, placeholderOf, secretNames } from '../../core/claude/extra-headers.ts';
import { openSetting } from '../settings-reader.ts';
import { askForSecret } from './ask-for-secret.ts';
import { StoredSecrets } from './stored-secrets.ts';

interface Choice extends vscode.QuickPickItem {
  readonly run: () => Promise<void>;
}

/** Sets, replaces or removes one of the secrets that the header settings name. */
export async function setHeaderSecret(
  headers: ExtraHeaders,
  storage: vscode.SecretStorage,
): Promise<void> {
  const names = secretNames(headers);
  if (names.length === 0) {
    await tellThatNoneIsNamed();
    return;
  }
  const stored = new StoredSecrets(storage);
  const offered = await Promise.all(names.map((name) => choicesFor(name, stored)));
  const chosen = await vscode.window.showQuickPick(offered.flat(), {
    title: vscode.l10n.t('Secrets of the Request Headers'),
  });
  await chosen?.run();
}

async function choicesFor(name: string, stored: StoredSecrets): Promise<readonly Choice[]> {
  const isStored = (await stored.get(name)) !== null;
  const set = async (): Promise<void> => {
    if ((await askForSecret(name, stored)) !== null) say(vscode.l10n.t('Secret saved'));
  };
  const remove = async (): Promise<void> => {
    await stored.remove(name);
    say(vscode.l10n.t('Secret removed'));
  };
  if (!isStored) {
    return [{ label: name, description: vscode.l10n.t('not stored yet'), run: set }];
  }
  return [
    { label: name, description: vscode.l10n.t('stored'), run: set },
    { label: vscode.l10n.t('Remove “{0}”', name), run: remove },
  ];
}

function say(message: string): void {
  vscode.window.setStatusBarMessage(message, 5000);
}

async function tellThatNoneIsNamed(): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'No request header needs a secret. In the setting {0} a value can name one: {1}.',
      'claudeStream.headers',
      placeholderOf('gateway'),
    ),
    open,
  );
  if (pressed === open) openSetting('headers');
}
