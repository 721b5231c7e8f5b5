import * as vscode from 'vscode';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';

/**
 * The user's word that others may ask with their key. VS Code asks for none: any extension could
 * spend the user's money otherwise.
 */
export class ModelPermission {
  readonly #settings: SettingsReader;
  /** What the user is being asked, or has said in this window. */
  #asked: Promise<boolean> | undefined;

  constructor(settings: SettingsReader) {
    this.#settings = settings;
  }

  /** Rejects with `NoPermissions` where the user doesn't want it. */
  async demand(): Promise<void> {
    const { chatModels } = this.#settings.read();
    if (chatModels === 'allow') return;
    // Asked once a window: who says no isn't to be worn down.
    if (chatModels === 'ask') {
      this.#asked ??= this.#ask();
      if (await this.#asked) return;
    }
    throw vscode.LanguageModelError.NoPermissions(
      vscode.l10n.t('The setting {0} doesn’t allow this.', `${settingsSection}.chatModels`),
    );
  }

  async #ask(): Promise<boolean> {
    const allow = vscode.l10n.t('Allow');
    const pressed = await vscode.window.showWarningMessage(
      vscode.l10n.t('May VS Code’s chat and other extensions ask Claude with your API key?'),
      {
        modal: true,
        detail: vscode.l10n.t(
          'What they send goes to {0}, and you pay for the replies. Each is counted in the status bar. The setting {1} keeps your answer.',
          this.#settings.read().baseUrl,
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
}
