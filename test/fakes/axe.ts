import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Of axe's usual rules, those that a change of colours alone can break. */
const colorRules = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong on a page by its usual rules, one line for each rule that is broken. */
export function violations(page: Page | Frame): Promise<readonly string[]> {
  return run(page, {});
}

/** The same by the rules about colours: a fraction of the work, where all others hold in another theme. */
export function colorViolations(page: Page | Frame): Promise<readonly string[]> {
  return run(page, { runOnly: colorRules });
}

async function run(page: Page | Frame, options: RunOptions): Promise<readonly string[]> {
  // By the debugger: the panel's policy lets no second script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations: found } = await page.evaluate(async (given): Promise<AxeResults> => {
    const { axe: loaded } = window as unknown as {
      axe: { run(o: RunOptions): Promise<AxeResults> };
    };
    return loaded.run(given);
  }, options);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
