/**
 * `npm run bench:activation` [-- --json] [-- --quick]: what the extension costs a window, by VS Code's own
 * account (Developer: Startup Performance): nothing until it is used, then `activate()`, from its call
 * until what it returns has settled. Fifty windows, the production build in them. VS Code's figures are
 * whole milliseconds on the clock, so what else the machine does is in them. So each load is a page of
 * its own (one that is loaded again keeps what the loads before it left: 1.6 GB after fifty), its first
 * use is Ask by its key (the palette would be drawn away meanwhile), and comes when the window has
 * loaded, not beside the extensions that start with it.
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../vscode/ensure-browser.ts';
import { ensureHost } from '../vscode/ensure-host.ts';
import { openWorkbench } from '../vscode/open-workbench.ts';
import { startServer } from '../vscode/server.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { bar, isQuick, median, percentile, report } from './report.ts';

const loads = isQuick ? 3 : 50;
const project = join(import.meta.dirname, '../..');

/** Milliseconds, as in VS Code's table. */
interface Activation {
  /** Until the module is there: read, compiled and evaluated. */
  readonly loadCode: number;
  /** Until `activate()` has returned. */
  readonly callActivate: number;
  /** Until what it returned has settled; what it put off to later isn't in it. */
  readonly finishActivate: number;
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
    const [, ...figures] = row.split('|').map((cell) => Number(cell.trim()));
    const [loadCode, callActivate, finishActivate] = figures;
    if (loadCode === undefined || callActivate === undefined || finishActivate === undefined) {
      throw new Error(`Unreadable: ${row}`);
    }
    return { loadCode, callActivate, finishActivate };
  }
}

/** Resolves when the machine's processors have idled for half a second, or will not within 20. */
async function untilIdle(): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (let before = processorTimes(); performance.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const after = processorTimes();
    if ((after.idle - before.idle) / (after.all - before.all) > 0.9) return;
    before = after;
  }
}

/** Milliseconds since the machine started, of all its processors. */
function processorTimes(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (part: (each: (typeof times)[number]) => number): number =>
    times.reduce((total, each) => total + part(each), 0);
  return {
    idle: sum(({ idle }) => idle),
    all: sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq),
  };
}

await using browser = await launchBrowser();
await using server = await startServer({ host: await ensureHost() });
const found: Activation[] = [];
let unasked = 0;
for (let load = 0; load < loads; load++) {
  await using workbench = await openWorkbench({
    browser,
    server,
    folder: join(project, 'test/sample'),
    extensionPath: project,
  });
  if ((await activation(workbench)) !== null) unasked++;
  await untilIdle();
  await workbench.press('Control+K Q');
  await workbench.quickInput.waitUntilOpen();
  await workbench.quickInput.cancel();
  const used = await activation(workbench);
  if (used === null) throw new Error('A command of ours ran without the extension.');
  found.push(used);
}
const activated = found.map(({ callActivate, finishActivate }) => callActivate + finishActivate);
const loaded = found.map(({ loadCode }) => loadCode);
const slowest = activated.toSorted((a, b) => b - a).slice(0, 5);
report(
  'activation',
  [
    bar('window loads that activate the extension before it is used', unasked, 'loads', 0),
    bar(`activate(), p95 of ${loads} window loads`, percentile(activated, 0.95), 'ms', 3),
  ],
  [
    `activate(): median ${median(activated)} ms, slowest ${slowest.join(', ')} ms; loading the code ` +
      `before it: median ${median(loaded)} ms, p95 ${percentile(loaded, 0.95)} ms`,
  ],
);
