import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong on a page by its usual rules, one line for each rule that is broken. */
export async function violations(page: Page | Frame): Promise<readonly string[]> {
  // By the debugger: the panel's policy lets no second script in.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(async (): Promise<AxeResults> => {
    const { axe: loaded } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    return loaded.run();
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
