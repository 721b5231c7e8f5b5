import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { ListedPrompt, PromptList } from './list-prompts.ts';
import { type PromptRow, promptRows } from './prompt-rows.ts';

export interface PromptPickOptions {
  readonly title: string;
  readonly placeholder: string;
  /** Typed into the box already. */
  readonly filter: string;
  readonly list: Promise<PromptList>;
  /** Ids, the last used first. */
  readonly recents: readonly string[];
  readonly keeps: (prompt: ListedPrompt) => boolean;
}

/** Null where none was chosen. A file that can't be used opens, so that it can be mended. */
export function pickPrompt(options: PromptPickOptions): Promise<ListedPrompt | null> {
  const { title, placeholder, filter, list, recents, keeps } = options;
  const pick = vscode.window.createQuickPick<PromptRow>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.value = filter;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  const create: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('add'),
    tooltip: vscode.l10n.t('New Prompt…'),
  };
  pick.buttons = [create];
  const edit = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Edit') };
  const buttonsOf = ({ source }: ListedPrompt): vscode.QuickInputButton[] =>
    source.kind === 'built-in' ? [] : [edit];
  return new Promise((resolve) => {
    const finish = (chosen: ListedPrompt | null): void => {
      resolve(chosen);
      pick.dispose();
    };
    pick.onDidAccept(() => {
      const [row] = pick.selectedItems;
      if (row === undefined) return;
      const { prompt } = row;
      if (prompt === undefined) void vscode.commands.executeCommand('workbench.trust.manage');
      const isUsable =
        prompt !== undefined && (prompt.source.kind === 'built-in' || prompt.source.read.ok);
      finish(isUsable ? prompt : null);
      if (prompt !== undefined && !isUsable) open(prompt);
    });
    pick.onDidTriggerButton(() => {
      finish(null);
      void vscode.commands.executeCommand(commandIds.newPrompt);
    });
    pick.onDidTriggerItemButton(({ item: { prompt } }) => {
      finish(null);
      if (prompt !== undefined) open(prompt);
    });
    pick.onDidHide(() => finish(null));
    pick.show();
    void list.then(({ prompts, leavesOutWorkspace }) => {
      pick.items = promptRows(
        { prompts: prompts.filter(keeps), leavesOutWorkspace },
        recents,
        buttonsOf,
      );
      pick.busy = false;
    });
  });
}

function open({ source }: ListedPrompt): void {
  if (source.kind !== 'built-in') void vscode.commands.executeCommand('vscode.open', source.uri);
}
