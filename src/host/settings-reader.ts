import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import { describeBaseUrlProblem, type UnusableBaseUrl } from '../core/claude/api-key.ts';
import { isAnyObject, isObject } from '../core/guard.ts';
import {
  type NetworkSetting,
  networkSettings,
  readSettings,
  type SettingName,
  type SettingProblem,
  type Settings,
  settingRules,
} from '../core/settings.ts';

export const settingsSection = 'claudeStream';

/**
 * Reads the settings as they are now, and reports once each bad value, all of them in one message, and
 * each that isn't the user's own but would have to be.
 */
export class SettingsReader {
  readonly #reported = new Set<string>();
  readonly #ignored = new Set<NetworkSetting>();
  /** Found by the read that runs now. */
  #unreported: SettingProblem[] = [];

  read(): Settings {
    const configuration = vscode.workspace.getConfiguration(settingsSection);
    return readSettings(
      (name) => this.#valueOf(configuration, name),
      (problem) => this.#reportProblem(problem),
    );
  }

  /**
   * Reports the network settings in the workspace's files. VS Code ignores them itself, and its
   * configuration doesn't show them.
   */
  async reportIgnored(): Promise<void> {
    const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
    const files = workspaceFolders.map(({ uri }) =>
      vscode.Uri.joinPath(uri, '.vscode', 'settings.json'),
    );
    if (workspaceFile !== undefined && workspaceFile.scheme !== 'untitled')
      files.push(workspaceFile);
    const found = await Promise.all(files.map(readNetworkSettings));
    this.#reportIgnored(found.flat());
  }

  /** The user's own value of a network setting, also where VS Code would let another override it. */
  #valueOf(configuration: vscode.WorkspaceConfiguration, name: SettingName): unknown {
    const own = networkSettings.find((each) => each === name);
    const found = own === undefined ? undefined : configuration.inspect<unknown>(name);
    const isOverridden =
      found?.workspaceValue !== undefined || found?.workspaceFolderValue !== undefined;
    if (own === undefined || !isOverridden) return configuration.get<unknown>(name);
    this.#reportIgnored([own]);
    return found?.globalValue;
  }

  #reportIgnored(names: readonly NetworkSetting[]): void {
    const fresh = new Set(names.filter((name) => !this.#ignored.has(name)));
    if (fresh.size === 0) return;
    for (const name of fresh) this.#ignored.add(name);
    const listed = [...fresh].map((name) => `${settingsSection}.${name}`).join(', ');
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The workspace’s values of {0} were ignored: only your user settings can set them.',
        listed,
      ),
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

const isWorkspaceFile = isObject({ settings: isAnyObject });

/** The network settings in a settings file or a workspace file. Empty where it can't be read. */
async function readNetworkSettings(file: vscode.Uri): Promise<readonly NetworkSetting[]> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const contents: unknown = parse(text);
    if (!isAnyObject(contents)) return [];
    const settings = isWorkspaceFile(contents) ? contents.settings : contents;
    return networkSettings.filter((name) => `${settingsSection}.${name}` in settings);
  } catch {
    return [];
  }
}

/** The base URL, or the setting's name where it can't be used. */
export function displayBaseUrl(baseUrl: Settings['baseUrl']): string {
  return typeof baseUrl === 'string' ? baseUrl : `${settingsSection}.baseUrl`;
}

/** Says what is wrong with the base URL, and opens the setting. */
export async function reportUnusableBaseUrl(baseUrl: UnusableBaseUrl): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const message = describeBaseUrlProblem(baseUrl, vscode.l10n);
  if ((await vscode.window.showErrorMessage(message, open)) === open) openSetting('baseUrl');
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
  const shown = settingCommand(...names);
  void vscode.commands.executeCommand(shown.command, ...shown.arguments);
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
