/** Playwright's trace of a test that failed: every step with the page before and after it. */
import type { BrowserContext } from 'playwright-core';

/** Set to 1 where traces are recorded: they cost time, so a first try goes without them. */
export const traceVariable = 'E2E_TRACE';

const isTracing = process.env[traceVariable] === '1';

export async function startTraces({ tracing }: BrowserContext): Promise<void> {
  if (isTracing) await tracing.start({ screenshots: true, snapshots: true });
}

export async function beginTrace({ tracing }: BrowserContext): Promise<void> {
  if (isTracing) await tracing.startChunk();
}

/** @param path without its ending, where the trace is to be kept; null drops it */
export async function endTrace({ tracing }: BrowserContext, path: string | null): Promise<void> {
  if (isTracing) await tracing.stopChunk(path === null ? {} : { path: `${path}.zip` });
}
