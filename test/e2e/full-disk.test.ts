import assert from 'node:assert/strict';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { askInPanel } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const warning = 'The conversation can’t be saved to the disk.';

/**
 * Where conversations are kept. A file in the folder's place refuses every write, as a full disk does;
 * root too gets an error then, whom no permissions would stop.
 */
class Disk {
  readonly #folder: string;

  constructor(dataDir: string) {
    const globalStorage = join(dataDir, 'data/User/globalStorage/claude-stream.claude-stream');
    this.#folder = join(globalStorage, 'conversations');
  }

  async refuse(): Promise<void> {
    await rename(this.#folder, `${this.#folder}.away`);
    await writeFile(this.#folder, '');
  }

  async take(): Promise<void> {
    await rm(this.#folder);
    await rename(`${this.#folder}.away`, this.#folder);
  }

  /** All that is written down. */
  async text(): Promise<string> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const texts = files.map((file) =>
      // Gone since it was listed: merged into another, which the next look finds.
      readFile(join(file.parentPath, file.name), 'utf8').catch(() => ''),
    );
    return (await Promise.all(texts)).join('');
  }

  /** Waits until the text is written down. */
  async holds(text: string): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!(await this.text()).includes(text)) {
      assert.ok(Date.now() < deadline, `“${text}” is not saved`);
      await sleep(20);
    }
  }
}

async function warnings(workbench: Workbench): Promise<number> {
  const shown = await workbench.notifications();
  return shown.filter((text) => text.includes(warning)).length;
}

const words = (from: number): string =>
  Array.from({ length: 40 }, (_, index) => `word${from + index}`).join(' ');
const [first, second, third] = [words(100), words(200), words(300)];
const reply = `${first} ${second} ${third} The end.`;

describe('on a full disk', () => {
  const session = useSession();

  it('a reply streams on to its end, and one message says that it is not saved', async () => {
    const { workbench, simulator, dataDir } = session();
    const disk = new Disk(dataDir);
    simulator.answer(say('Before.'));
    await (await askInPanel(workbench, 'While there is room')).waitForOutcome('complete');
    await disk.holds('Before.');
    await disk.refuse();

    const gate = new Gate();
    const holdAfter = first.length + 1;
    simulator.answer(say(reply, { gate, holdAfter, paceMs: 60, deltaLength: 12 }));
    const panel = await askInPanel(workbench, 'And now?');
    await workbench.waitForNotification(warning);
    gate.open();
    await panel.waitForText('The end.');
    await panel.waitForOutcome('complete');
    assert.equal(await panel.text(), reply);
    assert.equal(await warnings(workbench), 1);
  });

  it('what could not be saved is saved once there is room', async () => {
    const disk = new Disk(session().dataDir);
    await disk.take();
    await disk.holds('The end.');
  });

  it('a reply is saved from where it had got to, if there is room before its end', async () => {
    const { workbench, simulator, dataDir } = session();
    const disk = new Disk(dataDir);
    await workbench.begin('notifications.clearAll');
    await disk.refuse();
    const gate = new Gate();
    const holdAfter = first.length + 1;
    simulator.answer(say(`Again ${reply}`, { gate, holdAfter, paceMs: 60, deltaLength: 12 }));
    const panel = await askInPanel(workbench, 'Once more');
    await workbench.waitForNotification(warning);
    await disk.take();
    gate.open();
    await panel.waitForOutcome('complete');
    await disk.holds('Again');
    assert.equal(await warnings(workbench), 1);
  });

  it('the end of a conversation is saved as soon as there is room, and all is there after a reload', async () => {
    const { workbench, simulator, dataDir } = session();
    const disk = new Disk(dataDir);
    await workbench.begin('notifications.clearAll');
    await disk.refuse();
    simulator.answer(say('The last.'));
    await (await askInPanel(workbench, 'The last one')).waitForOutcome('complete');
    await workbench.waitForNotification(warning);
    await disk.take();
    await disk.holds('The last.');
    await workbench.reload();
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForOutcome('complete');
    const texts = await panel.frame.locator('[data-reply-text]').allInnerTexts();
    assert.deepEqual(texts, ['Before.', reply, `Again ${reply}`, 'The last.']);
  });
});
