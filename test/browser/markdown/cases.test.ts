import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pageWith, type TestPage } from '../page-with.ts';
import { useBrowser } from '../use-browser.ts';
import type { everyMoment as inPage } from './every-moment-page.ts';

interface Case {
  readonly in: string;
  readonly html?: string;
  /** The addresses that become links. */
  readonly links?: readonly string[];
  /** The texts of a table's cells. */
  readonly cells?: readonly (readonly string[])[];
}

declare const everyMoment: typeof inPage;

const path = join(import.meta.dirname, '../../cases/markdown/cases.json');
const reported: readonly Case[] = JSON.parse(await readFile(path, 'utf8'));

/** Of the same kinds. */
const more: readonly Case[] = [
  { in: '중요한**“강조”**입니다.', html: '<p>중요한<strong>“강조”</strong>입니다.</p>' },
  { in: '中文~~（删除）~~文字', html: '<p>中文<s>（删除）</s>文字</p>' },
  { in: '*「斜体」*です', html: '<p><em>「斜体」</em>です</p>' },
  { in: 'a **b** c*d*e', html: '<p>a <strong>b</strong> c<em>d</em>e</p>' },
  { in: '見て（https://example.com/a?b=c）。', links: ['https://example.com/a?b=c'] },
  {
    in: 'https://example.com、https://example.org。',
    links: ['https://example.com', 'https://example.org'],
  },
  { in: 'https://例え.jp を', links: ['https://例え.jp'] },
  {
    in: '| a | b |\n|---|---|\n| 1 | 2 | 3 |',
    cells: [
      ['a', 'b'],
      ['1', '2 | 3'],
    ],
  },
  {
    in: '> | a | b |\n> |---|---|\n> | `` x ` | y `` | `c||d` |',
    cells: [
      ['a', 'b'],
      ['x ` | y', 'c||d'],
    ],
  },
  {
    in: '| a | b |\n|---|---|\n| `open | 2 | 3 |',
    cells: [
      ['a', 'b'],
      ['`open', '2 | 3'],
    ],
  },
  {
    in: '| a | b |\n|---|---|\n| `x\\|y` | \\| | `p|q` |',
    cells: [
      ['a', 'b'],
      ['x|y', '| | p|q'],
    ],
  },
];

describe('Markdown as it is really written', () => {
  const browser = useBrowser();
  let tested: TestPage;
  before(async () => {
    tested = await pageWith(browser(), 'test/browser/markdown/every-moment-page.ts');
  });
  after(() => tested[Symbol.asyncDispose]());

  for (const wanted of [...reported, ...more]) {
    it(JSON.stringify(wanted.in), async () => {
      const shown = await tested.page.evaluate((text) => {
        const [whole, streamed] = everyMoment.bothWays(text);
        const root = document.createElement('div');
        root.innerHTML = whole;
        const block = root.querySelector('section > *');
        block?.removeAttribute('data-writing');
        return {
          whole,
          streamed,
          block: block?.outerHTML,
          links: [...root.querySelectorAll('a')].map((link) => link.textContent),
          cells: [...root.querySelectorAll('tr')].map((row) =>
            [...row.querySelectorAll('th, td')].map((cell) => cell.textContent),
          ),
          code: [...root.querySelectorAll('pre code')].map((code) => code.textContent),
        };
      }, wanted.in);
      assert.equal(shown.streamed, shown.whole);
      if (wanted.links !== undefined) assert.deepEqual(shown.links, wanted.links);
      if (wanted.cells !== undefined) assert.deepEqual(shown.cells, wanted.cells);
      const code = /^<pre><code>(.*)<\/code><\/pre>$/s.exec(wanted.html ?? '');
      if (code !== null) assert.equal(`${shown.code[0]?.trimEnd()}\n`, code[1]);
      else if (wanted.html !== undefined) assert.equal(shown.block, wanted.html);
    });
  }
});
