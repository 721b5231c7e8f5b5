import assert from 'node:assert/strict';
import AxeBuilder from 'axe-core';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { grammars } from '../../../src/webview/code/grammars.ts';
import { findLanguage } from '../../../src/webview/code/languages.ts';
import { reportFailure } from '../report-failure.ts';
import { useBrowser } from '../use-browser.ts';
import {
  buildCodePage,
  type CodePageFiles,
  type CodePageOptions,
  CodeTab,
} from './open-code-page.ts';
import type {} from './page-script.ts';

const sample = `import { sleep } from './sleep.ts';

/** Tries again. */
export async function retry<T>(work: () => Promise<T>, times = 3): Promise<T> {
  for (let attempt = 0; attempt < times; attempt++) {
    const wait = 2 ** attempt * 100; // a long comment that reaches far beyond the right edge of a narrow panel
    await sleep(wait);
  }
  return work();
}
`;

describe('code blocks in the page', () => {
  const browser = useBrowser();
  let files: CodePageFiles;
  let shared: CodeTab;
  let page: Page;

  before('open a tab', async () => {
    files = await buildCodePage();
    shared = await CodeTab.open(browser(), files);
  });
  after(() => shared.page.close());

  async function open(options?: CodePageOptions): Promise<void> {
    ({ page } = shared);
    await shared.show(options);
  }
  beforeEach(() => open());
  afterEach(async function () {
    await reportFailure(this.currentTest, page);
    assert.deepEqual(await page.evaluate(() => window.codePage.violations), []);
    if (page !== shared.page) await page.close();
  });

  async function addBlock(word: string, text: string): Promise<void> {
    await page.evaluate(
      ([language, code]) => {
        const block = window.codePage.open(language);
        window.codePage.append(block, code);
        window.codePage.close(block);
      },
      [word, text] as const,
    );
  }

  const coloured = (): Promise<unknown> => page.locator('[data-coloured]').first().waitFor();
  const button = (action: string) => page.locator(`[data-action="${action}"]`).first();
  const requests = (): Promise<number> =>
    page.evaluate(
      () =>
        performance.getEntriesByType('resource').filter(({ name }) => name.includes('highlight'))
          .length,
    );

  it('are plain while they grow, and coloured once they are closed', async () => {
    await page.evaluate((text) => {
      const block = window.codePage.open('ts');
      for (const piece of text.split(/(?<= )/)) window.codePage.append(block, piece);
    }, sample);
    assert.equal(await page.locator('[class^=token-]').count(), 0);
    assert.equal(await requests(), 0, 'no highlighter yet');
    await page.evaluate(() => window.codePage.close(0));
    await coloured();
    const keywords = page.locator('.token-control');
    assert.deepEqual(await keywords.allTextContents(), [
      'import',
      'from',
      'export',
      'for',
      'await',
      'return',
    ]);
  });

  it('load the highlighter once for all', async () => {
    await addBlock('ts', sample);
    await addBlock('python', 'def a(): pass\n');
    await page.locator('[data-coloured]').nth(1).waitFor();
    assert.equal(await requests(), 1);
  });

  it('load nothing for code in no known language', async () => {
    await addBlock('', sample);
    await addBlock('brainfuck', '+-<>');
    assert.equal(await requests(), 0);
  });

  it('stay plain where the highlighter can not be had', async () => {
    await open({ hasHighlighter: false });
    const failed = page.waitForResponse('**/highlight.js');
    await addBlock('ts', sample);
    assert.equal((await failed).status(), 404);
    assert.equal(await page.locator('pre').textContent(), sample);
    assert.equal(await page.locator('[data-coloured]').count(), 0);
  });

  it('do not move when the colours arrive', async () => {
    const block = await page.evaluate(() => window.codePage.open('ts'));
    await page.evaluate(([at, text]) => window.codePage.append(at, text), [block, sample] as const);
    const before = await places();
    await page.evaluate((at) => window.codePage.close(at), block);
    await coloured();
    const after = await places();
    assert.deepEqual(after.elements, before.elements);
    assert.equal(after.characters.length, before.characters.length);
    // Where a span begins, the browser rounds to a 64th of a pixel.
    for (const [index, { x, y }] of after.characters.entries()) {
      assert.equal(y, before.characters[index]?.y);
      assert.ok(Math.abs(x - (before.characters[index]?.x ?? 0)) < 0.5);
    }
  });

  interface Place {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }

  /** Of a block's elements, and of every character in it. */
  function places(): Promise<{
    readonly elements: readonly Place[];
    readonly characters: readonly Place[];
  }> {
    return page.evaluate(() => {
      const place = ({ x, y, width, height }: DOMRect): Place => ({ x, y, width, height });
      const elements = document.querySelectorAll('.code-block, .code-header, pre');
      const characters: Place[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode() !== null) {
        const text = walker.currentNode;
        if (!(text instanceof Text) || text.parentElement?.closest('code') === null) continue;
        for (let at = 0; at < text.length; at++) {
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + 1);
          if (text.data[at] !== '\n') characters.push(place(range.getBoundingClientRect()));
        }
      }
      const rects = [...elements].map((element) => element.getBoundingClientRect());
      return { elements: rects.map(place), characters };
    });
  }

  it('keep every character, in every language', async function () {
    this.timeout(120_000);
    const shreds = fc.constantFrom(
      ...['function f(', '}', '"', "'", '`', '${', '/*', '*/', '//', '#', '<a b="c">', '</script>'],
      ...['<img src=x onerror=alert(1)>', '&lt;', '\n', '\r', '\t', '\u0000', '\u{1F600}'],
      ...['1', ' ', 'if', 'class A', '@@', '+a', '$b', '<?php', '?>', '\n\n', 'def c:', '=', ';'],
    );
    const code = fc.array(shreds, { maxLength: 40 }).map((some) => some.join(''));
    const codes = fc.sample(code, { numRuns: 4, seed: 7 });
    const languages = Object.keys(grammars).filter((name) => findLanguage(name)?.grammar != null);
    for (const language of languages) {
      await page.evaluate(
        ([word, texts]) => {
          for (const text of texts) {
            const block = window.codePage.open(word);
            window.codePage.append(block, text);
            window.codePage.close(block);
          }
        },
        [language, codes] as const,
      );
    }
    const last = page.locator('[data-coloured]').nth(languages.length * codes.length - 1);
    await last.waitFor();
    const found = await page.evaluate(() => ({
      texts: [...document.querySelectorAll('pre')].map(({ textContent }) => textContent),
      elements: [
        ...new Set([...document.querySelectorAll('code *')].map(({ localName }) => localName)),
      ],
    }));
    assert.deepEqual(found.elements, ['span']);
    for (const [index, text] of found.texts.entries()) {
      assert.equal(text, codes[index % codes.length]);
    }
  });

  it('wait for a selection in them to be gone', async () => {
    await page.evaluate((text) => {
      for (let count = 0; count < 2; count++) {
        const block = window.codePage.open('ts');
        window.codePage.append(block, text);
      }
      const [first] = document.querySelectorAll('code');
      if (first !== undefined) document.getSelection()?.selectAllChildren(first);
      window.codePage.close(0);
      window.codePage.close(1);
    }, sample);
    await coloured();
    const isColoured = (): Promise<readonly boolean[]> =>
      page
        .locator('pre')
        .evaluateAll((all) => all.map((one) => one.querySelector('[class^=token-]') !== null));
    assert.deepEqual(await isColoured(), [false, true]);
    const selected = await page.evaluate(() => document.getSelection()?.toString());
    assert.equal(selected, sample.trimEnd());
    await page.evaluate(() => document.getSelection()?.removeAllRanges());
    await page.locator('[data-coloured]').nth(1).waitFor();
    assert.deepEqual(await isColoured(), [true, true]);
  });

  it('are coloured to the end where they are long', async () => {
    const text = sample.repeat(200);
    await addBlock('ts', text);
    await coloured();
    assert.equal(await page.locator('pre').textContent(), text);
    assert.equal(await page.locator('.token-control').count(), 6 * 200);
  });

  it('stay plain where they are longer than a reader would read', async () => {
    await addBlock('ts', sample.repeat(600));
    await coloured();
    assert.equal(await page.locator('[class^=token-]').count(), 0);
  });

  it('take their colours from the palette, all at once, and from the style sheet without', async () => {
    await addBlock('ts', "const a = 'b';\n");
    await coloured();
    const colour = (kind: string): Promise<string> =>
      page.locator(`.token-${kind}`).evaluate((element) => getComputedStyle(element).color);
    assert.equal(await colour('string'), 'rgb(255, 128, 128)', 'the fallback');
    await page.evaluate(() =>
      window.codePage.showPalette([
        { kind: 'string', colour: '#00ff00' },
        { kind: 'keyword', colour: null },
      ]),
    );
    assert.equal(await colour('string'), 'rgb(0, 255, 0)');
    assert.equal(await colour('keyword'), 'rgb(204, 204, 204)', 'plain text');
    await page.evaluate(() => window.codePage.showPalette(null));
    assert.equal(await colour('string'), 'rgb(255, 128, 128)');
  });

  it('say what they are', async () => {
    await addBlock('tsx', sample);
    await addBlock('', sample);
    const labels = await page
      .locator('pre')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    assert.deepEqual(labels, ['TypeScript JSX code', 'code']);
    const shown = await page
      .locator('.code-header')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one, '::before').content));
    assert.deepEqual(shown, ['"TypeScript JSX"', '"code"']);
    assert.equal(await page.locator('.code-block').first().innerText(), sample);
  });

  const actions = [
    ['copy-code', 'copy'],
    ['insert', 'insert'],
    ['replace', 'replace'],
    ['new-file', 'new-file'],
    ['explain', 'explain'],
  ] as const;
  for (const [action, sent] of actions) {
    it(`send the code so far for ${action}`, async () => {
      await page.evaluate(() => window.codePage.append(window.codePage.open('tsx'), 'const a'));
      await page.locator('.code-block').hover();
      await button(action).click();
      assert.deepEqual(await page.evaluate(() => window.codePage.sent), [
        { type: 'code', action: sent, replyId: 'r1', language: 'typescriptreact', text: 'const a' },
      ]);
    });
  }

  it('say that they were copied, and forget it', async () => {
    // A clock can't be taken away again.
    const own = await CodeTab.open(browser(), files);
    ({ page } = own);
    await page.clock.install();
    await own.show();
    await addBlock('', 'a');
    await button('copy-code').click();
    assert.equal(await button('copy-code').getAttribute('aria-label'), 'copied');
    assert.deepEqual(await page.evaluate(() => window.codePage.announced), ['copied']);
    await page.clock.runFor(1500);
    assert.equal(await button('copy-code').getAttribute('aria-label'), 'copy');
  });

  it('have a drawing on every button, each another', async () => {
    await addBlock('js', 'x();');
    const buttons = page.locator('.code-button');
    const drawings = await buttons.evaluateAll((all) =>
      all.map((button) => getComputedStyle(button, '::before').clipPath),
    );
    assert.equal(drawings.length, 6);
    for (const drawing of drawings) assert.match(drawing, /^path\(/);
    assert.equal(new Set(drawings).size, drawings.length);
  });

  it('wrap all their lines at a press, and remember it', async () => {
    await addBlock('', 'a '.repeat(400));
    await addBlock('', 'b '.repeat(400));
    const scrolls = (): Promise<readonly boolean[]> =>
      page.locator('pre').evaluateAll((all) => all.map((one) => one.scrollWidth > one.clientWidth));
    assert.deepEqual(await scrolls(), [true, true]);
    await button('wrap').click();
    assert.deepEqual(await scrolls(), [false, false]);
    const kept = await page.evaluate(() => JSON.stringify(window.codePage.state));
    assert.match(kept, /"wrapsCode":true/);
    await addBlock('', 'c '.repeat(400));
    const pressed = page.locator('[data-action=wrap][aria-pressed=true]');
    assert.equal(await pressed.count(), 3);

    await open({ state: { wrapsCode: true } });
    await addBlock('', 'a '.repeat(400));
    assert.deepEqual(await scrolls(), [false]);
    await button('wrap').click();
    assert.deepEqual(await scrolls(), [true]);
  });

  it('leave the pressed button where it is when lines above it wrap', async () => {
    for (let count = 0; count < 7; count++) await addBlock('', 'a '.repeat(2000));
    await page.evaluate(() => document.querySelector('.turn')?.append('x'.repeat(60_000)));
    const last = page.locator('[data-action=wrap]').last();
    await last.scrollIntoViewIfNeeded();
    const before = await last.boundingBox();
    await last.click();
    const after = await last.boundingBox();
    assert.ok(before !== null && after !== null);
    assert.ok(Math.abs(after.y - before.y) < 1, `moved from ${before.y} to ${after.y}`);
  });

  it('are reached by the keyboard, in order, and show their buttons to it', async () => {
    await addBlock('ts', sample);
    const stops: unknown[] = [];
    for (let count = 0; count < 7; count++) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(() => {
          const at = document.activeElement;
          const isShown =
            at?.matches('pre') === true || getComputedStyle(at ?? document.body).opacity === '1';
          return [
            at instanceof HTMLElement ? (at.dataset['action'] ?? at.localName) : null,
            isShown,
          ];
        }),
      );
    }
    assert.deepEqual(stops, [
      ['copy-code', true],
      ['insert', true],
      ['replace', true],
      ['new-file', true],
      ['explain', true],
      ['wrap', true],
      ['pre', true],
    ]);
  });

  const shownWithout: readonly [themeClass: string, isShown: boolean][] = [
    ['vscode-dark', false],
    ['vscode-light', false],
    ['vscode-high-contrast', true],
    ['vscode-high-contrast vscode-high-contrast-light', true],
  ];
  for (const [themeClass, isShown] of shownWithout) {
    it(`${isShown ? 'show' : 'hide'} their buttons without a pointer: ${themeClass}`, async () => {
      await open({ themeClass });
      await addBlock('ts', sample);
      const opacity = await button('insert').evaluate((one) => getComputedStyle(one).opacity);
      assert.equal(opacity, isShown ? '1' : '0');
    });
  }

  it('have nothing that axe objects to', async () => {
    await addBlock('ts', sample);
    await coloured();
    // Playwright's own world: the page's policy lets no other script in.
    await page.evaluate(AxeBuilder.source);
    const violations = await page.evaluate(async () => {
      const axe = (globalThis as unknown as { axe: typeof AxeBuilder }).axe;
      const { violations: found } = await axe.run('.code-block');
      return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    assert.deepEqual(violations, []);
  });
});
