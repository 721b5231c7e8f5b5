import * as vscode from 'vscode';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';

/** Asks whether others may use the key; a yes goes into the setting. */
export async function askForModels(settings: SettingsReader): Promise<boolean> {
  const allow = vscode.l10n.t('Allow');
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('May VS Code’s chat and other extensions ask Claude with your API key?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'What they send goes to {0}, and you pay for the replies. Each is counted in the status bar. The setting {1} keeps your answer.',
        settings.read().baseUrl,
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
