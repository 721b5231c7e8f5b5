import * as vscode from 'vscode';
import {
  readSettings,
  type SettingProblem,
  type Settings,
  settingRules,
} from '../core/settings.ts';

export const settingsSection = 'claudeStream';

/** Reads the settings as they are now, and tells of each bad value once, of all in one message. */
export class SettingsReader {
  readonly #reported = new Set<string>();
  /** Found by the read that runs now. */
  #unreported: SettingProblem[] = [];

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
    this.#unreported.push(problem);
    if (this.#unreported.length > 1) return;
    queueMicrotask(() => {
      void tellBadSettings(this.#unreported);
      this.#unreported = [];
    });
  }
}

/** Shows the settings in VS Code's. */
export function settingCommand(
  ...names: readonly (keyof Settings)[]
): Pick<vscode.Command, 'command'> & { readonly arguments: [string] } {
  return {
    command: 'workbench.action.openSettings',
    arguments: [`@id:${names.map((name) => `${settingsSection}.${name}`).join()}`],
  };
}

export function openSetting(...names: readonly (keyof Settings)[]): void {
  const { command, arguments: given } = settingCommand(...names);
  void vscode.commands.executeCommand(command, ...given);
}

/** Says what is wrong with values, what each must be, and what is used instead. */
async function tellBadSettings(problems: readonly SettingProblem[]): Promise<void> {
  const openSettings = vscode.l10n.t('Open Settings');
  const message = problems.map(describeProblem).join(' ');
  const pressed = await vscode.window.showWarningMessage(message, openSettings);
  if (pressed === openSettings) openSetting(...problems.map(({ name }) => name));
}

function describeProblem({ name, value, partial }: SettingProblem): string {
  const rule = settingRules[name];
  const facts = [
    `${settingsSection}.${name}`,
    JSON.stringify(value),
    rule.expected(vscode.l10n),
  ] as const;
  return partial
    ? vscode.l10n.t('The setting {0} has {1}; it must be {2}. This part is left out.', ...facts)
    : vscode.l10n.t(
        'The setting {0} is {1}; it must be {2}. The default is used: {3}.',
        ...facts,
        defaultText(rule.fallback),
      );
}

function defaultText(fallback: Settings[keyof Settings]): string {
  if (fallback === null) return 'default';
  return typeof fallback === 'object' ? JSON.stringify(fallback) : String(fallback);
}
