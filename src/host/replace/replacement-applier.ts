import * as vscode from 'vscode';
import { getWriteProblem } from '../editor/edit-document.ts';
import { showDocument } from '../editor/show-document.ts';
import type { RejectReason } from './replace-notifications.ts';
import type { Hunk, Replacement, Target } from './replacement.ts';
import type { ReplacementDiff } from './replacement-diff.ts';

/**
 * Which hunk the cursor of a diff is in, else the next one below it, else the last.
 * @param document the diff's left side
 * @param proposal the diff's right side
 */
function hunkAtCursor(hunks: readonly Hunk[], document: vscode.Uri, proposal: vscode.Uri): number {
  const editor = vscode.window.activeTextEditor;
  const shown = editor?.document.uri.toString();
  const line = editor?.selection.active.line ?? 0;
  const isAtOrBelow = (side: Hunk['before']): boolean => Math.max(side.from, side.to - 1) >= line;
  const found = hunks.findIndex(({ before, after }) => {
    if (shown === proposal.toString()) return isAtOrBelow(after);
    return shown === document.toString() ? isAtOrBelow(before) : true;
  });
  return found < 0 ? hunks.length - 1 : found;
}

/** Puts what is proposed into its document, where that still is what Claude was asked about. */
export class ReplacementApplier implements vscode.Disposable {
  readonly #replacement: Replacement;
  readonly #diff: ReplacementDiff;
  readonly #notifyRejected: (why: RejectReason) => void;
  readonly #subscription: vscode.Disposable;
  /** Whether a hunk went into the document's own editor, and nobody was there since. */
  #isKnownWritable = false;

  constructor(
    replacement: Replacement,
    diff: ReplacementDiff,
    tellWhyNot: (why: RejectReason) => void,
  ) {
    this.#replacement = replacement;
    this.#diff = diff;
    this.#notifyRejected = tellWhyNot;
    // Only there it can be made read-only for the session.
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor !== undefined && isOwnEditor(editor, replacement.target)) {
        this.#isKnownWritable = false;
      }
    });
  }

  /** Accepts what is left, as one step to undo, and closes the diff. */
  async accept(): Promise<void> {
    if (!(await this.#canReplace())) return;
    const { target } = this.#replacement;
    const editor = isCell(target) ? undefined : await showDocument(target);
    // As it is after all that was waited for.
    const { hunks } = this.#replacement;
    if (hunks.length > 0 && (await this.#apply(hunks, editor))) await this.#reveal(editor);
  }

  /** Accepts the hunk at the cursor, else the next one; the diff goes on to the one after it. */
  async acceptHunk(): Promise<void> {
    if (this.#replacement.hunks.length < 2) {
      await this.accept();
      return;
    }
    if (!(await this.#canReplace())) return;
    const { target } = this.#replacement;
    const index = hunkAtCursor(this.#replacement.hunks, target.document.uri, this.#diff.uri);
    const editor = await this.#editorForHunk();
    const { hunks } = this.#replacement;
    const [hunk, next] = [hunks[index], hunks[index + 1] ?? hunks[0]];
    const isDone = hunk !== undefined && (await this.#apply([hunk], editor));
    await this.#diff.bringToFront();
    if (!isDone || next === undefined) return;
    if (editor !== undefined) this.#isKnownWritable = true;
    // The proposal is what it was: the next hunk doesn't move in it.
    this.#diff.reveal(next.after.from);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Whether it was done; says why where it wasn't. */
  async #apply(hunks: readonly Hunk[], editor: vscode.TextEditor | undefined): Promise<boolean> {
    const result = this.#replacement.isUnchanged
      ? await this.#replacement.apply(hunks, editor)
      : 'changed';
    if (result !== 'applied') this.#notifyRejected(result);
    return result === 'applied';
  }

  /**
   * An editor tells whether the document is read-only for the session, and nothing else does: it is
   * shown for a moment, over the diff, but not for every hunk. Undefined where it needn't be asked.
   */
  async #editorForHunk(): Promise<vscode.TextEditor | undefined> {
    const { target } = this.#replacement;
    const own = vscode.window.visibleTextEditors.find((editor) => isOwnEditor(editor, target));
    if (own !== undefined || this.#isKnownWritable || isCell(target)) return own;
    return showDocument(target);
  }

  /** Whether all is there, and what stands there is what it was; says so where it isn't. */
  async #canReplace(): Promise<boolean> {
    if (!this.#replacement.isComplete) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The new code isn’t complete. Nothing was replaced.'),
      );
      return false;
    }
    const { target, isUnchanged } = this.#replacement;
    const why = (await getWriteProblem(target.document)) ?? (isUnchanged ? null : 'changed');
    if (why !== null) this.#notifyRejected(why);
    return why === null;
  }

  /** Shows what was accepted instead of the diff. */
  async #reveal(editor: vscode.TextEditor | undefined): Promise<void> {
    const { range } = this.#replacement;
    await this.#diff.close();
    if (editor === undefined) return;
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

/** Whether it shows the document as a tab of its own: a side of a diff can't be written. */
function isOwnEditor({ document, viewColumn }: vscode.TextEditor, target: Target): boolean {
  return document === target.document && viewColumn !== undefined;
}

/** A notebook's cell is edited in its notebook. */
function isCell({ document }: Target): boolean {
  return document.uri.scheme === 'vscode-notebook-cell';
}
