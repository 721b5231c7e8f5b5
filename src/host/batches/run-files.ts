import * as vscode from 'vscode';
import type { SkippedFile } from '../../core/batches/file-run.ts';
import { formatBytes } from '../../core/format-figures.ts';
import { isListOf, isObject, isOptional, isString } from '../../core/guard.ts';
import type { SelectionAttachment } from '../../core/prompt/attachment.ts';
import { filesIn, isLinked } from '../editor/folder-files.ts';

const isContributing = isObject({
  contributes: isObject({
    languages: isListOf(isObject({ id: isString, extensions: isOptional(isListOf(isString)) })),
  }),
});

/**
 * Tells a file's language by its ending, as the installed extensions say: to open hundreds of files
 * only to be told would start every language server. Plain text where nobody says.
 */
function createLanguageLookup(): (file: string) => string {
  const known = new Map<string, string>();
  for (const { packageJSON } of vscode.extensions.all) {
    if (!isContributing(packageJSON)) continue;
    for (const { id, extensions = [] } of packageJSON.contributes.languages) {
      for (const ending of extensions) {
        if (!known.has(ending.toLowerCase())) known.set(ending.toLowerCase(), id);
      }
    }
  }
  return (file) => {
    const name = file.slice(file.lastIndexOf('/') + 1).toLowerCase();
    // The longest ending first: `.d.ts` before `.ts`.
    for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) {
      const language = known.get(name.slice(at));
      if (language !== undefined) return language;
    }
    return 'plaintext';
  };
}

/** Larger files aren't sent: a quarter of a million tokens each would be a mistake. */
const maxFileBytes = 1_000_000;
/** Files that are read at the same time. */
const readConcurrency = 8;

export interface ReadFiles {
  /** Each whole, in the order given. */
  readonly files: readonly SelectionAttachment[];
  readonly leftOut: readonly SkippedFile[];
}

/**
 * Reads files as text: as they stand in their editors, else as they are on the disk. Links aren't
 * followed, whatever way they were chosen by.
 */
export async function readFiles(uris: readonly vscode.Uri[]): Promise<ReadFiles> {
  const languageOf = createLanguageLookup();
  const read: (SelectionAttachment | SkippedFile)[] = [];
  for (let from = 0; from < uris.length; from += readConcurrency) {
    const some = uris.slice(from, from + readConcurrency);
    read.push(...(await Promise.all(some.map((uri) => readFile(uri, languageOf)))));
  }
  return {
    files: read.filter((one) => 'kind' in one),
    leftOut: read.filter((one) => 'reason' in one),
  };
}

async function readFile(
  uri: vscode.Uri,
  languageOf: (file: string) => string,
): Promise<SelectionAttachment | SkippedFile> {
  const file = vscode.workspace.asRelativePath(uri);
  const leftOut = (reason: string): SkippedFile => ({ file, reason });
  if (await isLinked(uri)) return leftOut(vscode.l10n.t('it is a symbolic link'));
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
  let text: string;
  if (open !== undefined) text = open.getText();
  else {
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > maxFileBytes) return leftOut(tooLargeReason());
      const bytes = await vscode.workspace.fs.readFile(uri);
      try {
        text = await vscode.workspace.decode(bytes, { uri });
      } catch {
        return leftOut(binaryReason());
      }
    } catch {
      return leftOut(vscode.l10n.t('it can’t be read'));
    }
  }
  if (text.includes('\0')) return leftOut(binaryReason());
  // A stat may not know, and an open document has none.
  if (text.length > maxFileBytes) return leftOut(tooLargeReason());
  if (text.trim() === '') return leftOut(vscode.l10n.t('it is empty'));
  return {
    kind: 'selection',
    file,
    language: open?.languageId ?? languageOf(file),
    lines: { from: 1, to: text.replace(/\n$/, '').split('\n').length },
    text,
    surroundings: [],
    uri: key,
  };
}

function tooLargeReason(): string {
  return vscode.l10n.t('it is larger than {0}', formatBytes(maxFileBytes, vscode.l10n));
}

function binaryReason(): string {
  return vscode.l10n.t('it is binary data');
}

/** The most that one run takes. */
export const maxFiles = 1000;

interface FileRow extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/**
 * The files to run a prompt on: those that are given, where each is a file; else the user picks
 * from what is in the folders given, or in the workspace, or in an open dialog. Null where none is
 * chosen.
 */
export async function chooseFiles(
  uris: readonly vscode.Uri[],
): Promise<readonly vscode.Uri[] | null> {
  if (uris.length > 0) {
    const { files, hasFolder } = await filesIn(uris, maxFiles + 1);
    return hasFolder ? pickFiles(files, true) : files;
  }
  const found = await workspaceFiles();
  return found.length === 0 ? browse() : pickFiles(found, false);
}

async function workspaceFiles(): Promise<readonly vscode.Uri[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  if (folders.length === 0) return [];
  // Left out as in the search: `files.exclude`. Where nothing searches, the folders are read.
  const found = await vscode.workspace.findFiles('**/*', undefined, maxFiles + 1);
  return found.length > 0 ? found : (await filesIn(folders, maxFiles + 1)).files;
}

async function browse(): Promise<readonly vscode.Uri[] | null> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Choose'),
    title: vscode.l10n.t('Files to run a prompt on'),
  });
  return chosen ?? null;
}

/** @param all whether each is chosen at first; else those that are open in an editor */
function pickFiles(
  uris: readonly vscode.Uri[],
  all: boolean,
): Promise<readonly vscode.Uri[] | null> {
  const pick = vscode.window.createQuickPick<FileRow>();
  const elsewhere: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('folder-opened'),
    tooltip: vscode.l10n.t('Choose Elsewhere…'),
  };
  const rows = uris.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const shown = new Set(
    vscode.window.visibleTextEditors.map(({ document }) => document.uri.toString()),
  );
  pick.title = vscode.l10n.t('Run Prompt on Files');
  pick.placeholder = vscode.l10n.t('Choose the files');
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.buttons = [elsewhere];
  pick.items = rows.toSorted((a, b) => (a.label < b.label ? -1 : 1));
  pick.selectedItems = pick.items.filter(({ uri }) => all || shown.has(uri.toString()));
  return new Promise((resolve) => {
    const finish = (chosen: readonly vscode.Uri[] | null): void => {
      resolve(chosen);
      pick.dispose();
    };
    pick.onDidAccept(() => finish(pick.selectedItems.map(({ uri }) => uri)));
    pick.onDidTriggerButton(() => {
      resolve(browse());
      pick.dispose();
    });
    pick.onDidHide(() => finish(null));
    pick.show();
  });
}
