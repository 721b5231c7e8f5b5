import * as vscode from 'vscode';
import { showDocument } from '../code/show-document.ts';
import { hunkAtCursor } from './hunk-at-cursor.ts';
import type { Replacement } from './replacement.ts';
import type { ReplacementDiff } from './replacement-diff.ts';
import type { Target } from './target-range.ts';
import { type WhyNot, whyNotWritable } from './why-not.ts';

/** Puts what is proposed into its document, where that still is what Claude was asked about. */
export class Acceptance {
  readonly #replacement: Replacement;
  readonly #diff: ReplacementDiff;
  readonly #tellWhyNot: (why: WhyNot) => void;

  constructor(replacement: Replacement, diff: ReplacementDiff, tellWhyNot: (why: WhyNot) => void) {
    this.#replacement = replacement;
    this.#diff = diff;
    this.#tellWhyNot = tellWhyNot;
  }

  /** Accepts what is left, as one step to undo, and closes the diff. */
  async accept(): Promise<void> {
    if (!(await this.#mayReplace())) return;
    const { target } = this.#replacement;
    // Not a workspace edit: that would go through where the editor is read-only.
    const editor = isCell(target) ? undefined : await showDocument(target);
    // As it is after all that was waited for.
    const { hunks, isUnchanged } = this.#replacement;
    if (hunks.length === 0) return;
    const isShown = editor !== undefined || isCell(target);
    const isDone = isShown && isUnchanged && (await this.#replacement.apply(hunks, editor));
    if (isDone) await this.#reveal(editor);
    else this.#tellWhyNot(this.#replacement.isUnchanged ? 'read-only' : 'changed');
  }

  /** Accepts the hunk at the cursor, else the next one; the diff goes on to the one after it. */
  async acceptHunk(): Promise<void> {
    if (this.#replacement.hunks.length < 2) {
      await this.accept();
      return;
    }
    if (!(await this.#mayReplace())) return;
    const { hunks, target } = this.#replacement;
    const index = hunkAtCursor(hunks, target.document.uri, this.#diff.uri);
    const [hunk, next] = [hunks[index], hunks[index + 1] ?? hunks[0]];
    if (hunk === undefined || next === undefined) return;
    // The proposal is what it was: the next hunk doesn't move in it.
    if (await this.#replacement.apply([hunk], undefined)) this.#diff.reveal(next.after.from);
    else this.#tellWhyNot('changed');
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
    const why = (await whyNotWritable(target)) ?? (isUnchanged ? null : 'changed');
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

/** A notebook's cell is edited in its notebook. */
function isCell({ document }: Target): boolean {
  return document.uri.scheme === 'vscode-notebook-cell';
}
