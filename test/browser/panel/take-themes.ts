/**
 * `node test/browser/panel/take-themes.ts`: writes themes.json, what a real VS Code gives its
 * webviews to look like it, in each of four themes. To be run again when VS Code changes.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../../fakes/messages-api/scripts.ts';
import { startSimulator } from '../../fakes/messages-api/simulator.ts';
import { colorThemes } from '../../vscode/calm-settings.ts';
import { launchBrowser } from '../../vscode/ensure-browser.ts';
import { ensureHost } from '../../vscode/ensure-host.ts';
import { openWorkbench } from '../../vscode/open-workbench.ts';
import { startServer } from '../../vscode/server.ts';
import type { WebviewThemes } from './themes.ts';

/** Of some nine hundred, those that a panel of text and code may use. */
const useful =
  /^--(?:text-link-decoration|monaco-monospace-font|vscode-(?:font-|editor-(?:font|foreground|background)|editor(?:Error|Warning|Info|Cursor|Widget)|foreground|descriptionForeground|disabledForeground|errorForeground|focusBorder|contrast|widget|panel-border|button|toolbar|text|scrollbar|badge|input|symbolIcon|debugTokenExpression|terminal-ansi|charts))/;

const root = join(import.meta.dirname, '../../..');
const browser = await launchBrowser();
try {
  await using simulator = await startSimulator(say('Hello.'));
  await using server = await startServer({
    host: await ensureHost(),
    env: { ANTHROPIC_API_KEY: 'sk-ant-simulated', ANTHROPIC_BASE_URL: simulator.url },
  });
  const folder = join(root, 'test/sample');
  await using workbench = await openWorkbench({
    browser,
    server,
    folder,
    extensionPath: root,
    userSettings: { 'claudeStream.baseUrl': simulator.url },
  });
  await workbench.openFile('retry.ts');
  await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
  await workbench.contextMenu('Explain with Claude');
  const frame = await workbench.panelFrame();
  const themes: WebviewThemes['themes'] = {};
  for (const name of Object.keys(colorThemes) as (keyof typeof colorThemes)[]) {
    await workbench.setColorTheme(name);
    await frame.locator(`body[data-vscode-theme-id="${colorThemes[name]}"]`).waitFor();
    themes[name] = await frame.evaluate((source) => {
      const { style } = document.documentElement;
      const names = [...style].filter((each) => new RegExp(source).test(each));
      return {
        bodyClass: document.body.className,
        kind: document.body.dataset['vscodeThemeKind'] ?? '',
        variables: Object.fromEntries(names.map((each) => [each, style.getPropertyValue(each)])),
      };
    }, useful.source);
  }
  const defaultStyles = await frame.evaluate(
    () => document.getElementById('_defaultStyles')?.textContent ?? '',
  );
  const taken: WebviewThemes = { defaultStyles, themes };
  const text = `${JSON.stringify(taken, null, 2)}\n`;
  await writeFile(join(import.meta.dirname, 'themes.json'), text);
} finally {
  await browser.close();
}
