import * as vscode from 'vscode';
import type { SelectionAttachment } from '../../core/prompt/attachment.ts';
import type { PromptFile } from '../../core/prompt/prompt-file.ts';
import {
  type EditorValues,
  type EditorVariable,
  expandTemplate,
  getEditorVariables,
  getInputs,
  takesArguments,
} from '../../core/prompt/template.ts';
import { documentName, readWholeFile } from '../editor/read-selections.ts';

/** What prompts take from an editor, read at one moment. */
export interface EditorContext {
  readonly variables: EditorValues;
  /** Null where there is no editor, or nothing in its document. */
  readonly whole: SelectionAttachment | null;
}

/** @param folders the workspace's: what is outside of them has no place in them */
export function readEditorContext(
  editor: vscode.TextEditor | undefined,
  folders: readonly vscode.WorkspaceFolder[] = vscode.workspace.workspaceFolders ?? [],
): EditorContext {
  const uri = editor?.document.uri;
  const folder = folders.find((each) => uri !== undefined && isInside(each.uri, uri)) ?? folders[0];
  const workspaceValues = {
    workspaceFolder: folder === undefined ? null : toPath(folder.uri),
    workspaceFolderBasename: folder?.name ?? null,
  };
  if (editor === undefined) {
    return { variables: { ...noEditor, ...workspaceValues }, whole: null };
  }
  const { document, selections, selection } = editor;
  const file = documentName(document);
  const texts = selections
    .filter(({ isEmpty }) => !isEmpty)
    .toSorted((a, b) => a.start.compareTo(b.start))
    .map((range) => document.getText(range));
  const path = toPath(document.uri);
  const isInFolder = folder !== undefined && isInside(folder.uri, document.uri);
  const relativeFile = isInFolder
    ? document.uri.path.slice(folder.uri.path.length).replace(/^\/+/, '')
    : path;
  const fileBasename = baseName(file);
  const [fileBasenameNoExtension, fileExtname] = splitExtension(fileBasename);
  return {
    variables: {
      ...workspaceValues,
      selection: texts.join('\n\n') || null,
      file,
      relativeFile,
      relativeFileDirname: parentFolder(relativeFile) || '.',
      fileBasename,
      fileBasenameNoExtension,
      fileExtname,
      fileDirname: parentFolder(path),
      lineNumber: String(selection.active.line + 1),
      language: document.languageId,
    },
    whole: readWholeFile(document),
  };
}

const noEditor = {
  selection: null,
  file: null,
  relativeFile: null,
  relativeFileDirname: null,
  fileBasename: null,
  fileBasenameNoExtension: null,
  fileExtname: null,
  fileDirname: null,
  lineNumber: null,
  language: null,
};

function isInside(folder: vscode.Uri, uri: vscode.Uri): boolean {
  const isSameSystem = folder.scheme === uri.scheme && folder.authority === uri.authority;
  return isSameSystem && uri.path.startsWith(`${folder.path.replace(/\/$/, '')}/`);
}

/** As the machine that has the file writes it. */
function toPath({ scheme, fsPath, path }: vscode.Uri): string {
  return scheme === 'file' ? fsPath : path;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function parentFolder(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0));
}

/** As Node has it: a name that begins with its only dot has no extension. */
function splitExtension(name: string): readonly [stem: string, extension: string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}

/**
 * A prompt file's words, after asking for what is to be typed. Null where the user gave up, or the
 * editor has nothing of what it needs, which is said.
 * @param given its arguments, where they needn't be asked for
 */
export async function fillInPrompt(
  name: string,
  { template, argumentHint, unknownVariables }: PromptFile,
  editor: EditorValues,
  given: string | null,
): Promise<string | null> {
  const missing = [...getEditorVariables(template)].find((variable) => editor[variable] === null);
  if (missing !== undefined) {
    void vscode.window.showInformationMessage(missingSentence(missing, name));
    return null;
  }
  if (unknownVariables.length > 0) notifyUnknown(name, unknownVariables);
  // A hint without a place: what is typed is appended.
  const asksForArguments = (takesArguments(template) || argumentHint !== '') && given === null;
  const inputs = getInputs(template);
  const steps = inputs.size + (asksForArguments ? 1 : 0);
  let step = 0;
  const ask = async (label: string, placeHolder: string): Promise<string | undefined> => {
    step++;
    const title = steps === 1 ? name : vscode.l10n.t('{0} ({1} of {2})', name, step, steps);
    return vscode.window.showInputBox({ title, prompt: label, placeHolder, ignoreFocusOut: true });
  };
  const typedArguments = asksForArguments
    ? await ask(vscode.l10n.t('What goes with it'), argumentHint)
    : (given ?? '');
  if (typedArguments === undefined) return null;
  const values = new Map<string, string>();
  for (const [input, placeholder] of inputs) {
    const typed = await ask(input, placeholder);
    if (typed === undefined) return null;
    values.set(input, typed);
  }
  return expandTemplate(template, { arguments: typedArguments, inputs: values, editor });
}

const maxNamedVariables = 5;

function notifyUnknown(name: string, variables: readonly string[]): void {
  const list = variables.slice(0, maxNamedVariables).join(', ');
  const named = variables.length > maxNamedVariables ? `${list}, …` : list;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('“{0}” has variables that aren’t filled in: {1}', name, named),
  );
}

function missingSentence(missing: EditorVariable, name: string): string {
  switch (missing) {
    case 'selection':
      return vscode.l10n.t('“{0}” is about a selection: select some text first.', name);
    case 'workspaceFolder':
    case 'workspaceFolderBasename':
      return vscode.l10n.t('“{0}” is about a folder: open one first.', name);
    default:
      return vscode.l10n.t('“{0}” is about a file: open one in an editor first.', name);
  }
}
