import * as vscode from 'vscode';
import { openRepositories, type Repository } from './git.ts';

/**
 * The repository that is meant: the one whose menu was used, the only one, the one of the active
 * file, or one that is chosen. Null where there is none, which is said, or none was chosen.
 * @param given what a menu of the Source Control view brings along
 */
export async function pickRepository(given: unknown): Promise<Repository | null> {
  const open = await openRepositories();
  if (open === null || open.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No Git repository is open here.'));
    return null;
  }
  const meant = rootOf(given);
  const found = open.find(({ rootUri }) => rootUri.toString() === meant);
  if (found !== undefined) return found;
  const [only, ...others] = open;
  if (only !== undefined && others.length === 0) return only;
  return repositoryOfFile(open) ?? chosen(open);
}

function rootOf(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const root: unknown = Reflect.get(given, 'rootUri');
  return root instanceof vscode.Uri ? root.toString() : undefined;
}

/** The innermost: one repository may lie in another. */
function repositoryOfFile(open: readonly Repository[]): Repository | undefined {
  const path = vscode.window.activeTextEditor?.document.uri.path;
  if (path === undefined) return undefined;
  return open
    .filter(({ rootUri }) => path.startsWith(`${rootUri.path}/`))
    .toSorted((a, b) => b.rootUri.path.length - a.rootUri.path.length)[0];
}

async function chosen(open: readonly Repository[]): Promise<Repository | null> {
  const items = open.map((repository) => ({
    label: vscode.workspace.asRelativePath(repository.rootUri),
    repository,
  }));
  const title = vscode.l10n.t('Which Repository?');
  return (await vscode.window.showQuickPick(items, { title }))?.repository ?? null;
}
