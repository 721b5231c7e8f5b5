import * as vscode from 'vscode';
import {
  createImageAttachment,
  type ImageAttachment,
  maxImageBytes,
  type SelectionAttachment,
} from '../../core/prompt/attachment.ts';
import { currentEditor, readWholeFile } from '../editor/read-selections.ts';
import type { Panels } from './panels.ts';

/**
 * Attaches whole files to the panel's next question, each as its text or as an image.
 * @param given the file that a menu was opened on; else the one in the editor
 * @param selected all that are selected there, the one of the menu among them
 */
export async function attachFile(
  panels: Pick<Panels, 'attach'>,
  given: unknown,
  selected?: unknown,
): Promise<void> {
  const uris = filesOf(given, selected);
  if (uris.length === 0) {
    showInfo(vscode.l10n.t('Open the file that should go with the question first.'));
    return;
  }
  const files = await Promise.all(
    uris.map(async (uri) => (await readImage(uri)) ?? (await readText(uri))),
  );
  const unsendable = uris.filter((_, index) => files[index] === null);
  if (unsendable.length > 0) {
    const names = unsendable.map((uri) => vscode.workspace.asRelativePath(uri));
    showInfo(vscode.l10n.t('{0} has nothing that can be sent.', names.join(', ')));
  }
  await panels.attach(files.filter((file) => file !== null));
}

function filesOf(given: unknown, selected: unknown): readonly vscode.Uri[] {
  const uris = Array.isArray(selected)
    ? selected.filter((uri: unknown) => uri instanceof vscode.Uri)
    : [];
  if (uris.length > 0) return uris;
  const uri = given instanceof vscode.Uri ? given : fileInUse();
  return uri === undefined ? [] : [uri];
}

/** An image has a tab, but no text editor. */
function fileInUse(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input.uri : currentEditor()?.document.uri;
}

async function readText(uri: vscode.Uri): Promise<SelectionAttachment | null> {
  const document = await openText(uri);
  return document === null ? null : readWholeFile(document);
}

/** Null where it is no image that the API takes, or a larger one. */
async function readImage(uri: vscode.Uri): Promise<ImageAttachment | null> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > maxImageBytes) return null;
    const bytes = await vscode.workspace.fs.readFile(uri);
    return createImageAttachment(vscode.workspace.asRelativePath(uri), base64(bytes));
  } catch {
    return null;
  }
}

/** In pieces: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8192) {
    text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  }
  return btoa(text);
}

/** Null where it is no text: VS Code refuses what is binary, too large or a folder. */
async function openText(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return null;
  }
}

function showInfo(sentence: string): void {
  void vscode.window.showInformationMessage(sentence);
}
