import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../fakes/messages-api/simulator.ts';
import { ensureHost } from '../vscode/ensure-host.ts';
import { openWorkbench } from '../vscode/open-workbench.ts';
import { type Settings, startServer } from '../vscode/server.ts';
import type { Workbench } from '../vscode/workbench.ts';
import type { Camera } from './camera.ts';

const root = join(import.meta.dirname, '../..');

/** A window on the sample folder, the simulated API behind it, and who takes the pictures. */
export interface Scene {
  readonly workbench: Workbench;
  readonly simulator: Simulator;
  readonly camera: Camera;
}

export interface SceneOptions {
  readonly withKey: boolean;
  readonly userSettings?: Settings;
}

/** Sets a scene up for as long as `take` takes. */
export async function withScene(
  browser: Browser,
  camera: Camera,
  { withKey, userSettings = {} }: SceneOptions,
  take: (scene: Scene) => Promise<void>,
): Promise<void> {
  await using simulator = await startSimulator(say(sampleReply));
  await using server = await startServer({
    host: await ensureHost(),
    env: withKey
      ? { ANTHROPIC_API_KEY: 'sk-ant-simulated', ANTHROPIC_BASE_URL: simulator.url }
      : {},
  });
  await using workbench = await openWorkbench({
    browser,
    server,
    folder: join(root, 'test/sample'),
    extensionPath: root,
    scale: 1.5,
    viewport: { width: 1200, height: 760 },
    userSettings: { 'claudeStream.baseUrl': simulator.url, ...userSettings },
  });
  await workbench.press('Control+B');
  await take({ workbench, simulator, camera });
}

export async function selectSample(workbench: Workbench): Promise<void> {
  await workbench.openFile('retry.ts');
  await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
}

/** By the palette, which needs no place to click on. */
export async function explain(workbench: Workbench): Promise<void> {
  const frame = await workbench.panelFrame();
  const count = await frame.locator('[data-reply]').count();
  await workbench.runCommand('Claude: Explain Selection');
  await frame.locator('[data-reply]').nth(count).waitFor();
}

export async function waitForOutcome(
  workbench: Workbench,
  outcome: string,
  text = '',
): Promise<void> {
  const frame = await workbench.panelFrame();
  const reply = frame.locator(`[data-reply][data-newest][data-outcome=${outcome}]`);
  await reply.filter({ hasText: text }).waitFor();
}
