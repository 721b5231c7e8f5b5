import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import { waitForCursorPlace } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const code = 'function two() {\n  return 2;\n}\n';

describe('the link back to what a turn was asked about', () => {
  const session = useSession({
    script: say('An answer.'),
    files: { 'foo.ts': `const one = 1;\n${code}const three = 3;\n` },
  });

  /** All that it says. */
  const waitForLink = async (text: string): Promise<void> => {
    const { frame } = new PanelPage(await session().workbench.panelFrame());
    const sources = frame.locator('[data-newest] .sources');
    await sources.getByText(new RegExp(`^${text}$`)).waitFor();
  };
  const click = async (): Promise<void> => {
    await new PanelPage(await session().workbench.panelFrame()).press('open-source');
  };
  /** The editor shows the file, with the code selected from its first line to the one behind it. */
  const waitForCode = async (behind: number): Promise<void> => {
    const { workbench } = session();
    await workbench.waitForActiveTab('foo.ts');
    await waitForCursorPlace(workbench, `Ln ${behind}, Col 1 (${code.length} selected)`);
  };

  /** Writes another one where the code returns 2. */
  const replaceFigure = async (figure: string): Promise<void> => {
    const { workbench } = session();
    await workbench.select({ from: { line: 4, column: 10 }, to: { line: 4, column: 11 } });
    await workbench.type(figure);
  };

  it('shows the file, with that selection', async () => {
    const { workbench } = session();
    await workbench.openFile('foo.ts');
    await workbench.select({ from: { line: 2, column: 1 }, to: { line: 5, column: 1 } });
    await workbench.runCommand('Claude: Explain Selection');
    await new PanelPage(await workbench.panelFrame()).waitForOutcome('complete');
    await waitForLink('foo.ts:2–4');
    await workbench.press('Control+1');
    await workbench.goTo({ line: 1, column: 1 });
    await click();
    await waitForCode(5);
  });

  it('follows edits above it', async () => {
    const { workbench } = session();
    await workbench.goTo({ line: 1, column: 1 });
    await workbench.press('Enter');
    await waitForLink('foo.ts:3–5');
    await click();
    await waitForCode(6);
  });

  it('is marked once its code has changed, until it is as it was', async () => {
    const { workbench } = session();
    await replaceFigure('7');
    await waitForLink('foo.ts:3–5 \\(changed since\\)');
    await replaceFigure('2');
    await waitForLink('foo.ts:3–5');
    await workbench.press('Control+S');
  });

  it('is there after the window was reloaded', async () => {
    const { workbench } = session();
    await workbench.goTo({ line: 1, column: 1 });
    await workbench.reload();
    // Where the code stands is looked for when the link is followed.
    await waitForLink('foo.ts:[2-5–]+');
    await click();
    await waitForCode(6);
    await waitForLink('foo.ts:3–5');
  });

  it('opens the file again that was closed, beside the panel', async () => {
    const { workbench } = session();
    await workbench.closeActiveTab();
    const titles = (await workbench.tabs()).map(({ title }) => title);
    assert.match(titles.join(), /^Explain\b.*foo\.ts:2–4$/);
    await click();
    await waitForCode(6);
    await waitForLink('foo.ts:3–5');
  });
});
