/**
 * `npm run bench:activation` [-- --json] [-- --quick]: what the extension costs a window, by VS Code's own
 * account (Developer: Startup Performance): nothing until it is used, then the call of `activate`. Fifty
 * loads of a window, the production build in it; its figures are whole milliseconds.
 */
import { join } from 'node:path';
import { launchBrowser } from '../vscode/ensure-browser.ts';
import { ensureHost } from '../vscode/ensure-host.ts';
import { openWorkbench } from '../vscode/open-workbench.ts';
import { startServer } from '../vscode/server.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { bar, median, percentile, report } from './report.ts';

const loads = process.argv.includes('--quick') ? 3 : 50;
const project = join(import.meta.dirname, '../..');

/** Milliseconds, as in VS Code's table. */
interface Activation {
  readonly loadCode: number;
  readonly callActivate: number;
}

/** The row of our extension; null where it has not been activated. */
async function activation(workbench: Workbench): Promise<Activation | null> {
  await workbench.runCommand('Developer: Startup Performance');
  const heading = '## Extension Activation Stats';
  for (;;) {
    const text = await workbench.copyEditorText();
    // The report grows while the window starts.
    if (!text.includes(heading)) continue;
    const row = /^\| claude-stream\.claude-stream +\|([^\n]*)$/m.exec(text)?.[1];
    await workbench.closeActiveTab();
    if (row === undefined) return null;
    const [, loadCode, callActivate] = row.split('|').map((cell) => Number(cell.trim()));
    if (loadCode === undefined || callActivate === undefined) throw new Error(`Unreadable: ${row}`);
    return { loadCode, callActivate };
  }
}

await using browser = await launchBrowser();
await using server = await startServer({ host: await ensureHost() });
await using workbench = await openWorkbench({
  browser,
  server,
  folder: join(project, 'test/sample'),
  extensionPath: project,
});
const found: Activation[] = [];
let unasked = 0;
for (let load = 0; load < loads; load++) {
  if (load > 0) await workbench.reload();
  if ((await activation(workbench)) !== null) unasked++;
  // One that takes no focus away.
  await workbench.runCommand('Claude: Clear API Key');
  const used = await activation(workbench);
  if (used === null) throw new Error('A command of ours ran without the extension.');
  found.push(used);
}
const called = found.map(({ callActivate }) => callActivate);
const loaded = found.map(({ loadCode }) => loadCode);
report(
  'bench:activation',
  [
    bar('window loads that activate the extension before it is used', unasked, 'loads', 0),
    bar(`call of activate(), p95 of ${loads}`, percentile(called, 0.95), 'ms', 5),
  ],
  [
    `call of activate(): median ${median(called)} ms; loading the code before it: median ` +
      `${median(loaded)} ms, p95 ${percentile(loaded, 0.95)} ms`,
  ],
);
