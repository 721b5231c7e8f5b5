/**
 * `npm run screenshots`: the README's pictures and its recording, into media/screenshots.
 * `npm run screenshots -- /tmp/pictures [part…]`: every state that a person sees, in each theme, to
 * look at; or those of some parts.
 */
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Camera } from './screenshots/camera.ts';
import { takeDocument } from './screenshots/document.ts';
import { takeFirstMinutes, takeWithoutKey } from './screenshots/first-minutes.ts';
import { takeInVsCodesChat } from './screenshots/in-vscodes-chat.ts';
import { takeLists } from './screenshots/lists.ts';
import { takePanelStates } from './screenshots/panel-states.ts';
import { takePrompts } from './screenshots/prompts.ts';
import { record, recordingPath } from './screenshots/recording.ts';
import { takeReplacement } from './screenshots/replacement.ts';
import { type Scene, type SceneOptions, withScene } from './screenshots/scene.ts';
import { takeSeveralPanels } from './screenshots/several-panels.ts';
import { takeWidths } from './screenshots/widths.ts';
import { launchBrowser } from './vscode/ensure-browser.ts';

const root = join(import.meta.dirname, '..');
const [elsewhere, ...wanted] = process.argv.slice(2);
const inReadme: ReadonlySet<string> = new Set([
  'streaming-dark',
  'done-light',
  'broken-hc-dark',
  'document-light',
]);

interface Part extends SceneOptions {
  readonly take: (scene: Scene) => Promise<void>;
  readonly isInReadme?: true;
}

const parts: Readonly<Record<string, Part>> = {
  'without-key': { withKey: false, take: takeWithoutKey },
  panel: { withKey: true, take: takePanelStates, isInReadme: true },
  document: { withKey: true, take: takeDocument, isInReadme: true },
  replacement: { withKey: true, take: takeReplacement },
  prompts: { withKey: true, take: takePrompts },
  lists: { withKey: true, take: takeLists },
  'several-panels': { withKey: true, take: takeSeveralPanels },
  'first-minutes': { withKey: true, take: takeFirstMinutes },
  chat: {
    withKey: true,
    take: takeInVsCodesChat,
    userSettings: { 'chat.disableAIFeatures': false },
  },
};

const built = spawnSync(process.execPath, ['esbuild.js'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const folder = elsewhere ?? join(root, 'media/screenshots');
await mkdir(folder, { recursive: true });
const camera = new Camera(folder, elsewhere === undefined ? inReadme : null);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
const browser = await launchBrowser();
try {
  for (const [name, { take, isInReadme, ...options }] of Object.entries(parts)) {
    if (elsewhere === undefined ? isInReadme !== true : !isWanted(name)) continue;
    await withScene(browser, camera, options, take);
  }
  if (elsewhere === undefined) await record(browser, recordingPath);
  else if (isWanted('widths')) await takeWidths(browser, folder);
} finally {
  await browser.close();
}
