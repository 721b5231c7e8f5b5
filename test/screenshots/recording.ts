/**
 * The README's recording: a reply that streams into the panel, as frames of the real workbench put
 * together as an animated PNG. A part of `npm run screenshots`; alone: `node test/screenshots/recording.ts`.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { startSimulator } from '../fakes/messages-api/simulator.ts';
import { launchBrowser } from '../vscode/ensure-browser.ts';
import { ensureHost } from '../vscode/ensure-host.ts';
import { openWorkbench } from '../vscode/open-workbench.ts';
import { startServer } from '../vscode/server.ts';
import { animatedPng, type Frame } from './animated-png.ts';

const root = join(import.meta.dirname, '../..');
export const recordingPath = join(root, 'media/screenshots/recording.png');

const viewport = { width: 920, height: 560 } as const;
/** Between two frames, in milliseconds: a frame takes about half of it to be taken. */
const frameMs = 700;
/** What a reader needs for the first frame and for the last. */
const [firstMs, lastMs] = [1200, 4000];

/** Explains the sample at a pace that one can read, and takes frames until the reply is complete. */
export async function record(browser: Browser, path: string): Promise<void> {
  const pace = { beforeMs: 900, paceMs: 60, deltaLength: 16 };
  await using simulator = await startSimulator(say(sampleReply, pace));
  await using server = await startServer({
    host: await ensureHost(),
    env: { ANTHROPIC_API_KEY: 'sk-ant-simulated', ANTHROPIC_BASE_URL: simulator.url },
  });
  await using workbench = await openWorkbench({
    browser,
    server,
    folder: join(root, 'test/sample'),
    extensionPath: root,
    userSettings: { 'claudeStream.baseUrl': simulator.url },
    scale: 1,
    viewport,
  });
  await workbench.press('Control+B');
  await workbench.openFile('retry.ts');
  await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
  const frames: Frame[] = [];
  /** @param x from there to the right alone: what is left of it stays as it was */
  const take = async (ms: number, x = 0): Promise<void> => {
    const clip = { x, y: 0, width: viewport.width - x, height: viewport.height };
    frames.push({ png: await workbench.page.screenshot({ clip }), x, y: 0, ms });
  };
  await take(firstMs);
  await workbench.contextMenu('Explain with Claude');
  const frame = await workbench.panelFrame();
  const reply = frame.locator('[data-reply]').last();
  await reply.waitFor();
  await take(frameMs);
  const box = await (await frame.frameElement()).boundingBox();
  // The status bar's figures are right of the panel's left edge too.
  const left = Math.floor(box?.x ?? 0);
  while ((await reply.getAttribute('data-outcome')) === 'streaming') {
    await take(frameMs, left);
    await sleep(frameMs / 2);
  }
  await workbench.untilIdle();
  await take(lastMs);
  await writeFile(path, animatedPng(await ofOneType(browser, frames)));
  console.log(`${frames.length} frames`);
}

/** Screenshots come with or without an alpha channel, as it happens; a canvas gives all with one. */
export async function ofOneType(
  browser: Browser,
  frames: readonly Frame[],
): Promise<readonly Frame[]> {
  const page = await browser.newPage();
  const converted: Frame[] = [];
  for (const frame of frames) {
    const made = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    }, frame.png.toString('base64'));
    converted.push({ ...frame, png: Buffer.from(made, 'base64') });
  }
  await page.close();
  return converted;
}

if (import.meta.main) {
  const browser = await launchBrowser();
  try {
    await record(browser, recordingPath);
  } finally {
    await browser.close();
  }
}
