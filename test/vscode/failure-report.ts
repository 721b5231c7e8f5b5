/** What a failed browser test leaves behind: a picture of the page and everything it had logged. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { failuresFolder } from './paths.ts';

/** Collects a page's console from now on. */
export function recordConsole(page: Page): () => string {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => lines.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => lines.push('the page crashed'));
  return () => lines.slice(-2000).join('\n');
}

/** Saves `<time> <name>.png` and `.log`; gives their common path without the ending. */
export async function saveFailure(page: Page, name: string, logs: string): Promise<string> {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const path = join(failuresFolder, `${time} ${name.replaceAll(/[^\w-]+/g, ' ').slice(0, 80)}`);
  await mkdir(failuresFolder, { recursive: true });
  await writeFile(`${path}.log`, logs);
  try {
    await page.screenshot({ path: `${path}.png`, timeout: 10_000 });
  } catch {
    // A page that is gone or stuck has no picture; the log is there.
  }
  return path;
}
