/** `node test/browser/usage/take-pictures.ts <folder>`: every state in each theme, to look at. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '../../vscode/ensure-browser.ts';
import { states } from './states.ts';
import { themeNames, UsagePageInBrowser } from './usage-page.ts';

const [folder = 'pictures'] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const [name, state] of Object.entries(states)) {
    await using view = await UsagePageInBrowser.open(browser, state);
    for (const theme of themeNames) {
      await view.wear(theme);
      for (const width of [900, 300]) {
        await view.page.setViewportSize({ width, height: 900 });
        const file = `${name}-${theme}-${width}.png`.replaceAll(' ', '-').toLowerCase();
        await view.page.screenshot({ path: join(folder, file) });
      }
    }
  }
} finally {
  await browser.close();
}
