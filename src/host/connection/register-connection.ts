import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { SettingsReader } from '../settings-reader.ts';
import { type ApiKeyStore, apiKeyVariable } from './api-key.ts';
import { chooseEffort, notifyIgnoredEffort } from './choose-effort.ts';
import { chooseModel } from './choose-model.ts';
import type { Connections } from './connections.ts';
import type { KeyPrompt } from './key-prompt.ts';
import { notifyLoweredMaxTokens } from './lowered-max-tokens.ts';
import { setHeaderSecret } from './set-header-secret.ts';

export function registerKeyCommands(
  commands: Commands,
  keys: ApiKeyStore,
  keyPrompt: KeyPrompt,
  settings: SettingsReader,
  secrets: vscode.SecretStorage,
): vscode.Disposable {
  return vscode.Disposable.from(
    commands.register(commandIds.setApiKey, async () => {
      const isStored = await keyPrompt.askAndStore();
      if (isStored) vscode.window.setStatusBarMessage(vscode.l10n.t('API key saved'), 5000);
      return isStored;
    }),
    commands.register(commandIds.clearApiKey, async () => {
      await keys.clear();
      if (keys.hasEnvironmentKey) {
        // Whoever clears a key may not expect that there is another.
        void vscode.window.showInformationMessage(
          vscode.l10n.t(
            'The stored API key is gone. {0} from the environment is used.',
            apiKeyVariable,
          ),
        );
      } else {
        vscode.window.setStatusBarMessage(vscode.l10n.t('The stored API key is gone.'), 5000);
      }
    }),
    commands.register(commandIds.setHeaderSecret, async () => {
      const baseUrl = keyPrompt.usableBaseUrl();
      if (baseUrl === null) return;
      await setHeaderSecret(settings.read().headers, secrets, new URL(baseUrl).origin);
    }),
  );
}

interface ModelServices {
  readonly keyPrompt: KeyPrompt;
  readonly connections: Connections;
  readonly settings: SettingsReader;
}

/** Choose Model, Choose Effort, and what is said of settings that a model doesn't take. */
export function registerModelCommands(
  commands: Commands,
  { keyPrompt, connections, settings }: ModelServices,
): vscode.Disposable {
  return vscode.Disposable.from(
    commands.register(commandIds.chooseModel, () => chooseModel(keyPrompt, settings)),
    commands.register(commandIds.chooseEffort, () => chooseEffort(connections, settings)),
    notifyIgnoredEffort(connections),
    notifyLoweredMaxTokens(connections),
  );
}
