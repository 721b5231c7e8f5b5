import assert from 'node:assert/strict';
import { pageWith, type TestPage } from '../page-with.ts';
import type { everyMoment as inPage } from './every-moment-page.ts';

declare const everyMoment: typeof inPage;

describe('Markdown at every moment is what it would be had it come at once', () => {
  let tested: TestPage;
  before(async () => {
    tested = await pageWith('test/browser/markdown/every-moment-page.ts');
  });
  after(() => tested[Symbol.asyncDispose]());

  for (const [texts, runs] of [
    ['soup', 600],
    ['trap lines', 200],
  ] as const) {
    it(texts, async () => {
      const found = await tested.page.evaluate(
        ([kind, count]) => everyMoment.fuzz(kind, count, 1),
        [texts, runs] as const,
      );
      assert.equal(found, null);
    });
  }
});
