/**
 * `npm run screenshots`: the README's pictures and its recording, into media/screenshots.
 * `npm run screenshots -- /tmp/pictures`: every state that a person sees, in each theme, to look at.
 */
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { PanelPage } from './browser/panel/panel-page.ts';
import { states } from './browser/panel/states.ts';
import { sampleReply } from './fakes/messages-api/sample-reply.ts';
import { fail, Gate, say, sayThen } from './fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from './fakes/messages-api/simulator.ts';
import { record, recordingPath } from './recording.ts';
import type { ColorTheme } from './vscode/calm-settings.ts';
import { launchBrowser } from './vscode/ensure-browser.ts';
import { ensureHost } from './vscode/ensure-host.ts';
import { openWorkbench } from './vscode/open-workbench.ts';
import { startServer } from './vscode/server.ts';
import type { Workbench } from './vscode/workbench.ts';

const root = join(import.meta.dirname, '..');
const [elsewhere] = process.argv.slice(2);
const folder = elsewhere ?? join(root, 'media/screenshots');
const inReadme: ReadonlySet<string> = new Set([
  'streaming-dark',
  'done-light',
  'broken-hc-dark',
  'document-light',
]);
const themes: readonly [ColorTheme, string][] = [
  ['Dark Modern', 'dark'],
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'hc-dark'],
  ['Light High Contrast', 'hc-light'],
];

