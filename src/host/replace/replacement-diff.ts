import * as vscode from 'vscode';
import type { Replacement } from './replacement.ts';

/** The scheme of proposals: documents that are shown in a diff and exist nowhere else. */
export const replacementScheme = 'claude-replacement';

/** The least time between two states of a proposal, in milliseconds: a reader needs no more. */
const refreshMs = 250;
/** VS Code is given the whole document each time: a large one less often. Characters. */
const charactersPerMs = 4000;

/** A diff editor: on the left the document as it is, on the right as it would be. */
export class ReplacementDiff implements vscode.Disposable {
  readonly uri: vscode.Uri;
  readonly #replacement: Replacement;
  readonly #changed: vscode.EventEmitter<vscode.Uri>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed tells VS Code which proposal is another now */
  constructor(replacement: Replacement, changed: vscode.EventEmitter<vscode.Uri>) {
    this.#replacement = replacement;
    this.#changed = changed;
    const { uri, isUntitled } = replacement.target.document;
    // The name gives the editor its language; a cell of a notebook has the notebook's.
    const name = isUntitled || uri.scheme === 'vscode-notebook-cell' ? '' : baseName(uri);
    const path = `/${crypto.randomUUID()}/${name || 'code'}`;
    this.uri = vscode.Uri.from({ scheme: replacementScheme, path });
  }

  get tab(): vscode.Tab | undefined {
    return vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ input }) => modifiedUri(input) === this.uri.toString());
  }

  async show(): Promise<void> {
    const { target, range } = this.#replacement;
    const title = vscode.l10n.t('{0} ↔ Claude', baseName(target.document.uri));
    const { languageId } = target.document;
    const proposal = await vscode.workspace.openTextDocument(this.uri);
    if (proposal.languageId !== languageId) {
      await vscode.languages.setTextDocumentLanguage(proposal, languageId);
    }
    await vscode.commands.executeCommand('vscode.diff', target.document.uri, this.uri, title, {
      viewColumn: target.column ?? vscode.ViewColumn.Active,
      preview: false,
      selection: new vscode.Range(range.start, range.start),
    } satisfies vscode.TextDocumentShowOptions);
  }

  /** Shows the diff again, as it was left, where another tab is in front of it. */
  async bringToFront(): Promise<void> {
    const { tab } = this;
    if (tab === undefined || tab.isActive) return;
    const { original, modified } = tab.input as vscode.TabInputTextDiff;
    await vscode.commands.executeCommand('vscode.diff', original, modified, tab.label, {
      viewColumn: tab.group.viewColumn,
      preview: false,
    } satisfies vscode.TextDocumentShowOptions);
  }

  /** @param line of the proposal, from 0 */
  reveal(line: number): void {
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === this.uri.toString(),
    );
    if (editor === undefined) return;
    const place = new vscode.Position(line, 0);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Shows the proposal as it is now, soon. */
  refresh(): void {
    this.#timer ??= setTimeout(() => this.refreshNow(), this.#interval);
  }

  refreshNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#changed.fire(this.uri);
  }

  async close(): Promise<void> {
    const { tab } = this;
    if (tab !== undefined) await vscode.window.tabGroups.close(tab);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  get #interval(): number {
    const { document } = this.#replacement.target;
    const characters = document.offsetAt(new vscode.Position(document.lineCount, 0));
    return Math.max(refreshMs, characters / charactersPerMs);
  }
}

/** The proposal that a tab shows. */
export function modifiedUri(input: unknown): string | null {
  return input instanceof vscode.TabInputTextDiff ? input.modified.toString() : null;
}

function baseName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
