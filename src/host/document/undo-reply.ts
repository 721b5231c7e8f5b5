import * as vscode from 'vscode';
import type { InsertionPoint } from './insertion-point.ts';

/** Saving may edit a document, and each such edit is a step of its own. */
const maxSteps = 50;

/**
 * Undoes the rest of a reply whose end the user has just undone: saving the document in between
 * splits it into several steps. Steps of the user stay, and so does what lies behind them.
 */
export async function undoRest(point: InsertionPoint): Promise<void> {
  const { document } = point;
  for (let step = 0; step < maxSteps && point.writtenLength > 0; step++) {
    // The command undoes in the active editor.
    if (vscode.window.activeTextEditor?.document !== document) return;
    const { version } = document;
    const { writtenLength } = point;
    await vscode.commands.executeCommand('undo');
    if (document.version === version) return;
    if (point.writtenLength >= writtenLength && point.hasOtherEdits) {
      await vscode.commands.executeCommand('redo');
      return;
    }
  }
}
