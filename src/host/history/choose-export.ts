import * as vscode from 'vscode';
import { exportConversation, exportReply } from '../../core/conversation/export-markdown.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import { ConversationList, summaryOfLive } from './conversation-list.ts';
import type { HistoryDeps } from './history-deps.ts';
import { titleOf } from './listed-words.ts';
import { restoreConversation } from './restore-conversation.ts';

interface Choice extends vscode.QuickPickItem {
  readonly text: () => string;
  readonly take: (markdown: string) => Thenable<unknown>;
}

/** Offers a conversation, or its last reply alone, as a Markdown document or for the clipboard. */
export async function chooseAndExport(deps: HistoryDeps, id: string): Promise<void> {
  const exported = await branchOf(deps, id);
  const last = exported?.turns.at(-1);
  if (exported === null || last === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to export yet.'));
    return;
  }
  const whole = (): string => exportConversation(exported.title, exported.turns, vscode.l10n);
  const reply = (): string => exportReply(last.reply, vscode.l10n);
  const choices: readonly Choice[] = [
    { label: vscode.l10n.t('Open as Markdown'), text: whole, take: openMarkdown },
    { label: vscode.l10n.t('Copy as Markdown'), text: whole, take: copy },
    { label: vscode.l10n.t('Open Last Reply as Markdown'), text: reply, take: openMarkdown },
    { label: vscode.l10n.t('Copy Last Reply as Markdown'), text: reply, take: copy },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Export “{0}”', exported.title),
  });
  await chosen?.take(chosen.text());
}

/** The branch in view: of a panel as it is now, of any other as it was left. */
async function branchOf(
  { places, panels }: HistoryDeps,
  id: string,
): Promise<{ readonly title: string; readonly turns: readonly Turn[] } | null> {
  const shown = panels.find(id)?.conversation;
  const conversation = shown ?? (await restoreConversation(places, id))?.conversation ?? null;
  if (conversation === null) return null;
  const listed = (await new ConversationList(places).find(id)) ?? {
    name: null,
    title: summaryOfLive(conversation)?.title ?? '',
  };
  return { title: titleOf(listed), turns: conversation.branch };
}

async function openMarkdown(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
  await vscode.window.showTextDocument(document, { preview: false });
}

async function copy(markdown: string): Promise<void> {
  await vscode.env.clipboard.writeText(markdown);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied as Markdown.'), 3000);
}
