import * as vscode from 'vscode';
import type { LeftOut } from '../../core/batches/file-run.ts';
import { formatBytes } from '../../core/conversation/format-figures.ts';
import type { SelectionAttachment } from '../../core/prompt/attachment.ts';
import { languagesByEnding } from './languages-by-ending.ts';

/** Larger files aren't sent: a quarter of a million tokens each would be a mistake. */
const mostBytes = 1_000_000;
/** Files that are read at the same time. */
const atOnce = 8;

export interface ReadFiles {
  /** Each whole, in the order given. */
  readonly files: readonly SelectionAttachment[];
  readonly leftOut: readonly LeftOut[];
}

/** Reads files as text: as they stand in their editors, else as they are on the disk. */
export async function readFiles(uris: readonly vscode.Uri[]): Promise<ReadFiles> {
  const languageOf = languagesByEnding();
  const read: (SelectionAttachment | LeftOut)[] = [];
  for (let from = 0; from < uris.length; from += atOnce) {
    const some = uris.slice(from, from + atOnce);
    read.push(...(await Promise.all(some.map((uri) => readFile(uri, languageOf)))));
  }
  return {
    files: read.filter((one) => 'kind' in one),
    leftOut: read.filter((one) => 'reason' in one),
  };
}

async function readFile(
  uri: vscode.Uri,
  languageOf: (file: string) => string,
): Promise<SelectionAttachment | LeftOut> {
  const file = vscode.workspace.asRelativePath(uri);
  const leftOut = (reason: string): LeftOut => ({ file, reason });
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
  let text: string;
  if (open !== undefined) text = open.getText();
  else {
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > mostBytes) return leftOut(tooLarge());
      const bytes = await vscode.workspace.fs.readFile(uri);
      try {
        text = await vscode.workspace.decode(bytes, { uri });
      } catch {
        return leftOut(binary());
      }
    } catch {
      return leftOut(vscode.l10n.t('it can’t be read'));
    }
  }
  if (text.includes('\0')) return leftOut(binary());
  // A stat may not know, and an open document has none.
  if (text.length > mostBytes) return leftOut(tooLarge());
  if (text.trim() === '') return leftOut(vscode.l10n.t('it is empty'));
  return {
    kind: 'selection',
    file,
    language: open?.languageId ?? languageOf(file),
    lines: { from: 1, to: text.replace(/\n$/, '').split('\n').length },
    text,
    surroundings: [],
    uri: key,
  };
}

function tooLarge(): string {
  return vscode.l10n.t('it is larger than {0}', formatBytes(mostBytes, vscode.l10n));
}

function binary(): string {
  return vscode.l10n.t('it is binary data');
}
