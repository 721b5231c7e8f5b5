import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from '../vscode/ensure-browser.ts';
import { openWorkbench } from '../vscode/open-workbench.ts';
import type { Settings, VsCodeServer } from '../vscode/server.ts';

const lookEveryMs = 60;

/**
 * The main job without anybody at the screen: opens the sample, explains its function by the context
 * menu, prints the reply as it appears in the panel, then the receipt, and takes a picture.
 */
export async function runDemo(
  server: VsCodeServer,
  userSettings: Settings,
  extensionId: string,
  folder: string,
  picture: string,
): Promise<void> {
  const browser = await launchBrowser();
  try {
    const workbench = await openWorkbench({
      browser,
      server,
      folder,
      extensionId,
      userSettings,
      scale: 2,
    });
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
    console.log('\nExplain with Claude on retry.ts, lines 4 to 15. The panel shows:\n');
    await workbench.contextMenu('Explain with Claude');
    const frame = await workbench.panelFrame();
    const reply = frame.locator('[data-reply]').last();
    await reply.waitFor();

    let printed = 0;
    for (;;) {
      const outcome = await reply.getAttribute('data-outcome');
      const blocks = await reply.locator('[data-reply-text] > *').allInnerTexts();
      const ended = outcome !== 'streaming';
      // The last block may still change while it grows.
      const certain = ended ? blocks : blocks.slice(0, -1);
      for (const block of certain.slice(printed)) console.log(`${block.trim()}\n`);
      printed = Math.max(printed, certain.length);
      if (ended) {
        await finish(reply.locator('[data-receipt]').innerText(), outcome);
        break;
      }
      await sleep(lookEveryMs);
    }
    await workbench.screenshot(picture);
    console.log(`A picture of it: ${join(process.cwd(), picture)}`);
    await workbench.stop();
  } finally {
    await browser.close();
  }
}

async function finish(receipt: Promise<string>, outcome: string | null): Promise<void> {
  console.log(`Outcome: ${outcome}\nReceipt: ${await receipt}`);
  if (outcome !== 'complete') throw new Error(`The reply ended as ${outcome}.`);
}
