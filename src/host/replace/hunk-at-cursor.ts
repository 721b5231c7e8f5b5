import * as vscode from 'vscode';
import type { Hunk } from './replacement.ts';

/**
 * Which hunk the cursor of a diff is in, else the next one below it, else the last.
 * @param document the diff's left side
 * @param proposal the diff's right side
 */
export function hunkAtCursor(
  hunks: readonly Hunk[],
  document: vscode.Uri,
  proposal: vscode.Uri,
): number {
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
