import * as vscode from 'vscode';
import { isString } from '../../core/guard.ts';
import type { ContextAttachment } from '../../core/prompt/attachment.ts';

/*
 * What we use of the API, version 1, that VS Code's own Git extension exports. It is another
 * extension's value: it is looked at before it is used.
 */

const isFunction = (value: unknown): value is (...args: unknown[]) => unknown =>
  typeof value === 'function';

const isUri = (value: unknown): value is vscode.Uri => value instanceof vscode.Uri;

/** Its members may be on a prototype, which `isObject` doesn't look at. */
function isInstance(shape: Readonly<Record<string, (value: unknown) => boolean>>) {
  return (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shape).every(([key, guard]) => guard(Reflect.get(value, key)));
}

const isInputBox = isInstance({ value: isString });

/** A Git repository that is open in VS Code. */
export interface Repository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  /** As `git diff` prints it. @param cached what is staged, instead of what isn't */
  diff(cached: boolean): Promise<string>;
}

const looksLikeRepository = isInstance({
  rootUri: isUri,
  inputBox: isInputBox,
  diff: isFunction,
});

export const isRepository = (value: unknown): value is Repository => looksLikeRepository(value);

/** The open repositories; null where Git is switched off or isn't there. */
async function openRepositories(): Promise<readonly Repository[] | null> {
  try {
    const exported = await vscode.extensions.getExtension<unknown>('vscode.git')?.activate();
    if (!hasApi(exported)) return null;
    // Throws where Git is switched off.
    const api: unknown = exported.getAPI(1);
    if (typeof api !== 'object' || api === null) return null;
    const repositories: unknown = Reflect.get(api, 'repositories');
    return Array.isArray(repositories) ? repositories.filter(isRepository) : null;
  } catch {
    return null;
  }
}

function hasApi(value: unknown): value is { getAPI(version: number): unknown } {
  return typeof value === 'object' && value !== null && isFunction(Reflect.get(value, 'getAPI'));
}

/**
 * The repository that is meant: the one whose menu was used, the only one, the one of the active
 * file, or one that is chosen. Null where there is none, which is said, or none was chosen.
 * @param argument what a menu of the Source Control view brings along
 */
export async function pickRepository(argument: unknown): Promise<Repository | null> {
  const open = await openRepositories();
  if (open === null || open.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No Git repository is open here.'));
    return null;
  }
  const meant = rootFromArgument(argument);
  const found = open.find(({ rootUri }) => rootUri.toString() === meant);
  if (found !== undefined) return found;
  const [only, ...others] = open;
  if (only !== undefined && others.length === 0) return only;
  return repositoryOfFile(open) ?? chooseRepository(open);
}

function rootFromArgument(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const root: unknown = Reflect.get(argument, 'rootUri');
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

async function chooseRepository(open: readonly Repository[]): Promise<Repository | null> {
  const items = open.map((repository) => ({
    label: vscode.workspace.asRelativePath(repository.rootUri),
    repository,
  }));
  const title = vscode.l10n.t('Which Repository?');
  return (await vscode.window.showQuickPick(items, { title }))?.repository ?? null;
}

/** What is to be committed: what is staged, or else all changes of the working tree. */
export async function readDiff(
  repository: Repository,
  staged: boolean,
): Promise<ContextAttachment | null> {
  const text = await repository.diff(staged);
  if (text.trim() === '') return null;
  return {
    kind: 'diff',
    label: staged ? vscode.l10n.t('staged changes') : vscode.l10n.t('unstaged changes'),
    language: 'diff',
    text,
  };
}

/** What would be committed now, as Git's own button does it. Null where nothing has changed. */
export async function diffToCommit(repository: Repository): Promise<ContextAttachment | null> {
  return (await readDiff(repository, true)) ?? readDiff(repository, false);
}