const built = spawnSync(process.execPath, ['esbuild.js'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  await withWorkbench(browser, false, async (workbench) => {
    await selectSample(workbench);
    await workbench.contextMenu('Explain Selection');
    await workbench.quickInput.waitForMessage('secret storage');
    await inEachTheme(workbench, 'no-key');
  });
  await withWorkbench(browser, true, takePanelStates);
  await withWorkbench(browser, true, takeDocument);
  if (elsewhere === undefined) await record(browser, recordingPath);
  else await takeWidths(browser);
} finally {
  await browser.close();
}

async function withWorkbench(
  inBrowser: Browser,
  withKey: boolean,
  work: (workbench: Workbench, simulator: Simulator) => Promise<void>,
): Promise<void> {
  await using simulator = await startSimulator(say(sampleReply));
  await using server = await startServer({
    host: await ensureHost(),
    machineSettings: { 'claudeStream.baseUrl': simulator.url },
    env: withKey ? { ANTHROPIC_API_KEY: 'sk-ant-simulated' } : {},
  });
  await using workbench = await openWorkbench({
    browser: inBrowser,
    server,
    folder: join(root, 'test/sample'),
    extensionPath: root,
    scale: 1.5,
    viewport: { width: 1200, height: 760 },
  });
  await workbench.press('Control+B');
  await work(workbench, simulator);
}

async function takePanelStates(workbench: Workbench, simulator: Simulator): Promise<void> {
  await selectSample(workbench);

  const gate = new Gate();
  simulator.answer(say(sampleReply, { gate, holdAfter: 560, outputTokens: 372 }));
  await workbench.contextMenu('Explain Selection');
  await waitForOutcome(workbench, 'streaming', 'before the catch');
  await workbench.statusBarItem('claudeStream.usage').waitForText('≈');
  await inEachTheme(workbench, 'streaming');
  gate.open();
  await waitForOutcome(workbench, 'complete');
  await inEachTheme(workbench, 'done');

  const frame = await workbench.panelFrame();
  await frame.locator('[data-receipt] summary').last().click();
  await frame.locator('[data-receipt]').last().scrollIntoViewIfNeeded();
  await inEachTheme(workbench, 'receipt');

  const thinkingGate = new Gate();
  const thinking =
    'The loop has no condition of its own, so what ends it is `return` or `throw`.\n\n' +
    'The order of the waits is what matters here: they double, with jitter.';
  simulator.answer(say('Short.', { thinking, gate: thinkingGate, holdAfter: 0 }));
  await workbench.changeSettings({ 'claudeStream.showThinking': true });
  await explain(workbench);
  const thought = frame.locator('[data-thinking] summary').last();
  await thought.filter({ hasText: '3 s' }).waitFor();
  await inEachTheme(workbench, 'thinking');
  await thought.click();
  await inEachTheme(workbench, 'thinking-open');
  thinkingGate.open();
  await waitForOutcome(workbench, 'complete');

  const longGate = new Gate();
  const long = `${sampleReply}\n\n${sampleReply}`;
  simulator.answer(say(long, { gate: longGate, holdAfter: sampleReply.length + 900 }));
  await explain(workbench);
  await frame.locator('[data-action=jump-down]').waitFor();
  await inEachTheme(workbench, 'more-below');
  await workbench.changeSettings({ 'claudeStream.follow': true });
  await frame.locator('#transcript[data-follow]').waitFor();
  await frame.locator('[data-action=jump-down]').click();
  longGate.open();
  await waitForOutcome(workbench, 'complete');
  await inEachTheme(workbench, 'followed');
  await workbench.changeSettings({ 'claudeStream.follow': false });

  const stopGate = new Gate();
  simulator.answer(say(sampleReply, { gate: stopGate, holdAfter: 420 }));
  await explain(workbench);
  await waitForOutcome(workbench, 'streaming', 'hands back');
  await workbench.runCommand('Claude: Stop');
  await waitForOutcome(workbench, 'stopped');
  await inEachTheme(workbench, 'stopped');

  simulator.answer(sayThen(sampleReply.slice(0, 400), 'overloaded'));
  await explain(workbench);
  await waitForOutcome(workbench, 'broken');
  await inEachTheme(workbench, 'broken');

  simulator.answer(fail(401, 'authentication_error', 'invalid bearer token'));
  await explain(workbench);
  await waitForOutcome(workbench, 'broken', '');
  await inEachTheme(workbench, 'rejected-key');

  simulator.answer(say('A story that is too long', { stopReason: 'max_tokens' }));
  await explain(workbench);
  await waitForOutcome(workbench, 'cut');
  await inEachTheme(workbench, 'cut');

  simulator.answer(fail(529, 'overloaded_error', 'Overloaded', { 'retry-after': '50' }));
  await explain(workbench);
  await waitForOutcome(workbench, 'streaming', 'Retry 1 of 2');
  await inEachTheme(workbench, 'retrying');
  await workbench.runCommand('Claude: Stop');

  simulator.answer(say(sampleReply, { gate: new Gate(), holdAfter: 420 }));
  await explain(workbench);
  await waitForOutcome(workbench, 'streaming', 'hands back');
  await workbench.reload();
  await waitForOutcome(workbench, 'broken');
  await inEachTheme(workbench, 'interrupted');
}

/** Each state of the panel alone: narrow, as usual, wide, and zoomed to 200 %. */
async function takeWidths(inBrowser: Browser): Promise<void> {
  for (const [state, reach] of Object.entries(states)) {
    await using panel = await PanelPage.open(inBrowser, { height: 700 });
    await reach(panel);
    for (const [width, height, name] of [
      [300, 700, '300'],
      [600, 700, '600'],
      [1100, 700, '1100'],
      [300, 350, '600-at-200-percent'],
    ] as const) {
      await panel.page.setViewportSize({ width, height });
      await panel.settled();
      const file = `panel-${state.replaceAll(/\W+/g, '-')}-${name}.png`;
      await panel.page.screenshot({ path: join(folder, file) });
    }
  }
}

async function takeDocument(workbench: Workbench, simulator: Simulator): Promise<void> {
  await selectSample(workbench);
  const gate = new Gate();
  simulator.answer(say(sampleReply, { gate, holdAfter: 900 }));
  await workbench.runCommand('Claude: Ask into New Document…');
  await workbench.quickInput.waitForMessage('With retry.ts');
  await workbench.quickInput.type('How does this behave when the server is down?');
  await inEachTheme(workbench, 'ask');
  await workbench.quickInput.accept();
  await workbench.page.locator('.view-lines', { hasText: /attempt.*waits/ }).waitFor();
  await inEachTheme(workbench, 'document');
  gate.open();
}

async function selectSample(workbench: Workbench): Promise<void> {
  await workbench.openFile('retry.ts');
  await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
}

/** By the palette, which needs no place to click on. */
async function explain(workbench: Workbench): Promise<void> {
  const frame = await workbench.panelFrame();
  const count = await frame.locator('[data-reply]').count();
  await workbench.runCommand('Claude: Explain Selection');
  await frame.locator('[data-reply]').nth(count).waitFor();
}

async function waitForOutcome(workbench: Workbench, outcome: string, text = ''): Promise<void> {
  const frame = await workbench.panelFrame();
  const reply = frame.locator(`[data-reply][data-newest][data-outcome=${outcome}]`);
  await reply.filter({ hasText: text }).waitFor();
}

async function inEachTheme(workbench: Workbench, state: string): Promise<void> {
  for (const [theme, name] of themes) {
    const picture = `${state}-${name}`;
    if (elsewhere === undefined && !inReadme.has(picture)) continue;
    await workbench.setColorTheme(theme);
    await workbench.untilIdle();
    await workbench.screenshot(join(folder, `${picture}.png`));
  }
  console.log(state);
  await workbench.setColorTheme('Dark Modern');
}
