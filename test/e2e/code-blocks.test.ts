import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { say } from '../fakes/messages-api/scripts.ts';
import { askInPanel, clipboard, closeUntitled, languageMode } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const code = "export function greet(name: string): string {\n  return 'Hello ' + name; // $1\n}\n";
const reply = `Like this:\n\n\`\`\`ts\n${code}\`\`\`\n\nThat is all.`;

describe('code blocks', () => {
  const session = useSession({ script: say(reply) });

  async function panelFrame(): Promise<Frame> {
    return new PanelPage(await session().workbench.panelFrame()).frame;
  }

  /** Waits until words of this kind have this colour: the palette comes by a message. */
  async function waitForColour(kind: string, colour: string): Promise<void> {
    const word = (await panelFrame()).locator(`.token-${kind}`).first();
    const deadline = Date.now() + 10_000;
    let found = '';
    while (found !== colour && Date.now() < deadline) {
      found = await word.evaluate((element) => getComputedStyle(element).color);
    }
    assert.equal(found, colour, kind);
  }

  it("have the colours of the editor's theme", async () => {
    const { workbench } = session();
    await workbench.setColorTheme('Dark Modern');
    await workbench.openFile('sleep.ts');
    const panel = await askInPanel(workbench, 'How do I greet?');
    await panel.waitForOutcome('complete');
    await panel.frame.locator('[data-coloured]').waitFor();
    await waitForColour('keyword', 'rgb(86, 156, 214)');
    await waitForColour('control', 'rgb(197, 134, 192)');
    await waitForColour('string', 'rgb(206, 145, 120)');
    const { shown, right } = await panel.compareWith(reply);
    assert.deepEqual(shown, right);
  });

  it('change them with the theme', async () => {
    const { workbench } = session();
    await workbench.setColorTheme('Light Modern');
    await waitForColour('keyword', 'rgb(0, 0, 255)');
    await waitForColour('control', 'rgb(175, 0, 219)');
    await workbench.setColorTheme('Dark High Contrast');
    await waitForColour('comment', 'rgb(124, 166, 104)');
    await workbench.setColorTheme('Dark Modern');
    await waitForColour('keyword', 'rgb(86, 156, 214)');
  });

  it('are copied without their last line end', async () => {
    const frame = await panelFrame();
    await frame.locator('.code-block').hover();
    await frame.locator('[data-action=copy-code]').click();
    assert.equal(await clipboard(session().workbench), code.trimEnd());
  });

  it('are inserted at the cursor of the last editor, indented like its line', async () => {
    const { workbench } = session();
    await workbench.press('Control+1');
    await workbench.goTo({ line: 3, column: 3 });
    const frame = await panelFrame();
    await frame.locator('.code-block').hover();
    await frame.locator('[data-action=insert]').click();
    await workbench.page.locator('.view-lines', { hasText: 'greet' }).first().waitFor();
    const indented = code.trimEnd().replaceAll('\n', '\n  ');
    assert.ok((await workbench.editorText()).includes(`  ${indented}return new Promise`));
    await workbench.press('Control+Z');
    assert.ok(!(await workbench.editorText()).includes('greet'), 'one step to undo');
  });

  it('open as a new file, reached by the keyboard alone', async () => {
    const { workbench } = session();
    const frame = await panelFrame();
    await frame.locator('pre').click();
    // Back over the buttons that wrap lines and explain the code.
    await workbench.press('Shift+Tab Shift+Tab Shift+Tab Enter');
    // Its tab also shows the first line.
    await workbench.page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    assert.equal(await workbench.editorText(), code);
    assert.equal(await languageMode(workbench), 'TypeScript');
    await closeUntitled(workbench);
  });
});
