import assert from 'node:assert/strict';
import { atDepth } from '../../depth.ts';
import { pageWith, type TestPage } from '../page-with.ts';
import { useBrowser } from '../use-browser.ts';
import type { everyMoment as inPage } from './every-moment-page.ts';

/** How often the usual number of texts is tried. */
const times = atDepth({ quick: 1, normal: 1, long: 20 });

declare const everyMoment: typeof inPage;

describe('Markdown at every moment is what it would be had it come at once', () => {
  const browser = useBrowser();
  let tested: TestPage;
  before(async () => {
    tested = await pageWith(browser(), 'test/browser/markdown/every-moment-page.ts');
  });
  after(() => tested[Symbol.asyncDispose]());

  for (const [texts, runs] of [
    ['soup', 600],
    ['trap lines', 200],
  ] as const) {
    it(texts, async () => {
      const found = await tested.page.evaluate(
        ([kind, count]) => everyMoment.fuzz(kind, count, 1),
        [texts, runs * times] as const,
      );
      assert.equal(found, null);
    });
  }
});
