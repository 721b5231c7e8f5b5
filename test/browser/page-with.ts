import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';

export interface TestPage extends AsyncDisposable {
  readonly page: Page;
}

/** Opens a page with the panel's styles and a bundle of this file in it. */
export async function pageWith(browser: Browser, entry: string): Promise<TestPage> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
  });
  const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  await page.setContent('<!doctype html><html lang="en"><body></body></html>');
  for (const sheet of ['panel.css', 'markdown.css']) {
    await page.addStyleTag({ content: await readFile(resolve('media', sheet), 'utf8') });
  }
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  return { page, [Symbol.asyncDispose]: () => page.close() };
}
