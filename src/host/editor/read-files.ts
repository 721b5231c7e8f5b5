import * as vscode from 'vscode';
import {
  type Attachment,
  createImageAttachment,
  type ImageAttachment,
  maxImageBytes,
  type SelectionAttachment,
} from '../../core/prompt/attachment.ts';
import { readWholeFile } from './read-selections.ts';

/** Reads whole files, each as its text or as an image, and says which of them can't be sent. */
export async function readFiles(uris: readonly vscode.Uri[]): Promise<readonly Attachment[]> {
  const files = await Promise.all(
    uris.map(async (uri) => (await readImage(uri)) ?? (await readText(uri))),
  );
  const unsendable = uris.filter((_, index) => files[index] === null);
  if (unsendable.length > 0) {
    const names = unsendable.map((uri) => vscode.workspace.asRelativePath(uri));
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has nothing that can be sent.', names.join(', ')),
    );
  }
  return files.filter((file) => file !== null);
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
