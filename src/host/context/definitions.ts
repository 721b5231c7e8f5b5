import * as vscode from 'vscode';
import {
  attachmentLabel,
  type ContextAttachment,
  type SelectionAttachment,
} from '../../core/prompt/attachment.ts';
import { namesIn } from '../../core/prompt/names-in.ts';
import { enclosingBlock } from '../editor/enclosing-block.ts';
import { documentName } from '../editor/read-selections.ts';

/** A language server that takes longer has said what it says, in milliseconds. */
const longestWaitMs = 10_000;
const mostNames = 60;
const mostDefinitions = 12;
/** A longer definition goes without its end. */
const mostLines = 80;

/**
 * Where the names in a selection are defined, as the language server says: those in the workspace,
 * but not in the selection itself.
 */
export async function definitionsUsedIn(
  document: vscode.TextDocument,
  selection: vscode.Range,
): Promise<readonly ContextAttachment[]> {
  const names = namesIn(document.getText(selection)).slice(0, mostNames);
  const start = document.offsetAt(selection.start);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<readonly Defined[]>((resolve) => {
    timer = setTimeout(resolve, longestWaitMs, []);
  });
  const lists = await Promise.all(
    names.map(({ name, offset }) =>
      Promise.race([definitionsOf(document.uri, document.positionAt(start + offset), name), late]),
    ),
  );
  clearTimeout(timer);
  const found = new Map<string, Defined>();
  for (const defined of lists.flat()) {
    const isOwn = defined.uri.toString() === document.uri.toString();
    const isHere = isOwn && selection.intersection(defined.range) !== undefined;
    const key = `${defined.uri}#${defined.range.start.line}`;
    const isOurs = vscode.workspace.getWorkspaceFolder(defined.uri) !== undefined;
    if (!isHere && isOurs && !defined.uri.path.includes('/node_modules/') && !found.has(key)) {
      found.set(key, defined);
    }
  }
  const read = await Promise.all([...found.values()].slice(0, mostDefinitions).map(readDefinition));
  return read.filter((definition) => definition !== null);
}

interface Defined {
  readonly name: string;
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

async function definitionsOf(
  uri: vscode.Uri,
  position: vscode.Position,
  name: string,
): Promise<readonly Defined[]> {
  try {
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      uri,
      position,
    );
    return found.map((place) =>
      'targetUri' in place
        ? { name, uri: place.targetUri, range: place.targetRange }
        : { name, uri: place.uri, range: place.range },
    );
  } catch {
    // A provider of another extension failed: the question does without it.
    return [];
  }
}

/**
 * The whole function or class where the server told its name alone. Null where it can't be read.
 */
async function readDefinition({ name, uri, range }: Defined): Promise<ContextAttachment | null> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const block = range.isSingleLine ? await enclosingBlock(document, range) : null;
    const isBlock = block !== null && block.from - 1 === range.start.line;
    const from = range.start.line;
    const to = Math.min(isBlock ? block.to - 1 : range.end.line, from + mostLines - 1);
    const lines = { from: from + 1, to: to + 1 };
    const text = document.getText(new vscode.Range(from, 0, to, document.lineAt(to).text.length));
    const place: SelectionAttachment = {
      kind: 'selection',
      file: documentName(document),
      language: document.languageId,
      lines,
      text,
      surroundings: [],
    };
    const label = vscode.l10n.t('{0} in {1}', name, attachmentLabel(place, vscode.l10n));
    return { kind: 'definition', label, language: document.languageId, text };
  } catch {
    return null;
  }
}
