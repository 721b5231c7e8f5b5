import * as vscode from 'vscode';
import { privacyStep, walkthrough } from '../../src/host/command-ids.ts';
import { closeAllEditors } from './workspace.ts';

describe('walkthrough', () => {
  after(closeAllEditors);

  it('opens, by the name that the first-use note has for it', async () => {
    // The tab begins as “Welcome” and has the walkthrough's name once it is found.
    const named = new Promise<void>((resolve) => {
      const subscription = vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
        const isIt = ({ label }: vscode.Tab): boolean => label.includes('First minutes');
        if (![...opened, ...changed].some(isIt)) return;
        subscription.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', {
      category: walkthrough,
      step: privacyStep,
    });
    await named;
  });
});
