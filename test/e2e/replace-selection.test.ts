import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { askInPanel } from './looking.ts';
import { useSession } from './session.ts';

const file = 'function one() {\n  return 1;\n}\n\nfunction two() {\n  return 2;\n}\n';
const better = 'function one() {\n  return 10;\n}';
const fenced = `\`\`\`js\n${better}\n\`\`\`\n`;
const changed = file.replace('return 1;', 'return 10;');

describe('replacing a selection, by hand', () => {
  const session = useSession({
    script: say(fenced),
    files: { 'one.js': file, '.claude/commands/tenfold.md': 'Ten instead of $1.' },
  });

  const titleButton = (name: string): Locator =>
    session().workbench.page.locator('.editor-actions').getByRole('button', { name });
  const diff = (): Locator => session().workbench.page.locator('.tab', { hasText: '↔ Claude' });

  async function selectOne(): Promise<void> {
    const { workbench } = session();
    await workbench.openFile('one.js');
    await workbench.select({ from: { line: 1, column: 1 }, to: { line: 3, column: 2 } });
  }

  it('offers what is often wanted, and takes the user’s own words', async () => {
    const { workbench, simulator } = session();
    await selectOne();
    await workbench.runCommand('Claude: Replace Selection…');
    const { title, rows } = await workbench.quickInput.read();
    assert.equal(title, 'Replace the Selection');
    assert.deepEqual(
      rows.map(({ label }) => label),
      ['Fix', 'Simplify', 'Document', 'Translate…', 'Saved Prompt…'],
    );
    const gate = new Gate();
    simulator.answer(say(fenced, { gate, holdAfter: 30, deltaLength: 2 }));
    const asked = simulator.nextMessage();
    await workbench.quickInput.type('Ten instead of one');
    await workbench.quickInput.accept();
    assert.match(
      String((await asked).body?.messages.at(-1)?.content),
      /<\/selection>\n\nTen instead of one\n/,
    );
    await diff().waitFor();
    await titleButton('Stop').waitFor();
    assert.equal(await titleButton('Accept Replacement').count(), 0, 'not before it is whole');
    gate.open();
    await titleButton('Accept Replacement').waitFor();
    await titleButton('Accept Hunk').waitFor();
  });

  it('is accepted by a button, and undone by one undo', async () => {
    const { workbench } = session();
    await titleButton('Accept Replacement').click();
    await diff().waitFor({ state: 'detached' });
    assert.equal(await workbench.copyEditorText(), changed);
    await workbench.press('Control+Z');
    assert.equal(await workbench.copyEditorText(), file);
  });

  it('takes a saved prompt, with what is typed for it', async () => {
    const { workbench, simulator } = session();
    await selectOne();
    await workbench.runCommandAndFocus('Claude: Replace Selection…', 'Saved Prompt…');
    await workbench.quickInput.accept();
    const { page, quickInput } = workbench;
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'tenfold' }).waitFor();
    await quickInput.accept();
    await quickInput.waitForMessage('What goes with it');
    await quickInput.type('one');
    const asked = simulator.nextMessage();
    await quickInput.accept();
    assert.match(
      String((await asked).body?.messages.at(-1)?.content),
      /<\/selection>\n\nTen instead of one\.\n/,
    );
    await titleButton('Accept Replacement').waitFor();
    await titleButton('Reject Replacement').click();
    await diff().waitFor({ state: 'detached' });
    assert.equal(await workbench.copyEditorText(), file);
  });

  it('takes the code of a reply in the panel to what it was about', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say(`Like this:\n\n${fenced}`));
    await selectOne();
    const panel = await askInPanel(workbench, 'Make it ten');
    await panel.waitForOutcome('complete');
    await workbench.press('Control+1');
    await workbench.goTo({ line: 6, column: 1 });
    await panel.frame.locator('.code-block').hover();
    await panel.frame.locator('[data-action=replace]').click();
    await diff().waitFor();
    await titleButton('Accept Replacement').waitFor();
    await titleButton('Reject Replacement').click();
    await diff().waitFor({ state: 'detached' });
    assert.equal(await workbench.copyEditorText(), file);
    await panel.frame.locator('.code-block').hover();
    await panel.frame.locator('[data-action=replace]').click();
    await titleButton('Accept Replacement').click();
    await diff().waitFor({ state: 'detached' });
    assert.equal(await workbench.copyEditorText(), changed);
  });
});
