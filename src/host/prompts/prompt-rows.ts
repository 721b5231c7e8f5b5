import * as vscode from 'vscode';
import { flawSentence } from './flaw-sentence.ts';
import type { ListedPrompt, PromptList } from './list-prompts.ts';

/** A row of the list of prompts; without a prompt it says why prompts are left out. */
export interface PromptRow extends vscode.QuickPickItem {
  readonly prompt?: ListedPrompt;
}

const mostRecent = 5;

/** Recents first, then ours, the user's own, the workspace's. A recent one isn't listed twice. */
export function promptRows(
  { prompts, leavesOutWorkspace }: PromptList,
  recents: readonly string[],
  buttonsOf: (prompt: ListedPrompt) => vscode.QuickInputButton[],
): readonly PromptRow[] {
  const recent = recents
    .flatMap((id) => prompts.find((prompt) => prompt.id === id) ?? [])
    .slice(0, mostRecent);
  const row = (prompt: ListedPrompt): PromptRow => promptRow(prompt, buttonsOf(prompt));
  const others = prompts.filter((prompt) => !recent.includes(prompt));
  const of = (kind: ListedPrompt['source']['kind']): readonly PromptRow[] =>
    others.filter(({ source }) => source.kind === kind).map(row);
  const workspace = leavesOutWorkspace ? [leftOutRow()] : of('workspace');
  return [
    ...section(vscode.l10n.t('Recent'), recent.map(row)),
    ...section(vscode.l10n.t('Built-in'), of('built-in')),
    ...section(vscode.l10n.t('Yours'), of('user')),
    ...section(vscode.l10n.t('Workspace'), workspace),
  ];
}

function section(label: string, rows: readonly PromptRow[]): readonly PromptRow[] {
  if (rows.length === 0) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...rows];
}

function promptRow(prompt: ListedPrompt, buttons: vscode.QuickInputButton[]): PromptRow {
  const { name, source } = prompt;
  return {
    prompt,
    label: `$(${iconOf(prompt)}) ${withoutIcons(name)}`,
    description: source.kind === 'built-in' ? '' : originOf(source.kind, source.where),
    detail: withoutIcons(detailOf(prompt)),
    buttons,
  };
}

function iconOf({ source }: ListedPrompt): string {
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
function originOf(kind: 'user' | 'workspace', where: string): string {
  return kind === 'user' ? vscode.l10n.t('yours') : withoutIcons(where);
}

function detailOf({ description, source }: ListedPrompt): string {
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
