import * as vscode from 'vscode';
import { filesIn } from './files-in.ts';

/** The most that one run takes. */
export const mostFiles = 1000;

interface FileRow extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/**
 * The files to run a prompt on: those that are given, where each is a file; else the user picks
 * from what is in the folders given, or in the workspace, or in an open dialog. Null where none is
 * chosen.
 */
export async function chooseFiles(
  given: readonly vscode.Uri[],
): Promise<readonly vscode.Uri[] | null> {
  if (given.length > 0) {
    const { files, hasFolder } = await filesIn(given, mostFiles + 1);
    return hasFolder ? pickFiles(files, true) : files;
  }
  const found = await workspaceFiles();
  return found.length === 0 ? browse() : pickFiles(found, false);
}

async function workspaceFiles(): Promise<readonly vscode.Uri[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  if (folders.length === 0) return [];
  // Left out as in the search: `files.exclude`. Where nothing searches, the folders are read.
  const found = await vscode.workspace.findFiles('**/*', undefined, mostFiles + 1);
  return found.length > 0 ? found : (await filesIn(folders, mostFiles + 1)).files;
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
