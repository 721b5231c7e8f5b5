import * as vscode from 'vscode';
import { errorCode } from '../../core/errors.ts';

/** Another window, or this one, has deleted the journal for good. */
export class JournalDeletedError extends Error {}

/**
 * Where journals are kept, each under the name of its conversation: letters, digits, `-` and `_`.
 */
export interface JournalStorage {
  /**
   * Resolves when the text is on the disk. Where it rejects, a part of the text may be there: the
   * caller makes the append again, whole.
   */
  append(name: string, text: string): Promise<void>;
  /** All that was appended, or null where there is no such journal. */
  read(name: string): Promise<string | null>;
  list(): Promise<readonly string[]>;
  delete(name: string): Promise<void>;
  /**
   * Deletes a journal for good: from then on no window reads or lists it, and appending to it
   * rejects with a `JournalDeletedError`. Where it rejects, some of its files may be left.
   */
  bury(name: string): Promise<void>;
  /** Buries every journal, one by one, also those that were set aside. */
  buryAll(): Promise<void>;
  /**
   * A reply has ended, a good moment for housekeeping. Never rejects: what fails stays as it is.
   */
  tidy(name: string): Promise<void>;
  /**
   * Puts another text in the place of all that was appended. What is appended meanwhile, here or in
   * another window, stays, behind it; what another window tidies meanwhile may be there twice.
   * @param leastFiles nothing is read or done where it is in fewer files
   */
  rewrite(name: string, change: (text: string) => string, leastFiles?: number): Promise<void>;
  /** Takes a journal out of the list but keeps its files, under the name that it gives. */
  setAside(name: string): Promise<string>;
  /** Deletes every journal, also those that were set aside. */
  clear(): Promise<void>;
}

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
