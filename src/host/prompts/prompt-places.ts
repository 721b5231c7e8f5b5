import * as vscode from 'vscode';
import { mostPromptBytes, type ReadPrompt, readPromptFile } from '../../core/prompt/prompt-file.ts';
import { folderEntries } from '../folder-entries.ts';

/** A folder that prompt files are looked for in. */
interface PromptPlace {
  readonly kind: 'user' | 'workspace';
  /** The folder that `path` starts from. */
  readonly root: vscode.Uri;
  /** What the root is called, where there are several. */
  readonly rootName: string | null;
  readonly path: readonly string[];
  /** How the files' names end. */
  readonly ending: string;
  /** Whether folders in it are looked into, and `$1` is known: `.claude/commands`. */
  readonly isCommands: boolean;
}

/** A prompt file, read as far as it can be. */
export interface FoundFile {
  readonly kind: PromptPlace['kind'];
  readonly uri: vscode.Uri;
  /** From its place and without its ending: `review`, `frontend/component`. */
  readonly name: string;
  /** Where it comes from, as a person would say it. */
  readonly where: string;
  readonly read: ReadPrompt;
}

/** Nobody chooses among more; a folder of thousands isn't read for one list. */
const mostFiles = 200;
const deepest = 4;

export function userPlace(folder: vscode.Uri): PromptPlace {
  return { kind: 'user', root: folder, rootName: null, path: [], ending: '.md', isCommands: false };
}

/** Where teams keep prompts for other tools. Only for workspaces that are trusted. */
export function workspacePlaces(
  folders: readonly vscode.WorkspaceFolder[],
): readonly PromptPlace[] {
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
export async function findPromptFiles(place: PromptPlace): Promise<readonly FoundFile[]> {
  let folder = place.root;
  for (const step of place.path) {
    folder = vscode.Uri.joinPath(folder, step);
    const type = await typeOf(folder);
    if (type === null) return [];
    // It may lead anywhere: what is read from there would be sent.
    if (isLink(type)) return [found(place, folder, { ok: false, flaw: { kind: 'link' } })];
  }
  const uris = await filesIn(folder, place, deepest);
  const files = await Promise.all(
    uris.slice(0, mostFiles).map(async ({ uri, type }) => {
      return found(place, uri, await read(uri, type, place));
    }),
  );
  return files.toSorted((a, b) => a.name.localeCompare(b.name));
}

interface Entry {
  readonly uri: vscode.Uri;
  readonly type: vscode.FileType;
}

async function filesIn(
  folder: vscode.Uri,
  place: PromptPlace,
  depth: number,
): Promise<readonly Entry[]> {
  const entries = await folderEntries(folder);
  const lists = await Promise.all(
    entries.map(async ([name, type]): Promise<readonly Entry[]> => {
      const uri = vscode.Uri.joinPath(folder, name);
      const isFolder = (type & vscode.FileType.Directory) !== 0;
      if (isFolder && isLink(type)) return place.isCommands ? [{ uri, type }] : [];
      if (isFolder) return place.isCommands && depth > 0 ? filesIn(uri, place, depth - 1) : [];
      return name.endsWith(place.ending) ? [{ uri, type }] : [];
    }),
  );
  return lists.flat();
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | null> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return null;
  }
}

async function read(
  uri: vscode.Uri,
  type: vscode.FileType,
  { kind, isCommands }: PromptPlace,
): Promise<ReadPrompt> {
  // A user may link their own files; a workspace's link may name any file of this machine.
  if (kind === 'workspace' && isLink(type)) return { ok: false, flaw: { kind: 'link' } };
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > mostPromptBytes) return { ok: false, flaw: { kind: 'too-large' } };
    return readPromptFile(await vscode.workspace.fs.readFile(uri), isCommands);
  } catch {
    return { ok: false, flaw: { kind: 'unreadable' } };
  }
}

function isLink(type: vscode.FileType): boolean {
  return (type & vscode.FileType.SymbolicLink) !== 0;
}

function found(place: PromptPlace, uri: vscode.Uri, read: ReadPrompt): FoundFile {
  const { kind, root, rootName, path, ending } = place;
  const inRoot = uri.path.slice(root.path.length).replace(/^\/+/, '');
  const inPlace = inRoot.slice(path.join('/').length).replace(/^\/+/, '') || inRoot;
  const name = inPlace.endsWith(ending) ? inPlace.slice(0, -ending.length) : inPlace;
  const where = rootName === null ? inRoot : `${rootName}/${inRoot}`;
  return { kind, uri, name, where, read };
}
