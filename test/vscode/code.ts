/**
 * VS Code's command line, as far as `@vscode/test-electron` uses it, on top of the server build and a
 * headless browser: runs an extension's tests, prints what they print, and exits with their code. An API
 * key that the tests were given must not turn up in anything that was printed or written.
 */
import type { Browser, Page } from 'playwright-core';
import { calmSettings } from './calm-settings.ts';
import { parseCommandLine } from './command-line.ts';
import { launchBrowser } from './ensure-browser.ts';
import { ensureHost } from './ensure-host.ts';
import type { Environment } from './environment.ts';
import { recordConsole, saveFailure } from './failure-report.ts';
import { settingsFolder, startServer, type VsCodeServer, writeSettings } from './server.ts';
import { readTestOutput, testsModuleVariable } from './test-output.ts';
import { filesWith, formsOf, holds } from './traces.ts';
import { loadWorkbench } from './workbench-page.ts';

/** Tests that print nothing for this long won't ever end. */
const silenceLimit = 5 * 60_000;
const testsEntry = `${import.meta.dirname}/tests-entry.ts`;

process.exitCode = await main();

async function main(): Promise<number> {
  const { extensionPaths, testsPath, folder } = parseCommandLine(process.argv.slice(2));
  if (testsPath === undefined) {
    process.stderr.write('--extensionTestsPath=<module> is missing.\n');
    return 1;
  }
  const host = await ensureHost();
  const env: Environment = { ...givenEnvironment(), [testsModuleVariable]: testsPath };
  // TypeScript's servers alone would take 8 s of processor time, for what no test asks about.
  const server = await startServer({ host, env, builtIns: ['git', 'git-base', 'ipynb'] });
  const key = env['ANTHROPIC_API_KEY'] ?? '';
  const keyForms = key === '' ? [] : formsOf(key);
  const traces: string[] = [];
  await writeSettings(settingsFolder(server.dataDir, 'User'), calmSettings('Dark Modern'));
  const browser = await launchBrowser();
  let code = 1;
  try {
    const page = await newPage(browser);
    const printed = recordConsole(page);
    code = await runTests(page, server, async () => {
      await loadWorkbench(page, { server, folder, extensionPaths, testsPath: testsEntry });
    });
    if (holds(`${printed()}${server.output()}`, keyForms)) traces.push('the output');
  } finally {
    await browser.close();
    await server.stop(async (dataDir) => {
      traces.push(...(await filesWith(dataDir, keyForms)));
    });
  }
  if (traces.length === 0) return code;
  process.stderr.write(`The API key is in ${traces.join(', ')}.\n`);
  return 1;
}

/** Whoever starts us has chosen what the tests get, so here a key is no accident. */
function givenEnvironment(): Environment {
  const given = Object.entries(process.env).filter(
    ([name]) => name.startsWith('ANTHROPIC_') || name === 'INTEGRATION_TESTS',
  );
  return Object.fromEntries(given);
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    locale: 'en-US',
  });
  return context.newPage();
}

/** Loads the page, prints what the tests say, and gives the exit code once they are done. */
async function runTests(
  page: Page,
  server: VsCodeServer,
  load: () => Promise<void>,
): Promise<number> {
  const consoleLog = recordConsole(page);
  const ended = Promise.withResolvers<number>();
  const onSilence = (): void => {
    ended.reject(new Error(`The tests printed nothing for ${silenceLimit / 60_000} minutes.`));
  };
  let silence = setTimeout(onSilence, silenceLimit);

  page.on('crash', () => ended.reject(new Error('The page with VS Code crashed.')));
  // VS Code calls these two where they exist.
  await page.exposeFunction('codeAutomationLog', (_level: string, args: readonly unknown[]) => {
    const output = readTestOutput(args[0]);
    if (output === undefined) return;
    clearTimeout(silence);
    silence = setTimeout(onSilence, silenceLimit);
    process[output.stream].write(output.text);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => ended.resolve(code));

  const report = async (what: string): Promise<void> => {
    const logs = `${consoleLog()}\n\n--- server\n${server.output()}`;
    const path = await saveFailure(page, 'tests', logs);
    process.stderr.write(`${what} VS Code's own log: ${path}.log\n`);
  };
  try {
    await load();
    const code = await ended.promise;
    if (code !== 0) await report('The tests failed.');
    return code;
  } catch (error) {
    await report(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    clearTimeout(silence);
  }
}
