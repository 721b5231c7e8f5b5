import * as vscode from 'vscode';
import { formatBytes } from '../../core/format-figures.ts';
import { maxPromptBytes, type PromptFlaw } from '../../core/prompt/prompt-file.ts';
import { commandIds } from '../command-ids.ts';
import type { ListedPrompt, PromptList } from './prompt-files.ts';

/** Why a file can't be used as a prompt. */
function flawSentence(flaw: PromptFlaw): string {
  switch (flaw.kind) {
    case 'link':
      return vscode.l10n.t('Not used: it is a link, which may lead out of the workspace.');
    case 'too-large':
      return vscode.l10n.t(
        'Not used: it is larger than {0}.',
        formatBytes(maxPromptBytes, vscode.l10n),
      );
    case 'binary':
      return vscode.l10n.t('Not used: it isn’t UTF-8 text.');
    case 'unreadable':
      return vscode.l10n.t('Not used: it can’t be read.');
    case 'empty':
      return vscode.l10n.t('Not used: it has no prompt in it.');
    case 'head':
      return flaw.message === null
        ? vscode.l10n.t('Not used: the closing --- is missing.')
        : vscode.l10n.t(
            'Not used: its front matter can’t be read. Line {0}: {1}',
            flaw.line,
            flaw.message,
          );
  }
}

/** A row of the list of prompts; without a prompt it says why prompts are left out. */
interface PromptRow extends vscode.QuickPickItem {
  readonly prompt?: ListedPrompt;
}

const maxRecent = 5;

/**
 * Recents first, then ours, the user's own, the workspace's; of each, those that can't be used last.
 * A recent one isn't listed twice.
 */
export function promptRows(
  { prompts, leavesOutWorkspace }: PromptList,
  recents: readonly string[],
  buttonsOf: (prompt: ListedPrompt) => vscode.QuickInputButton[],
): readonly PromptRow[] {
  const recent = recents
    .flatMap((id) => prompts.find((prompt) => prompt.id === id) ?? [])
    .slice(0, maxRecent);
  const row = (prompt: ListedPrompt): PromptRow => promptRow(prompt, buttonsOf(prompt));
  const others = prompts.filter((prompt) => !recent.includes(prompt));
  const of = (kind: ListedPrompt['source']['kind']): readonly PromptRow[] => {
    const [usable, unusable] = [true, false].map((wanted) =>
      others.filter((prompt) => prompt.source.kind === kind && isUsable(prompt) === wanted),
    );
    return [...(usable ?? []), ...(unusable ?? [])].map(row);
  };
  const workspace = leavesOutWorkspace ? [leftOutRow()] : of('workspace');
  return [
    ...section(vscode.l10n.t('Recent'), recent.map(row)),
    ...section(vscode.l10n.t('Built-in'), of('built-in')),
    ...section(vscode.l10n.t('Yours'), of('user')),
    ...section(vscode.l10n.t('Workspace'), workspace),
  ];
}

function isUsable({ source }: ListedPrompt): boolean {
  return source.kind === 'built-in' || source.read.ok;
}

function section(label: string, rows: readonly PromptRow[]): readonly PromptRow[] {
  if (rows.length === 0) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...rows];
}

function promptRow(prompt: ListedPrompt, buttons: vscode.QuickInputButton[]): PromptRow {
  const { name, source } = prompt;
  return {
    prompt,
    label: `$(${iconFor(prompt)}) ${withoutIcons(name)}`,
    description: source.kind === 'built-in' ? '' : originText(source.kind, source.displayPath),
    detail: withoutIcons(detailText(prompt)),
    buttons,
  };
}

function iconFor({ source }: ListedPrompt): string {
  switch (source.kind) {
    case 'built-in':
      return 'sparkle';
    case 'user':
      return source.read.ok ? 'account' : 'error';
    case 'workspace':
      return source.read.ok ? 'folder' : 'error';
  }
}

/** A workspace's prompt always says where it comes from. */
function originText(kind: 'user' | 'workspace', where: string): string {
  return kind === 'user' ? vscode.l10n.t('yours') : withoutIcons(where);
}

function detailText({ description, source }: ListedPrompt): string {
  if (source.kind === 'built-in') return description;
  if (!source.read.ok) return flawSentence(source.read.flaw);
  const { model, otherModel } = source.read.file;
  const asks = model === null ? '' : vscode.l10n.t('asks {0}', model);
  const other =
    otherModel === null
      ? ''
      : vscode.l10n.t(
          'names the model “{0}”, which isn’t one of Claude’s; yours answers',
          otherModel,
        );
  return [description, asks, other].filter((text) => text !== '').join(' · ');
}

function leftOutRow(): PromptRow {
  return {
    label: `$(workspace-untrusted) ${vscode.l10n.t('This workspace’s prompts are left out')}`,
    detail: vscode.l10n.t(
      'It isn’t trusted: files of it could ask in your name. Choose this to decide.',
    ),
    alwaysShow: true,
  };
}

/** Names and descriptions come from files: an icon in them could pass for one of ours. */
function withoutIcons(text: string): string {
  return text.replace(/\$\(/g, '$ (');
}

interface PromptPickOptions {
  readonly title: string;
  readonly placeholder: string;
  /** Typed into the box already. */
  readonly filter: string;
  readonly list: Promise<PromptList>;
  /** Ids, the last used first. */
  readonly recents: readonly string[];
  readonly isIncluded: (prompt: ListedPrompt) => boolean;
}

/** Null where none was chosen. A file that can't be used opens, so that it can be mended. */
export function pickPrompt(options: PromptPickOptions): Promise<ListedPrompt | null> {
  const { title, placeholder, filter, list, recents, isIncluded: keeps } = options;
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
      if (prompt !== undefined && !isUsable) openPromptFile(prompt);
    });
    pick.onDidTriggerButton(() => {
      finish(null);
      void vscode.commands.executeCommand(commandIds.newPrompt);
    });
    pick.onDidTriggerItemButton(({ item: { prompt } }) => {
      finish(null);
      if (prompt !== undefined) openPromptFile(prompt);
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

function openPromptFile({ source }: ListedPrompt): void {
  if (source.kind !== 'built-in') void vscode.commands.executeCommand('vscode.open', source.uri);
}
