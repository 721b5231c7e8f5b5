import * as vscode from 'vscode';
import { listBuiltInPrompts, toAnswerPrompt } from '../../core/prompt/built-in-prompts.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import { maxPromptBytes, type ReadPrompt, readPromptFile } from '../../core/prompt/prompt-file.ts';
import { listFolder } from '../editor/folder-files.ts';

/** A folder that prompt files are looked for in. */
interface PromptFolder {
  readonly kind: 'user' | 'workspace';
  /** The folder that `path` starts from. */
  readonly root: vscode.Uri;
  /** What the root is called, where there are several. */
  readonly rootName: string | null;
  readonly path: readonly string[];
  /** How the files' names end. */
  readonly ending: string;
  /** Whether folders in it are looked into: `.claude/commands`. */
  readonly isCommands: boolean;
}

/** A prompt file, read as far as it can be. */
export interface PromptFileEntry {
  readonly kind: PromptFolder['kind'];
  readonly uri: vscode.Uri;
  /** From its place and without its ending: `review`, `frontend/component`. */
  readonly name: string;
  /** Where it comes from, as a person would say it. */
  readonly displayPath: string;
  readonly read: ReadPrompt;
}

/** Nobody chooses among more; a folder of thousands isn't read for one list. */
const maxPromptFiles = 200;
const maxDepth = 4;

function userPromptFolder(folder: vscode.Uri): PromptFolder {
  return { kind: 'user', root: folder, rootName: null, path: [], ending: '.md', isCommands: false };
}

/** Where teams keep prompts for other tools. Only for workspaces that are trusted. */
function workspacePromptFolders(
  folders: readonly vscode.WorkspaceFolder[],
): readonly PromptFolder[] {
  return folders.flatMap(({ uri: root, name }) => {
    const workspace = {
      kind: 'workspace',
      root,
      rootName: folders.length > 1 ? name : null,
    } as const;
    return [
      { ...workspace, path: ['.claude', 'commands'], ending: '.md', isCommands: true },
      { ...workspace, path: ['.github', 'prompts'], ending: '.prompt.md', isCommands: false },
    ];
  });
}

/** The prompt files of a place by name; none where there is no such folder. Never rejects. */
async function findPromptFiles(place: PromptFolder): Promise<readonly PromptFileEntry[]> {
  let folder = place.root;
  for (const step of place.path) {
    folder = vscode.Uri.joinPath(folder, step);
    const type = await statType(folder);
    if (type === null) return [];
    // It may lead anywhere: what is read from there would be sent.
    if (isLink(type)) return [toFileEntry(place, folder, { ok: false, flaw: { kind: 'link' } })];
  }
  const uris = await listFiles(folder, place, maxDepth);
  const files = await Promise.all(
    uris.slice(0, maxPromptFiles).map(async ({ uri, type }) => {
      return toFileEntry(place, uri, await readPrompt(uri, type, place));
    }),
  );
  return files.toSorted((a, b) => a.name.localeCompare(b.name));
}

interface Entry {
  readonly uri: vscode.Uri;
  readonly type: vscode.FileType;
}

async function listFiles(
  folder: vscode.Uri,
  place: PromptFolder,
  depth: number,
): Promise<readonly Entry[]> {
  const entries = await listFolder(folder);
  const lists = await Promise.all(
    entries.map(async ([name, type]): Promise<readonly Entry[]> => {
      const uri = vscode.Uri.joinPath(folder, name);
      const isFolder = (type & vscode.FileType.Directory) !== 0;
      if (isFolder && isLink(type)) return place.isCommands ? [{ uri, type }] : [];
      if (isFolder) return place.isCommands && depth > 0 ? listFiles(uri, place, depth - 1) : [];
      return name.endsWith(place.ending) ? [{ uri, type }] : [];
    }),
  );
  return lists.flat();
}

async function statType(uri: vscode.Uri): Promise<vscode.FileType | null> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return null;
  }
}

async function readPrompt(
  uri: vscode.Uri,
  type: vscode.FileType,
  { kind, ending }: PromptFolder,
): Promise<ReadPrompt> {
  // A user may link their own files; a workspace's link may name any file of this machine.
  if (kind === 'workspace' && isLink(type)) return { ok: false, flaw: { kind: 'link' } };
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > maxPromptBytes) return { ok: false, flaw: { kind: 'too-large' } };
    // VS Code's files take inputs, not arguments: there `$1` is money.
    return await readPromptFile(await vscode.workspace.fs.readFile(uri), ending === '.md');
  } catch {
    return { ok: false, flaw: { kind: 'unreadable' } };
  }
}

function isLink(type: vscode.FileType): boolean {
  return (type & vscode.FileType.SymbolicLink) !== 0;
}

function toFileEntry(place: PromptFolder, uri: vscode.Uri, read: ReadPrompt): PromptFileEntry {
  const { kind, root, rootName, path, ending } = place;
  const inRoot = uri.path.slice(root.path.length).replace(/^\/+/, '');
  const inPlace = inRoot.slice(path.join('/').length).replace(/^\/+/, '') || inRoot;
  const name = inPlace.endsWith(ending) ? inPlace.slice(0, -ending.length) : inPlace;
  const where = rootName === null ? inRoot : `${rootName}/${inRoot}`;
  return { kind, uri, name, displayPath: where, read };
}

/** A prompt that can be chosen, or a file that says why it can't. */
export interface ListedPrompt {
  /** Says for good which one it is; no file's can be a built-in's. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly source: { readonly kind: 'built-in'; readonly prompt: Prompt } | PromptFileEntry;
}

export interface PromptList {
  readonly prompts: readonly ListedPrompt[];
  /** Whether there is a workspace whose prompts are left out, because it isn't trusted. */
  readonly leavesOutWorkspace: boolean;
}

/** What is asked of a workspace: whether it is trusted, and where it is. */
export type Workspace = Pick<typeof vscode.workspace, 'isTrusted' | 'workspaceFolders'>;

/** @param userFolder where the user's own prompts are */
export async function listPrompts(
  userFolder: vscode.Uri,
  workspace: Workspace = vscode.workspace,
): Promise<PromptList> {
  const { isTrusted, workspaceFolders = [] } = workspace;
  const places = [
    userPromptFolder(userFolder),
    ...(isTrusted ? workspacePromptFolders(workspaceFolders) : []),
  ];
  const found = await Promise.all(places.map(findPromptFiles));
  return {
    prompts: [...builtInPromptItems(), ...found.flat().map(toListedPrompt)],
    leavesOutWorkspace: !isTrusted && workspaceFolders.length > 0,
  };
}

function builtInPromptItems(): readonly ListedPrompt[] {
  return listBuiltInPrompts('answer', vscode.l10n).map((ours) => ({
    id: `built-in:${ours.name}`,
    name: ours.title,
    description: ours.description,
    source: { kind: 'built-in', prompt: toAnswerPrompt(ours) },
  }));
}

function toListedPrompt(source: PromptFileEntry): ListedPrompt {
  const { kind, uri, name, read } = source;
  const file = read.ok ? read.file : null;
  return {
    id: `${kind}:${uri.toString()}`,
    name: file?.name ?? name,
    description: file?.description ?? '',
    source,
  };
}
