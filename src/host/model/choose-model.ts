import * as vscode from 'vscode';
import type { KeyPrompt } from '../api-key/key-prompt.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';
import { pickModel } from './pick-model.ts';

/** Chooses the model for all that is asked from then on. */
export async function chooseModel(
  keyPrompt: Pick<KeyPrompt, 'open'>,
  settings: SettingsReader,
): Promise<void> {
  const current = settings.read().model;
  const chosen = await pickModel(keyPrompt, current);
  if (chosen === null || chosen === current) return;
  await vscode.workspace
    .getConfiguration(settingsSection)
    .update('model', chosen, vscode.ConfigurationTarget.Global);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Claude model: {0}', chosen), 5000);
}
