import assert from 'node:assert/strict';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { ask, closeUntitled } from './looking.ts';
import { panelsOnScreen } from './panels-on-screen.ts';
import { useSession } from './session.ts';

/** A group of tabs, as it is seen. */
interface Column {
  readonly tabs: readonly string[];
  /** The one that is shown. */
  readonly shown: string;
  /** In italics: the next file replaces them. */
  readonly previews: readonly string[];
  readonly isLocked: boolean;
}

describe('the panel’s place', () => {
  const files = Object.fromEntries(
    Array.from({ length: 7 }, (_, index) => [`file${index}.txt`, `The text of file ${index}.\n`]),
  );
  const session = useSession({ files, userSettings: { 'workbench.editor.enablePreview': true } });

  /** The columns from left to right. */
  async function columns(): Promise<readonly Column[]> {
    const { page } = session().workbench;
    return page.locator('.editor-group-container').evaluateAll((groups) =>
      groups
        .toSorted((a, b) => a.getBoundingClientRect().x - b.getBoundingClientRect().x)
        .map((group) => {
          const tabs = [...group.querySelectorAll('.tabs-container .tab')];
          const title = (tab: Element | undefined): string =>
            [...(tab?.querySelectorAll('.label-name, .label-suffix') ?? [])]
              .map((part) => part.textContent)
              .join('');
          return {
            tabs: tabs.map(title),
            shown: title(tabs.find((tab) => tab.classList.contains('active'))),
            previews: tabs.filter((tab) => tab.querySelector('.italic') !== null).map(title),
            isLocked: group.classList.contains('locked'),
          };
        }),
    );
  }

  /** Waits until the columns' tabs are these. */
  async function waitForTabs(expected: readonly (readonly string[])[]): Promise<void> {
    const deadline = Date.now() + 10_000;
    const tabs = async () => (await columns()).map((column) => column.tabs);
    let found = await tabs();
    while (JSON.stringify(found) !== JSON.stringify(expected) && Date.now() < deadline) {
      await session().workbench.page.waitForTimeout(50);
      found = await tabs();
    }
    assert.deepEqual(found, expected);
  }

  /** As a person opens a file: by quick open. */
  async function openByHand(name: string): Promise<void> {
    const { workbench } = session();
    await workbench.quickInput.openWith('Control+P', `${session().folder}/${name}`);
    await workbench.quickInput.choose(name);
    await workbench.waitForActiveTab(name);
  }

  it('is one column for seven attached files, and locked', async () => {
    const { workbench } = session();
    for (const name of Object.keys(files)) {
      // By hand the extension may hear of it only after the command, and attach the one before.
      await workbench.openFile(name);
      await workbench.runCommand('Claude: Attach File to Follow-up');
      const [panel] = await panelsOnScreen(workbench, 1);
      await panel?.frame.locator('.chip', { hasText: name }).waitFor();
      await panel?.frame.locator('[data-composer]:focus').waitFor();
    }
    const [left, right, ...more] = await columns();
    assert.deepEqual(more, []);
    assert.equal(left?.shown, 'file6.txt');
    assert.deepEqual(right, { tabs: ['Claude'], shown: 'Claude', previews: [], isLocked: true });
  });

  it('stays, while a reply streams and a file is clicked in the Explorer', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    simulator.answer(say(sampleReply, { gate, holdAfter: 200, deltaLength: 5 }));
    const asked = simulator.nextMessage();
    await ask(workbench, 'What are these?');
    await asked;
    const [panel] = await panelsOnScreen(workbench, 1);
    await panel?.waitForText('asynchronous');
    await panel?.composer.click();
    await workbench.runCommand('View: Show Explorer');
    const explorer = workbench.page.locator('.explorer-folders-view .monaco-list-row');
    for (const name of ['file2.txt', 'file3.txt']) {
      await panel?.composer.click();
      await explorer.filter({ hasText: name }).click();
      await workbench.waitForActiveTab(name);
    }
    const [, right, ...more] = await columns();
    assert.deepEqual(more, []);
    assert.deepEqual(right?.previews, []);
    gate.open();
    await panel?.waitForOutcome('complete');
  });

  it('isn’t covered by what Claude’s own commands open', async () => {
    const { workbench } = session();
    const [panel] = await panelsOnScreen(workbench, 1);
    await panel?.composer.click();
    await workbench.runCommandAndChoose('Claude: Export Conversation…', 'Open as Markdown');
    await workbench.page.locator('.tab', { hasText: 'Untitled-1' }).waitFor();
    await panel?.composer.click();
    await workbench.runCommand('Claude: Show Usage');
    await workbench.page.locator('.tab', { hasText: 'Claude Usage' }).waitFor();
    const [left, right, ...more] = await columns();
    assert.deepEqual(more, []);
    assert.equal(left?.shown, 'Claude Usage');
    assert.equal(right?.shown, right?.tabs[0]);
    assert.equal(right?.tabs.length, 1);
    await workbench.runCommand('View: Close Editor');
    await closeUntitled(workbench);
  });

  it('takes the neighbour where there is one, on either side', async () => {
    const { workbench, control } = session();
    await control.tidy();
    await openByHand('file0.txt');
    await workbench.runCommand('View: Split Editor Right');
    await waitForTabs([['file0.txt'], ['file0.txt']]);
    await openByHand('file1.txt');
    await ask(workbench, 'From the last column?');
    await waitForTabs([
      ['file0.txt', 'From the last column?'],
      ['file0.txt', 'file1.txt'],
    ]);
  });

  it('takes a second conversation as a tab', async () => {
    const { workbench, control } = session();
    await control.tidy();
    await openByHand('file0.txt');
    await ask(workbench, 'The first?');
    await waitForTabs([['file0.txt'], ['The first?']]);
    await workbench.runCommand('Claude: New Conversation in Another Panel');
    await waitForTabs([['file0.txt'], ['The first?', 'Claude']]);
  });

  it('takes the focus from an editor that it covers, as nobody types what they don’t see', async () => {
    const { workbench, control } = session();
    await control.tidy();
    await ask(workbench, 'Alone?');
    await waitForTabs([['Alone?']]);
    await workbench.openFile('file0.txt');
    await waitForTabs([['Alone?', 'file0.txt']]);
    await ask(workbench, 'And over a file?');
    await workbench.waitForActiveTab('Alone?');
    const [panel] = await panelsOnScreen(workbench, 1);
    await panel?.frame.locator('[data-composer]:focus').waitFor();
  });
});
