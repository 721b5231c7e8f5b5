import type { Browser } from 'playwright-core';
import { launchBrowser } from '../vscode/ensure-browser.ts';

/** The first run on a machine may have to install it, in milliseconds. */
const startTimeoutMs = 600_000;

let browser: Browser | undefined;

// A hook of the whole run: this module is loaded before any `describe` runs.
after('close the browser', () => browser?.close());

/** Gives a suite the one browser of the process: it takes a second or two to start. */
export function useBrowser(): () => Browser {
  before('start a browser', async function () {
    this.timeout(startTimeoutMs);
    browser ??= await launchBrowser();
  });
  return () => {
    if (browser === undefined) throw new Error('The browser runs only while a test does.');
    return browser;
  };
}
