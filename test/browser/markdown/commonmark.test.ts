import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { atDepth } from '../../depth.ts';
import { pageWith, type TestPage } from '../page-with.ts';
import { useBrowser } from '../use-browser.ts';
import { gfmExamples } from './gfm-examples.ts';
import type { calls as pageCalls } from './page.ts';

declare const calls: typeof pageCalls;

const { tests }: { tests: readonly { readonly markdown: string; readonly section: string }[] } =
  createRequire(import.meta.url)('commonmark-spec');
const manySplits = atDepth({ quick: 20, normal: 20, long: 500 });
const seeds = atDepth({ quick: 4, normal: 4, long: 100 });

describe('streamed Markdown', () => {
  const browser = useBrowser();
  let tested: TestPage;
  before(async () => {
    tested = await pageWith(browser(), 'test/browser/markdown/page.ts');
  });
  after(() => tested[Symbol.asyncDispose]());

  async function differences(texts: readonly string[]): Promise<string> {
    const found = await tested.page.evaluate(([all, many]) => calls.differences(all, many), [
      texts,
      manySplits,
    ] as const);
    return found.join('\n\n');
  }

  it('has all of CommonMark’s examples to be tested with', () => {
    assert.equal(tests.length, 652);
  });

  for (const [section, examples] of Map.groupBy(tests, ({ section }) => section)) {
    it(`reads like the whole, however it is cut: ${section} (${examples.length})`, async () => {
      const texts = examples.map(({ markdown }) => markdown.replaceAll('→', '\t'));
      assert.equal(await differences(texts), '');
    });
  }

  for (const [section, texts] of Object.entries(gfmExamples)) {
    it(`reads like the whole, however it is cut: ${section} (${texts.length})`, async () => {
      assert.equal(await differences(texts), '');
    });
  }

  for (let seed = 1; seed <= seeds; seed++) {
    it(`reads like the whole, however it is cut: random trap lines, seed ${seed}`, async () => {
      const found = await tested.page.evaluate((given) => calls.fuzz(600, given), seed);
      assert.equal(found, null);
    });
  }

  it('reads like the whole where constructs are long', async () => {
    for (let seed = 1; seed <= seeds / 4; seed++) {
      const found = await tested.page.evaluate((given) => calls.fuzzLong(60, given), seed);
      assert.equal(found, null);
    }
  });
});
