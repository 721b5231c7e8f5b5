import * as vscode from 'vscode';
import type { Settings } from '../../core/settings.ts';
import { displayBaseUrl, type SettingsReader, settingsSection } from '../settings-reader.ts';

/**
 * Asks whether others may use the key; a yes goes into the setting. Rejects where that can't be
 * written: then it was no consent.
 */
export async function askForModelPermission(
  settings: Pick<SettingsReader, 'read'>,
): Promise<boolean> {
  const allow = vscode.l10n.t('Allow');
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('May VS Code’s chat and other extensions ask Claude with your API key?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'What they send goes to {0}, and you pay for the replies. Each is counted in the status bar. The setting {1} keeps your answer.',
        displayBaseUrl(settings.read().baseUrl),
        `${settingsSection}.chatModels`,
      ),
    },
    allow,
  );
  if (pressed !== allow) return false;
  await vscode.workspace
    .getConfiguration(settingsSection)
    .update('chatModels', 'allow', vscode.ConfigurationTarget.Global);
  return true;
}

/**
 * The user's word that others may ask with their key. VS Code asks for none: any extension could
 * spend the user's money otherwise.
 */
export class ModelPermission {
  readonly #setting: () => Settings['chatModels'];
  readonly #ask: () => Promise<boolean>;
  /** What the user is being asked; or no, once they have said so in this window. */
  #answer: Promise<boolean> | undefined;

  /** @param ask asks the user, and keeps a yes in the setting */
  constructor(setting: () => Settings['chatModels'], ask: () => Promise<boolean>) {
    this.#setting = setting;
    this.#ask = ask;
  }

  async isGranted(): Promise<boolean> {
    switch (this.#setting()) {
      case 'allow':
        return true;
      case 'off':
        return false;
      case 'ask':
        this.#answer ??= this.#askOnce();
        return this.#answer;
    }
  }

  /** A yes is kept by the setting alone; a no for the window: nobody is to be worn down. */
  async #askOnce(): Promise<boolean> {
    let isRefused = false;
    try {
      const isAllowed = await this.#ask();
      isRefused = !isAllowed;
      return isAllowed;
    } finally {
      if (!isRefused) this.#answer = undefined;
    }
  }
}
