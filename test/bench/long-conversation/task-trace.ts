import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the thread's own time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The tasks of a page's main thread, in the thread's own time: what else the machine does meanwhile
 * isn't in it, as it is in what the page sees of them itself.
 */
export class TaskTrace {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Begins with the page at its top. */
  static async start(browser: Browser, page: Page): Promise<TaskTrace> {
    await page.evaluate(() => probe.goToTop());
    await browser.startTracing(page, {
      categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
    });
    return new TaskTrace(browser);
  }

  /** Each task's length in milliseconds. */
  async end(): Promise<readonly number[]> {
    const trace = await this.#browser.stopTracing();
    const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
    const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
    const mainThreads = new Set(
      traceEvents
        .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
        .map(threadOf),
    );
    const tasks = traceEvents.filter(
      (event) => event.name === 'RunTask' && mainThreads.has(threadOf(event)),
    );
    if (tasks.length === 0) throw new Error('The trace has no tasks.');
    return tasks.map(({ tdur = 0 }) => tdur / 1000);
  }
}
