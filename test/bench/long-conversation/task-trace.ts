import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** When it began, in microseconds. */
  readonly ts: number;
  /** Microseconds of the thread's own time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly type?: string } };
}

export interface TaskLengths {
  /** While it scrolled, in milliseconds. */
  readonly scrolling: readonly number[];
  /** In the quiet after it, in which the browser clears its memory. */
  readonly after: readonly number[];
}

/** What the last `scroll` event brings near comes within some frames, in microseconds. */
const tail = 50_000;

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

  /** The longest first. */
  async end(): Promise<TaskLengths> {
    const trace = await this.#browser.stopTracing();
    const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
    const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
    const mainThreads = new Set(
      traceEvents
        .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
        .map(threadOf),
    );
    const onMain = traceEvents.filter((event) => mainThreads.has(threadOf(event)));
    const tasks = onMain.filter(({ name }) => name === 'RunTask');
    if (tasks.length === 0) throw new Error('The trace has no tasks.');
    // A trace isn't in order.
    const until = Math.max(...onMain.filter(isScroll).map(({ ts }) => ts)) + tail;
    if (!Number.isFinite(until)) throw new Error('The trace has no scrolling.');
    const lengths = (some: readonly TraceEvent[]): readonly number[] =>
      some.map(({ tdur = 0 }) => tdur / 1000).toSorted((a, b) => b - a);
    return {
      scrolling: lengths(tasks.filter(({ ts }) => ts <= until)),
      after: lengths(tasks.filter(({ ts }) => ts > until)),
    };
  }
}

function isScroll({ name, args }: TraceEvent): boolean {
  return name === 'EventDispatch' && args?.data?.type === 'scroll';
}
