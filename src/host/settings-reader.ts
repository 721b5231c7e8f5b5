import * as vscode from 'vscode';
import {
  readSettings,
  type SettingProblem,
  type Settings,
  settingRules,
} from '../core/settings.ts';

export const settingsSection = 'claudeStream';

/** Reads the settings as they are now, and tells of each bad value once. */
export class SettingsReader {
  readonly #told = new Set<string>();

  read(): Settings {
    const configuration = vscode.workspace.getConfiguration(settingsSection);
    return readSettings(
      (name) => configuration.get<unknown>(name),
      (problem) => this.#tell(problem),
    );
  }

  #tell({ name, value }: SettingProblem): void {
    const id = `${name}=${JSON.stringify(value)}`;
    if (this.#told.has(id)) return;
    this.#told.add(id);
    const rule = settingRules[name];
    const openSettings = vscode.l10n.t('Open Settings');
    const message = vscode.l10n.t(
      'The setting {0} is {1}; it must be {2}. The default is used: {3}.',
      `${settingsSection}.${name}`,
      JSON.stringify(value),
      rule.expected(vscode.l10n),
      rule.fallback === null ? 'default' : String(rule.fallback),
    );
    void vscode.window.showWarningMessage(message, openSettings).then((pressed) => {
      if (pressed === openSettings) openSetting(name);
    });
  }
}

export function openSetting(name: keyof Settings): void {
  void vscode.commands.executeCommand(
    'workbench.action.openSettings',
    `@id:${settingsSection}.${name}`,
  );
}
