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

  #tell({ name, value, partial }: SettingProblem): void {
    const id = `${name}=${JSON.stringify(value)}`;
    if (this.#told.has(id)) return;
    this.#told.add(id);
    const rule = settingRules[name];
    const openSettings = vscode.l10n.t('Open Settings');
    const facts = [
      `${settingsSection}.${name}`,
      JSON.stringify(value),
      rule.expected(vscode.l10n),
    ] as const;
    const message = partial
      ? vscode.l10n.t('The setting {0} has {1}; it must be {2}. This part is left out.', ...facts)
      : vscode.l10n.t(
          'The setting {0} is {1}; it must be {2}. The default is used: {3}.',
          ...facts,
          defaultText(rule.fallback),
        );
    void vscode.window.showWarningMessage(message, openSettings).then((pressed) => {
      if (pressed === openSettings) openSetting(name);
    });
  }
}

function defaultText(fallback: Settings[keyof Settings]): string {
  if (fallback === null) return 'default';
  return typeof fallback === 'object' ? JSON.stringify(fallback) : String(fallback);
}

export function openSetting(name: keyof Settings): void {
  void vscode.commands.executeCommand(
    'workbench.action.openSettings',
    `@id:${settingsSection}.${name}`,
  );
}
