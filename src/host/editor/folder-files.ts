import * as vscode from 'vscode';

/** What a folder holds: nothing where it isn't there, or may not be read. */
export async function listFolder(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}

/** Folders that hold what nobody wrote by hand. */
const skipped: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'node_modules']);

/**
 * The files among what is given and in its folders, at every depth, at most so many. Links inside a
 * folder aren't followed: a workspace may link to whatever it likes. What can't be read is passed
 * on as a file, and fails as one.
 */
export async function filesIn(
  uris: readonly vscode.Uri[],
  most: number,
): Promise<{ readonly files: readonly vscode.Uri[]; readonly hasFolder: boolean }> {
  const files = new Map<string, vscode.Uri>();
  const folders: vscode.Uri[] = [];
  for (const uri of uris) {
    if (await isFolder(uri)) folders.push(uri);
    else files.set(uri.toString(), uri);
  }
  const hasFolder = folders.length > 0;
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    if (files.size >= most) break;
    for (const [name, type] of await listFolder(next)) {
      const uri = vscode.Uri.joinPath(next, name);
      if (type === vscode.FileType.File) files.set(uri.toString(), uri);
      else if (type === vscode.FileType.Directory && !skipped.has(name)) folders.push(uri);
    }
  }
  return { files: [...files.values()].slice(0, most), hasFolder };
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

/** Whether it is a symbolic link, or in a folder of the workspace that is one. */
export async function isLinked(uri: vscode.Uri): Promise<boolean> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.path ?? null;
  for (
    let { path } = uri;
    path !== root && path !== '/';
    path = path.slice(0, path.lastIndexOf('/'))
  ) {
    try {
      const { type } = await vscode.workspace.fs.stat(uri.with({ path }));
      if ((type & vscode.FileType.SymbolicLink) !== 0) return true;
    } catch {
      // What can't be read fails as a file.
      return false;
    }
    if (root === null) return false;
  }
  return false;
}
