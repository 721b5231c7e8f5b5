import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Feed, Measured } from './page.ts';

declare const bench: {
  prepare(feed: Feed): void;
  skip(feed: Feed): Promise<void>;
  feed(feed: Feed): Promise<Measured>;
};

const peersFolder = 'test/bench/render-peers';

/** The page's script: our own contestants, and those of others where they are asked for. */
export async function bundle(withPeers: boolean): Promise<string> {
  if (withPeers && !existsSync(`${peersFolder}/node_modules`)) {
    const installed = spawnSync(
      'npm',
      ['ci', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'],
      { cwd: peersFolder, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    if (installed.status !== 0) throw new Error('The peers could not be installed.');
  }
  const { outputFiles } = await build({
    stdin: {
      contents: [
        `import { installBench } from './test/bench/render/page.ts';`,
        `import { floor, ours } from './test/bench/render/own.ts';`,
        withPeers ? `import { peers } from './${peersFolder}/page.js';` : 'const peers = [];',
        'installBench([floor, ours, ...peers]);',
      ].join('\n'),
      resolveDir: resolve('.'),
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Optional parts of others, for what the replies here don't have.
    external: [
      'mermaid',
      'katex',
      'katex/*',
      '@terrastruct/d2',
      '@antv/infographic',
      'stream-diffs',
      'stream-diffs/*',
    ],
    loader: { '.css': 'empty' },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

export interface Result extends Measured {
  /** Milliseconds of processor time that the page's main thread was busy. */
  readonly task: number;
}

/** A page with the panel's own styles in which one contestant shows one reply. */
export class BenchPage implements AsyncDisposable {
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly #heapBefore: number;

  constructor(page: Page, session: CDPSession, heapBefore: number) {
    this.#page = page;
    this.#session = session;
    this.#heapBefore = heapBefore;
  }

  static async open(browser: Browser, script: string, feed: Feed): Promise<BenchPage> {
    const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
    await page.setContent('<!doctype html><html lang="en"><body></body></html>');
    for (const sheet of ['panel.css', 'markdown.css', 'code.css']) {
      await page.addStyleTag({ content: await readFile(resolve('media', sheet), 'utf8') });
    }
    await page.addScriptTag({ content: script });
    const session = await page.context().newCDPSession(page);
    // The thread's own time: what else the machine does meanwhile isn't in it.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const heapBefore = await heapOf(session);
    await page.evaluate((given) => bench.prepare(given), feed);
    return new BenchPage(page, session, heapBefore);
  }

  /** Shows what is before the feed, then measures it. */
  async measure(feed: Feed): Promise<Result> {
    await this.#page.bringToFront();
    await this.#page.evaluate((given) => bench.skip(given), feed);
    const before = await metric(this.#session, 'TaskDuration');
    const measured = await this.#page.evaluate((given) => bench.feed(given), feed);
    const task = ((await metric(this.#session, 'TaskDuration')) - before) * 1000;
    return { ...measured, task };
  }

  /** Megabytes on the heap, beyond those of the empty page. */
  async heap(): Promise<number> {
    return ((await heapOf(this.#session)) - this.#heapBefore) / 1e6;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#page.close();
  }
}

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find((one) => one.name === name)?.value ?? Number.NaN;
}

/** Scripts' objects and the page's nodes. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize + embedderHeapUsedSize;
}
