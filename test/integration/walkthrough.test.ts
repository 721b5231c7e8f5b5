import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { privacyStep, walkthrough } from '../../src/host/command-ids.ts';
import { closeAllEditors } from './workspace.ts';

describe('walkthrough', () => {
  after(closeAllEditors);

  it('opens at the step about what leaves the machine', async () => {
    const opened = new Promise<string>((resolve) => {
      const subscription = vscode.window.tabGroups.onDidChangeTabs(({ opened: tabs }) => {
        const [tab] = tabs;
        if (tab === undefined) return;
        subscription.dispose();
        resolve(tab.label);
      });
    });
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', {
      category: walkthrough,
      step: privacyStep,
    });
    assert.match(await opened, /First minutes with Claude Stream/);
  });
});
