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
  /** What the eye beside a prompt does; left out where there is no eye. */
  readonly preview?: (prompt: ListedPrompt) => void;
}

interface RowButton extends vscode.QuickInputButton {
  readonly run: (prompt: ListedPrompt) => void;
}

/** Null where none was chosen. A file that can't be used opens, so that it can be mended. */
export function pickPrompt(options: PromptPickOptions): Promise<ListedPrompt | null> {
  const { title, placeholder, filter, list, recents, keeps, preview } = options;
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
  const buttonsOf = ({ source }: ListedPrompt): RowButton[] => [
    ...(preview === undefined || !(source.kind === 'built-in' || source.read.ok)
      ? []
      : [
          {
            iconPath: new vscode.ThemeIcon('eye'),
            tooltip: vscode.l10n.t('Preview Request'),
            run: preview,
          },
        ]),
    ...(source.kind === 'built-in'
      ? []
      : [{ iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Edit'), run: open }]),
  ];
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
    pick.onDidTriggerItemButton(({ button, item: { prompt } }) => {
      const pressed =
        prompt === undefined
          ? undefined
          : buttonsOf(prompt).find(({ tooltip }) => tooltip === button.tooltip);
      finish(null);
      if (prompt !== undefined) pressed?.run(prompt);
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
