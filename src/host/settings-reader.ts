import * as vscode from 'vscode';
import { readSettings, type SettingProblem, type Settings } from '../core/settings.ts';

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

  #tell(problem: SettingProblem): void {
    const id = `${problem.name}=${JSON.stringify(problem.value)}`;
    if (this.#told.has(id)) return;
    this.#told.add(id);
    // The build turns this import into a chunk of its own.
    void import('./tell-bad-setting.ts').then(({ tellBadSetting }) => tellBadSetting(problem));
  }
}

export function openSetting(name: keyof Settings): void {
  void vscode.commands.executeCommand(
    'workbench.action.openSettings',
    `@id:${settingsSection}.${name}`,
  );
}
