import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import { askInPanel } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const workspaceSettings = {
  'claudeStream.model': 'claude-opus-5-5',
  'claudeStream.maxTokens': 77,
  'claudeStream.target': 'document',
};

describe('in Restricted Mode', () => {
  const session = useSession({
    isTrusted: false,
    script: say('An answer.'),
    // Where trust is given is a tab like others then.
    userSettings: { 'workbench.editor.useModal': 'off' },
    files: {
      'a.ts': 'export const a = 1;\n',
      '.vscode/settings.json': JSON.stringify(workspaceSettings),
      '.claude/commands/team.md': '---\ndescription: As the team does\n---\nDo as the team does.',
    },
  });

  /** The names of the prompts that are offered now. */
  async function promptNames(): Promise<readonly string[]> {
    const { workbench } = session();
    await workbench.runCommandAndFocus('Claude: Run Prompt…', 'Explain');
    const { rows } = await workbench.quickInput.read();
    await workbench.quickInput.cancel();
    return rows.map(({ label }) => label);
  }

  it('VS Code does not trust the folder', async () => {
    const { page } = session().workbench;
    await page.locator('.part.banner', { hasText: 'Restricted Mode' }).waitFor();
  });

  it('explains a selection, with the user’s settings and not with the folder’s', async () => {
    const { workbench, simulator } = session();
    await workbench.openFile('a.ts');
    await workbench.select({ from: { line: 1, column: 1 }, to: { line: 1, column: 20 } });
    const asked = simulator.nextMessage();
    await workbench.contextMenu('Explain with Claude');
    const { body } = await asked;
    assert.match(String(body?.messages.at(-1)?.content), /<selection file="a\.ts"/);
    assert.equal(body?.model, 'claude-sonnet-5-5');
    assert.notEqual(body?.max_tokens, workspaceSettings['claudeStream.maxTokens']);
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForOutcome('complete');
    assert.equal(await panel.text(), 'An answer.');
  });

  it('asks', async () => {
    const panel = await askInPanel(session().workbench, 'And this?');
    await panel.waitForOutcome('complete');
    assert.equal(await panel.replies(), 2);
  });

  it('offers none of the folder’s prompts', async () => {
    const names = await promptNames();
    assert.ok(names.some((name) => name.includes('Explain')));
    assert.ok(!names.some((name) => name.includes('team')), names.join());
  });

  it('takes settings and prompts of the folder once it is trusted', async () => {
    const { workbench, simulator } = session();
    await workbench.runCommand('Workspaces: Manage Workspace Trust');
    await workbench.page
      .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ })
      .click();
    await workbench.page.locator('.part.banner').waitFor({ state: 'hidden' });
    await workbench.closeActiveTab();
    const names = await promptNames();
    assert.ok(
      names.some((name) => name.includes('team')),
      names.join(),
    );
    await workbench.openFile('a.ts');
    const asked = simulator.nextMessage();
    await workbench.select({ from: { line: 1, column: 1 }, to: { line: 1, column: 20 } });
    await workbench.contextMenu('Explain with Claude');
    const { body } = await asked;
    assert.equal(body?.model, workspaceSettings['claudeStream.model']);
    assert.equal(body?.max_tokens, workspaceSettings['claudeStream.maxTokens']);
  });
});
