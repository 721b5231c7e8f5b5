import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import { setApiKey } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

/** On a machine and, as on vscode.dev, in the browser's worker. */
for (const inWorker of [false, true]) {
  describe(`in a virtual workspace, ${inWorker ? 'in a worker' : 'on a machine'}`, () => {
    const session = useSession({
      inWorker,
      script: say('An answer.'),
      files: {
        'virtual.code-workspace': JSON.stringify({
          folders: [{ uri: 'virtual-folder:/project', name: 'project' }],
          settings: { 'claudeStream.model': 'claude-opus-5-5' },
        }),
      },
      open: 'virtual.code-workspace',
    });

    // An environment has only a machine.
    if (inWorker) before('set a key', () => setApiKey(session().workbench));

    it('explains what is selected in a file that is on no disk, with the workspace’s settings', async () => {
      const { workbench, simulator } = session();
      const { page } = workbench;
      await workbench.runCommand('File: Focus on Files Explorer');
      await page
        .locator('.explorer-folders-view .monaco-list-row', { hasText: 'on-no-disk.ts' })
        .dblclick();
      await workbench.waitForActiveTab('on-no-disk.ts');
      await workbench.select({ from: { line: 1, column: 1 }, to: { line: 1, column: 13 } });
      const asked = simulator.nextMessage();
      await workbench.contextMenu('Explain with Claude');
      const { body } = await asked;
      assert.match(
        String(body?.messages.at(-1)?.content),
        /<selection file="on-no-disk\.ts" language="typescript" lines="1">\nexport const/,
      );
      assert.equal(body?.model, 'claude-opus-5-5');
      const panel = new PanelPage(await workbench.panelFrame());
      await panel.waitForOutcome('complete');
      assert.equal(await panel.text(), 'An answer.');
    });

    it('offers the folder’s prompts', async () => {
      const { workbench } = session();
      await workbench.runCommandAndFocus('Claude: Run Prompt…', 'team');
      await workbench.quickInput.cancel();
    });
  });
}
