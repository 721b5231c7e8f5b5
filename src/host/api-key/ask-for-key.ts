import * as vscode from 'vscode';
import { keyProblem } from '../../core/claude/api-key.ts';
import type { Claude } from '../../core/claude/claude.ts';
import { describeFailure } from '../../core/claude/describe-failure.ts';

const keysPage = 'https://platform.claude.com/settings/keys';

/** Makes a connection with a key that isn't stored yet. */
export type ConnectWith = (key: string) => Promise<Claude>;

/**
 * Asks for the API key and checks it with the API. Null where the user thought better of it.
 * A key that the API could not be asked about is taken when the user presses Enter once more.
 */
export function askForKey(connectWith: ConnectWith): Promise<string | null> {
  const input = vscode.window.createInputBox();
  const getKey: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('link-external'),
    tooltip: vscode.l10n.t('Get a Key'),
  };
  input.title = vscode.l10n.t('Anthropic API Key');
  input.prompt = vscode.l10n.t('Kept in VS Code’s secret storage and sent to the API alone.');
  input.placeholder = 'sk-ant-…';
  input.password = true;
  input.ignoreFocusOut = true;
  input.buttons = [getKey];

  const checking = new AbortController();
  /** The key that could not be checked; the same once more is taken as it is. */
  let unchecked: string | null = null;

  return new Promise((resolve) => {
    const accept = async (): Promise<void> => {
      const key = input.value.trim();
      const problem = shapeProblem(key);
      if (problem !== undefined) {
        input.validationMessage = problem;
        return;
      }
      if (key === unchecked) {
        finish(key);
        return;
      }
      input.busy = true;
      input.enabled = false;
      input.validationMessage = undefined;
      const claude = await connectWith(key);
      const checked = await claude.checkKey(checking.signal);
      // Closed meanwhile: there is nothing left to write into.
      if (checking.signal.aborted) return;
      input.busy = false;
      input.enabled = true;
      if (checked.ok) {
        finish(key);
      } else if (checked.failure.kind === 'auth') {
        input.validationMessage = vscode.l10n.t('The API does not accept this key.');
      } else {
        unchecked = key;
        const { message } = describeFailure(checked.failure, vscode.l10n);
        input.validationMessage = {
          message: vscode.l10n.t('{0} Press Enter to keep the key unchecked.', message),
          severity: vscode.InputBoxValidationSeverity.Warning,
        };
      }
    };
    const finish = (key: string | null): void => {
      resolve(key);
      checking.abort();
      input.dispose();
    };
    input.onDidChangeValue((value) => {
      unchecked = null;
      const key = value.trim();
      input.validationMessage = key === '' ? undefined : shapeProblem(key);
    });
    input.onDidAccept(() => void accept());
    input.onDidTriggerButton(() => void vscode.env.openExternal(vscode.Uri.parse(keysPage)));
    input.onDidHide(() => finish(null));
    input.show();
  });
}

function shapeProblem(key: string): string | undefined {
  switch (keyProblem(key)) {
    case 'empty':
      return vscode.l10n.t('Enter a key.');
    case 'illegal-character':
      return vscode.l10n.t('A key has no spaces, line breaks or accented characters.');
    case null:
      return undefined;
  }
}
