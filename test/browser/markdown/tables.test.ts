import assert from 'node:assert/strict';
import { usePanelPages } from '../panel/use-browser.ts';

const words = ['Default', 'Description', 'Availability', 'Compatibility', 'Deprecated', 'Notes'];

function table(columns: number, rows: number): string {
  const row = (cell: (column: number) => string): string =>
    `| ${Array.from({ length: columns }, (_, column) => cell(column)).join(' | ')} |\n`;
  const head = row((column) => `${words[column % words.length]}`) + row(() => '---');
  const body = Array.from({ length: rows }, (_, at) =>
    row((column) => `${words[(column + at) % words.length]} of row ${at}`),
  );
  return `${head}${body.join('')}\n`;
}

describe('a table', () => {
  const open = usePanelPages();

  for (const width of [300, 600, 1100]) {
    for (const [columns, rows] of [
      [2, 3],
      [5, 4],
      [9, 4],
      [9, 300],
    ] as const) {
      it(`of ${columns} columns and ${rows} rows keeps its words whole at ${width} px`, async () => {
        const panel = await open({ width });
        const { page } = panel;
        const turn = panel.ask('A table, please');
        panel.write(turn, `Before.\n\n${table(columns, rows)}After.\n`);
        panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
        await panel.settled();
        const seen = await page.evaluate(() => {
          const broken: string[] = [];
          const range = document.createRange();
          for (const cell of document.querySelectorAll('[data-reply-text] :is(th, td)')) {
            const text = cell.firstChild;
            for (const { 0: word, index } of (text?.nodeValue ?? '').matchAll(/\S+/g)) {
              if (text === null) continue;
              range.setStart(text, index);
              range.setEnd(text, index + word.length);
              if (range.getClientRects().length > 1) broken.push(word);
            }
          }
          return { broken, pageWidth: document.documentElement.scrollWidth };
        });
        assert.deepEqual(seen.broken, []);
        assert.ok(seen.pageWidth <= width, 'the page itself never scrolls sideways');
      });
    }
  }

  it('that is wider than the panel scrolls sideways, its first column in sight', async () => {
    for (const rows of [4, 300]) {
      const panel = await open({ width: 500 });
      const turn = panel.ask('A table, please');
      panel.write(turn, table(9, rows));
      panel.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
      await panel.settled();
      const seen = await panel.page.evaluate(() => {
        const shown = document.querySelector('[data-reply-text] table');
        if (shown === null) return null;
        shown.scrollLeft = shown.scrollWidth;
        const { left } = shown.getBoundingClientRect();
        const cells = [...shown.querySelectorAll('tr > :first-child')].slice(0, 4);
        return {
          scrolled: shown.scrollLeft,
          lefts: cells.map((cell) => Math.round(cell.getBoundingClientRect().left - left)),
        };
      });
      assert.ok(seen !== null && seen.scrolled > 100, `${rows} rows scroll`);
      assert.deepEqual(seen.lefts, [0, 0, 0, 0]);
    }
  });
});
