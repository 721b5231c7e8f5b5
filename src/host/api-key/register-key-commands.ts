import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Connections } from '../connections.ts';
import type { SettingsReader } from '../settings-reader.ts';
import { type ApiKeyStore, keyVariable } from './api-key-store.ts';

export function registerKeyCommands(
  keys: ApiKeyStore,
  connections: Connections,
  settings: SettingsReader,
  secrets: vscode.SecretStorage,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.setApiKey, async () => {
      if (await connections.askForKeyAndStore()) {
        vscode.window.setStatusBarMessage(vscode.l10n.t('API key saved'), 5000);
      }
    }),
    vscode.commands.registerCommand(commandIds.clearApiKey, async () => {
      await keys.clear();
      const message = keys.hasEnvironmentKey
        ? vscode.l10n.t(
            'The stored API key is gone. {0} from the environment is used.',
            keyVariable,
          )
        : vscode.l10n.t('The stored API key is gone.');
      void vscode.window.showInformationMessage(message);
    }),
    vscode.commands.registerCommand(commandIds.setHeaderSecret, async () => {
      const { setHeaderSecret } = await import('../headers/header-secrets.ts');
      await setHeaderSecret(settings.read().headers, secrets);
    }),
  );
}
