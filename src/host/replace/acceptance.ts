import * as vscode from 'vscode';
import { showDocument } from '../code/show-document.ts';
import { whyNotWritable } from '../code/why-not-writable.ts';
import { hunkAtCursor } from './hunk-at-cursor.ts';
import type { Hunk, Replacement } from './replacement.ts';
import type { ReplacementDiff } from './replacement-diff.ts';
import type { Target } from './target-range.ts';
import type { WhyNot } from './why-not.ts';

/** Puts what is proposed into its document, where that still is what Claude was asked about. */
export class Acceptance implements vscode.Disposable {
  readonly #replacement: Replacement;
  readonly #diff: ReplacementDiff;
  readonly #tellWhyNot: (why: WhyNot) => void;
  readonly #subscription: vscode.Disposable;
  /** Whether a hunk went into the document's own editor, and nobody was there since. */
  #isKnownWritable = false;

  constructor(replacement: Replacement, diff: ReplacementDiff, tellWhyNot: (why: WhyNot) => void) {
    this.#replacement = replacement;
    this.#diff = diff;
    this.#tellWhyNot = tellWhyNot;
    // Only there it can be made read-only for the session.
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor !== undefined && isOwnEditor(editor, replacement.target)) {
        this.#isKnownWritable = false;
      }
    });
  }

  /** Accepts what is left, as one step to undo, and closes the diff. */
  async accept(): Promise<void> {
    if (!(await this.#mayReplace())) return;
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
    if (!(await this.#mayReplace())) return;
    const { target } = this.#replacement;
    const index = hunkAtCursor(this.#replacement.hunks, target.document.uri, this.#diff.uri);
    const editor = await this.#editorForHunk();
    const { hunks } = this.#replacement;
    const [hunk, next] = [hunks[index], hunks[index + 1] ?? hunks[0]];
    const isDone = hunk !== undefined && (await this.#apply([hunk], editor));
    await this.#diff.comeBack();
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
    if (result !== 'made') this.#tellWhyNot(result);
    return result === 'made';
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
  async #mayReplace(): Promise<boolean> {
    if (!this.#replacement.isWhole) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The new code isn’t complete. Nothing was replaced.'),
      );
      return false;
    }
    const { target, isUnchanged } = this.#replacement;
    const why = (await whyNotWritable(target.document)) ?? (isUnchanged ? null : 'changed');
    if (why !== null) this.#tellWhyNot(why);
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
