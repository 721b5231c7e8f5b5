import * as vscode from 'vscode';
import {
  attachmentLabel,
  type ContextAttachment,
  type SelectionAttachment,
} from '../../core/prompt/attachment.ts';
import { findIdentifiers } from '../../core/prompt/surroundings.ts';
import {
  currentEditor,
  documentName,
  enclosingBlock,
  readSelectionsToAttach,
} from '../editor/read-selections.ts';
import type { Panels } from './panels.ts';

/** A language server that takes longer has said what it says, in milliseconds. */
const maxWaitMs = 10_000;
const maxNames = 60;
const maxDefinitions = 12;
/** A longer definition goes without its end. */
const maxLines = 80;

/**
 * Where the names in a selection are defined, as the language server says: those in the workspace,
 * but not in the selection itself.
 */
export async function findUsedDefinitions(
  document: vscode.TextDocument,
  selection: vscode.Range,
): Promise<readonly ContextAttachment[]> {
  const names = findIdentifiers(document.getText(selection)).slice(0, maxNames);
  const start = document.offsetAt(selection.start);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<readonly DefinitionLocation[]>((resolve) => {
    timer = setTimeout(resolve, maxWaitMs, []);
  });
  const lists = await Promise.all(
    names.map(({ name, offset }) =>
      Promise.race([
        locateDefinitions(document.uri, document.positionAt(start + offset), name),
        late,
      ]),
    ),
  );
  clearTimeout(timer);
  const found = new Map<string, DefinitionLocation>();
  for (const defined of lists.flat()) {
    const isOwn = defined.uri.toString() === document.uri.toString();
    const isHere = isOwn && selection.intersection(defined.range) !== undefined;
    const key = `${defined.uri}#${defined.range.start.line}`;
    const isOurs = vscode.workspace.getWorkspaceFolder(defined.uri) !== undefined;
    if (!isHere && isOurs && !defined.uri.path.includes('/node_modules/') && !found.has(key)) {
      found.set(key, defined);
    }
  }
  const read = await Promise.all([...found.values()].slice(0, maxDefinitions).map(readDefinition));
  return read.filter((definition) => definition !== null);
}

interface DefinitionLocation {
  readonly name: string;
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

async function locateDefinitions(
  uri: vscode.Uri,
  position: vscode.Position,
  name: string,
): Promise<readonly DefinitionLocation[]> {
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
async function readDefinition({
  name,
  uri,
  range,
}: DefinitionLocation): Promise<ContextAttachment | null> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const block = range.isSingleLine ? await enclosingBlock(document, range) : null;
    const isBlock = block !== null && block.from - 1 === range.start.line;
    const from = range.start.line;
    const to = Math.min(isBlock ? block.to - 1 : range.end.line, from + maxLines - 1);
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

/** Puts what is selected and what it uses among what goes with the panel's next question. */
export async function attachDefinitions(panels: Pick<Panels, 'attach'>): Promise<void> {
  const editor = currentEditor();
  const ranges = editor?.selections.filter(({ isEmpty }) => !isEmpty) ?? [];
  const selections = await readSelectionsToAttach();
  if (editor === undefined || selections.length === 0) return;
  const { document } = editor;
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking up definitions') },
    () => Promise.all(ranges.map((range) => findUsedDefinitions(document, range))),
  );
  const definitions = found.flat();
  if (definitions.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No definitions were found in this workspace: the selection goes alone.'),
    );
  }
  await panels.attach([...selections, ...definitions]);
}
