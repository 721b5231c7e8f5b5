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
  readonly #reported = new Set<string>();

  read(): Settings {
    const configuration = vscode.workspace.getConfiguration(settingsSection);
    return readSettings(
      (name) => configuration.get<unknown>(name),
      (problem) => this.#reportProblem(problem),
    );
  }

  #reportProblem(problem: SettingProblem): void {
    const id = `${problem.name}=${JSON.stringify(problem.value)}`;
    if (this.#reported.has(id)) return;
    this.#reported.add(id);
    void tellBadSetting(problem);
  }
}

/** Shows the setting in VS Code's settings. */
export function settingCommand(
  name: keyof Settings,
): Pick<vscode.Command, 'command'> & { readonly arguments: [string] } {
  return {
    command: 'workbench.action.openSettings',
    arguments: [`@id:${settingsSection}.${name}`],
  };
}

export function openSetting(name: keyof Settings): void {
  const { command, arguments: given } = settingCommand(name);
  void vscode.commands.executeCommand(command, ...given);
}

/** Says what is wrong with a setting's value, what it must be, and what is used instead. */
async function tellBadSetting({ name, value, partial }: SettingProblem): Promise<void> {
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
  const pressed = await vscode.window.showWarningMessage(message, openSettings);
  if (pressed === openSettings) openSetting(name);
}

function defaultText(fallback: Settings[keyof Settings]): string {
  if (fallback === null) return 'default';
  return typeof fallback === 'object' ? JSON.stringify(fallback) : String(fallback);
}
