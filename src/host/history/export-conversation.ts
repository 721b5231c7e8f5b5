import * as vscode from 'vscode';
import type { Turn } from '../../core/conversation/conversation.ts';
import { exportConversation, exportReply } from '../../core/conversation/export-markdown.ts';
import { editorColumn } from '../editor/columns.ts';
import { ConversationList, conversationLabel, summarizeConversation } from './conversation-list.ts';
import { restoreConversation } from './conversation-store.ts';
import type { HistoryServices } from './manage-conversations.ts';

interface ExportChoice extends vscode.QuickPickItem {
  readonly text: () => string;
  readonly deliver: (markdown: string) => Thenable<unknown>;
}

/** Offers a conversation, or its last reply alone, as a Markdown document or for the clipboard. */
export async function chooseAndExport(deps: HistoryServices, id: string): Promise<void> {
  const exported = await findBranch(deps, id);
  const last = exported?.turns.at(-1);
  if (exported === null || last === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to export yet.'));
    return;
  }
  const whole = (): string => exportConversation(exported.title, exported.turns, vscode.l10n);
  const reply = (): string => exportReply(last.reply, vscode.l10n);
  const choices: readonly ExportChoice[] = [
    { label: vscode.l10n.t('Open as Markdown'), text: whole, deliver: openMarkdown },
    { label: vscode.l10n.t('Copy as Markdown'), text: whole, deliver: copyMarkdown },
    { label: vscode.l10n.t('Open Last Reply as Markdown'), text: reply, deliver: openMarkdown },
    { label: vscode.l10n.t('Copy Last Reply as Markdown'), text: reply, deliver: copyMarkdown },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Export “{0}”', exported.title),
  });
  await chosen?.deliver(chosen.text());
}

/** The branch in view: of a panel as it is now, of any other as it was left. */
async function findBranch(
  { storage: places, panels }: HistoryServices,
  id: string,
): Promise<{ readonly title: string; readonly turns: readonly Turn[] } | null> {
  const shown = panels.find(id)?.conversation;
  const conversation = shown ?? (await restoreConversation(places, id))?.conversation ?? null;
  if (conversation === null) return null;
  const listed = (await new ConversationList(places).find(id)) ?? {
    name: null,
    title: summarizeConversation(conversation)?.title ?? '',
  };
  return { title: conversationLabel(listed), turns: conversation.branch };
}

async function openMarkdown(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
  await vscode.window.showTextDocument(document, { viewColumn: editorColumn(), preview: false });
}

async function copyMarkdown(markdown: string): Promise<void> {
  await vscode.env.clipboard.writeText(markdown);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied as Markdown.'), 3000);
}
