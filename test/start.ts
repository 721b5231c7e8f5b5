/**
 * `npm start`: builds the extension and opens a VS Code with it, at a sample with a ready selection.
 * `npm start -- --demo`: does the main job by itself, headless, and prints the reply.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chooseApi } from './start/choose-api.ts';
import { runDemo } from './start/demo.ts';
import { findDesktop, runDesktop } from './start/desktop.ts';
import { calmSettings } from './vscode/calm-settings.ts';
import { ensureHost } from './vscode/ensure-host.ts';
import { settingsFolder, startServer, writeSettings } from './vscode/server.ts';

const root = join(import.meta.dirname, '..');
const sample = join(root, 'test/sample');
const opener = join(root, 'test/start/sample-opener');
const isDemo = process.argv.includes('--demo');

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop.abort());
}

const built = spawnSync(process.execPath, ['esbuild.js'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

await using api = await chooseApi();
console.log(api.notice);

const desktop = isDemo ? null : findDesktop();
if (desktop !== null) {
  console.log('Opening VS Code. Close its window, or press Ctrl+C here, to end it.');
  await runDesktop(desktop, api, [root, opener], sample, stop.signal);
} else {
  await runServer();
}

async function runServer(): Promise<void> {
  const host = await ensureHost();
  await using server = await startServer({
    host,
    env: api.env,
    extensionFolders: isDemo ? [root] : [root, opener],
  });
  if (isDemo) {
    await runDemo(server, api.settings, 'claude-stream.claude-stream', sample, 'demo.png');
    return;
  }
  await writeSettings(settingsFolder(server.dataDir, 'User'), {
    ...calmSettings('Dark Modern'),
    ...api.settings,
  });
  const url = `${server.url}/?folder=${encodeURIComponent(sample)}`;
  console.log(`\nVS Code is ready: ${url}`);
  console.log(
    'Right-click on the selection and choose Explain with Claude. Ctrl+C ends everything.',
  );
  openInBrowser(url);
  if (!stop.signal.aborted) {
    await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }));
  }
}

/** Where somebody sits at a display; elsewhere the printed address has to do. */
function openInBrowser(url: string): void {
  const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer' };
  const hasDisplay =
    process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  const command = openers[process.platform] ?? (hasDisplay ? 'xdg-open' : null);
  if (command === null) {
    console.log('There is no display here. `npm start -- --demo` does the job by itself.');
    return;
  }
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => console.log('Open the address in a browser.'));
  child.unref();
}
