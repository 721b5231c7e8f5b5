import * as vscode from 'vscode';

/** What a folder holds: nothing where it isn't there, or may not be read. */
export async function folderEntries(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
