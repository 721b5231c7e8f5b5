import * as vscode from 'vscode';
import { privacyStep, walkthrough } from '../command-ids.ts';

/** Says it where no panel does, with a way to read more. */
export async function notifyFirstUse(note: string): Promise<void> {
  const more = vscode.l10n.t('Read More');
  if ((await vscode.window.showInformationMessage(note, more)) !== more) return;
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', {
    category: walkthrough,
    step: privacyStep,
  });
}
