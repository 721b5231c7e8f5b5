import assert from 'node:assert/strict';
import { totalInput } from '../../../src/core/claude/usage.ts';
import { sumRows } from '../../../src/core/usage/usage-rows.ts';
import { colorViolations, violations } from '../../fakes/axe.ts';
import { reportFailure } from '../report-failure.ts';
import { useBrowser } from '../use-browser.ts';
import { row, states, today } from './states.ts';
import { themeNames, UsagePageInBrowser } from './usage-page.ts';

const busy = states['with a budget'];
assert.ok(busy !== undefined);

describe('usage view', () => {
  const browser = useBrowser();
  let shared: UsagePageInBrowser | undefined;
  afterEach(async function () {
    if (shared !== undefined) await reportFailure(this.currentTest, shared.page);
  });
  after(() => shared?.[Symbol.asyncDispose]());

  /** The view anew, in the same tab for all tests. */
  const open = async (state = busy): Promise<UsagePageInBrowser> => {
    if (shared === undefined) shared = await UsagePageInBrowser.open(browser(), state);
    else await shared.restart(state);
    return shared;
  };

  for (const [name, state] of Object.entries(states)) {
    it(`${name}: axe finds nothing wrong in any theme, and the policy lets all of it through`, async () => {
      const view = await open(state);
      assert.deepEqual(await violations(view.page), []);
      for (const theme of themeNames) {
        await view.wear(theme);
        assert.deepEqual(await colorViolations(view.page), [], theme);
      }
      assert.deepEqual(view.complaints, []);
    });

    it(`${name}: the page never scrolls sideways, at 300 px and at 200 %`, async () => {
      const view = await open(state);
      for (const [width, height] of [
        [300, 700],
        [320, 256],
        [1200, 800],
      ] as const) {
        await view.page.setViewportSize({ width, height });
        const { scrollWidth, clientWidth } = await view.page.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth,
          clientWidth: document.documentElement.clientWidth,
        }));
        assert.ok(scrollWidth <= clientWidth, `${scrollWidth} in ${clientWidth}`);
      }
    });
  }

  it('shows totals, rows and sums that are those of its rows', async () => {
    const view = await open();
    const { page } = view;
    const values = (selector: string): Promise<readonly number[]> =>
      page
        .locator(`${selector} data`)
        .evaluateAll((all) => all.map((each) => Number(each.getAttribute('value'))));
    const rowsSince = (first: string): ReturnType<typeof sumRows> =>
      sumRows(busy.rows.filter(({ day }) => day >= first));
    const totals = [today, '2026-11-15', '2026-10-23'].map(rowsSince);
    assert.deepEqual(
      await values('.total-cost'),
      totals.map(({ cost }) => cost),
    );

    const { usage, cost, replies } = rowsSince('2026-10-23');
    assert.deepEqual(await values('tfoot'), [
      replies,
      totalInput(usage),
      usage.cacheRead,
      usage.cacheWrite,
      usage.output,
      cost,
    ]);
    await page.getByRole('radio', { name: 'All' }).check();
    assert.equal((await values('tfoot'))[0], sumRows(busy.rows).replies);
    await page.getByRole('radio', { name: 'Last 7 days' }).check();
    const days = await page.locator('tbody th').allInnerTexts();
    assert.deepEqual([...new Set(days)], ['2026-11-21', '2026-11-20', '2026-11-16', '2026-11-15']);
    const daySum = page.locator('.day-sum', { hasText: '2026-11-20' });
    const ofDay = sumRows(busy.rows.filter(({ day }) => day === '2026-11-20'));
    assert.equal(Number(await daySum.locator('data').first().getAttribute('value')), ofDay.replies);
  });

  it('draws a bar for each day and model, as high as it cost, and the budget', async () => {
    const view = await open({
      today,
      budget: 1,
      rows: [row(0, 'a', 10, 2), row(0, 'b', 10, 1), row(29, 'a', 10, 1), row(30, 'a', 10, 9)],
    });
    const heights = await view.page
      .locator('.chart .bar')
      .evaluateAll((all) => all.map((bar) => Number.parseFloat(bar.getAttribute('height') ?? '')));
    const [first = 0, second = 0, third = 0, ...more] = heights;
    assert.deepEqual(more, []);
    // The days stand oldest first.
    assert.deepEqual(
      [second / first, third / first].map((each) => each.toFixed(6)),
      ['2.000000', '1.000000'],
    );
    const y = await view.page.locator('.budget').getAttribute('y1');
    assert.equal((100 - Number.parseFloat(y ?? '')).toFixed(6), first.toFixed(6));
    const chart = view.page.getByRole('img', {
      name: 'Cost per day, by model: $4.00 in 30 days, most on 2026-11-21 with $3.00. The daily budget is $1.00.',
    });
    assert.ok(await chart.isVisible());
    await view.page.getByRole('radio', { name: 'Tokens' }).check();
    assert.equal(await view.page.locator('.budget').count(), 0);
    assert.match((await view.page.locator('figcaption').textContent()) ?? '', /^Tokens per day/);
  });

  it('tells models apart by marks, not by colours alone', async () => {
    const view = await open();
    const marks = await view.page
      .locator('pattern')
      .evaluateAll((all) => all.map((each) => each.querySelector('path')?.getAttribute('d') ?? ''));
    assert.equal(marks.length, 3);
    assert.equal(new Set(marks).size, 3);
  });

  it('is worked by keys, and keeps focus and choice when the figures change', async () => {
    const view = await open();
    const { page } = view;
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const { activeElement } = document;
        if (!(activeElement instanceof HTMLElement)) return '';
        const shows = getComputedStyle(activeElement).outlineStyle !== 'none';
        const name = activeElement.getAttribute('value') ?? activeElement.dataset['action'];
        return `${name ?? activeElement.className}${shows ? '' : ' without a focus ring'}`;
      });
    const reached: string[] = [];
    for (let count = 0; count < 5; count++) {
      await page.keyboard.press('Tab');
      reached.push(await focused());
    }
    assert.deepEqual(reached, ['cost', '30', 'export', 'delete', 'table']);
    for (let count = 0; count < 3; count++) await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'all');
    await view.show({ ...busy, budget: 3 });
    assert.equal(await focused(), 'all');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual(view.received, [{ type: 'ready' }, { type: 'export', range: 'all' }]);
    await page.reload();
    assert.ok(await page.locator('input[value=all]').isChecked());
  });

  it('takes a message that is none of its own for nothing', async () => {
    const view = await open();
    await view.page.evaluate(() => window.postMessage({ today: 1, rows: 'x' }, '*'));
    await view.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    assert.ok(await view.page.locator('.chart').isVisible());
    assert.deepEqual(view.complaints, []);
  });

  it('asks to delete all, and has the focus where it says that nothing is left', async () => {
    const view = await open();
    await view.page.getByRole('button', { name: 'Delete All…' }).press('Enter');
    assert.deepEqual(view.received, [{ type: 'ready' }, { type: 'delete' }]);
    await view.show(states['empty'] ?? busy);
    const focused = view.page.locator(':focus');
    assert.equal(await focused.textContent(), 'Nothing has been used yet.');
  });

  it('says in words that nothing was used, and draws no chart', async () => {
    const view = await open(states['empty'] ?? busy);
    assert.ok(await view.page.getByText('Nothing has been used yet.').isVisible());
    assert.equal(await view.page.locator('.chart').filter({ visible: true }).count(), 0);
  });
});
