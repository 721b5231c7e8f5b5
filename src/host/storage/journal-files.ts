import * as vscode from 'vscode';
import { errorCode } from '../../core/errors.ts';

/**
 * What journals need of a file system. It rejects where there is no such file: see `isNotFound`.
 */
export interface JournalFiles {
  createDirectory(uri: vscode.Uri): PromiseLike<void>;
  delete(uri: vscode.Uri, options: { readonly recursive: boolean }): PromiseLike<void>;
  readDirectory(uri: vscode.Uri): PromiseLike<[string, vscode.FileType][]>;
  readFile(uri: vscode.Uri): PromiseLike<Uint8Array>;
  /** The caller sees to it that nothing is there yet. */
  rename(from: vscode.Uri, to: vscode.Uri): PromiseLike<void>;
  writeFile(uri: vscode.Uri, bytes: Uint8Array): PromiseLike<void>;
}

/**
 * The disk itself where there is one. VS Code's file system asks the window before each operation,
 * also where the files are on this side: while a window hangs, or once it is closed, nothing could
 * be written down.
 */
export async function journalFiles(root: vscode.Uri): Promise<JournalFiles> {
  if (root.scheme !== 'file') return vscode.workspace.fs;
  // A browser's worker has no Node, and can't load it.
  const node = await import('../../node/disk.ts').catch(() => null);
  return node?.disk ?? vscode.workspace.fs;
}

export function isNotFound(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'FileNotFound' || code === 'ENOENT';
}
