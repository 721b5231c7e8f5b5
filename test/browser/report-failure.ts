import type { Page } from 'playwright-core';
import { saveFailure } from '../vscode/failure-report.ts';

/** Prints where the picture of a failed test's page is; to be called before the page goes. */
export async function reportFailure(test: Mocha.Test | undefined, page: Page): Promise<void> {
  if (test?.state !== 'failed') return;
  const path = await saveFailure(page, test.fullTitle(), `${test.err?.stack ?? ''}\n`);
  console.log(`picture: ${path}.png`);
}
