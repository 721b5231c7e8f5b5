import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Connections } from '../connections.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';

/** Chooses the model for all that is asked from then on. */
export function registerChooseModel(
  connections: Connections,
  settings: SettingsReader,
): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.chooseModel, async () => {
    const current = settings.read().model;
    const { pickModel } = await import('./pick-model.ts');
    const chosen = await pickModel(connections, current);
    if (chosen === null || chosen === current) return;
    await vscode.workspace
      .getConfiguration(settingsSection)
      .update('model', chosen, vscode.ConfigurationTarget.Global);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Claude model: {0}', chosen), 5000);
  });
}
