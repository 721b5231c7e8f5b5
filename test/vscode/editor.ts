/** What a person does in a text editor: go somewhere, select, use the context menu, read. */
import type { Locator, Page } from 'playwright-core';
import { exactly } from './exactly.ts';
import { pressKeys } from './keys.ts';
import { restMouse } from './mouse.ts';
import type { QuickInput } from './quick-input.ts';

/** Both count from 1, as the status bar does. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Range {
  readonly from: Place;
  readonly to: Place;
}

const activeEditor = '.editor-group-container.active .editor-instance .monaco-editor';
const cursorStatus = '[id="status.editor.selection"]';

/** Moves the cursor with Ctrl+G and leaves the focus in the editor. */
export async function goTo(page: Page, quickInput: QuickInput, place: Place): Promise<void> {
  await quickInput.openWith('Control+G', `:${place.line}:${place.column}`);
  await quickInput.accept();
  await quickInput.waitUntilClosed();
  await page.locator(`${activeEditor}.focused`).waitFor();
  await page.locator(cursorStatus, { hasText: cursorText(place) }).waitFor();
}

/** Selects with the keyboard, by VS Code's selection anchor: as many keys for any length. */
export async function select(page: Page, quickInput: QuickInput, range: Range): Promise<void> {
  await goTo(page, quickInput, range.from);
  await pressKeys(page, 'Control+K Control+B');
  await goTo(page, quickInput, range.to);
  await pressKeys(page, 'Control+K Control+K');
  await page.locator(cursorStatus, { hasText: cursorText(range.to, 'selected') }).waitFor();
}

/** Waits until the active editor has the focus and this selection, by what the status bar says. */
export async function untilSelected(page: Page, { from, to }: Range): Promise<void> {
  await page.locator(`${activeEditor}.focused`).waitFor();
  const isCursor = from.line === to.line && from.column === to.column;
  const text = isCursor ? cursorText(to) : cursorText(to, 'selected');
  await page.locator(cursorStatus, { hasText: text }).waitFor();
}

function cursorText({ line, column }: Place, selected?: 'selected'): RegExp {
  return new RegExp(
    `Ln ${line}, Col ${column}${selected === undefined ? '\\b' : ' \\(\\d+ selected\\)'}`,
  );
}

/**
 * Right-clicks on the selection, where a click keeps it, or on the cursor if nothing is selected, and
 * then clicks the items by their labels: one, or the submenus on the way and the item.
 */
export async function contextMenu(page: Page, path: readonly string[]): Promise<void> {
  const place = await clickablePlace(page);
  await page.mouse.click(place.x, place.y, { button: 'right' });
  const menu = page.locator('.context-view .monaco-menu').first();
  await menu.waitFor();
  for (const label of path.slice(0, -1)) await menuItem(page, label).click();
  await clickUntilClosed(menuItem(page, path.at(-1) ?? ''), menu);
  await restMouse(page);
}

function menuItem(page: Page, label: string): Locator {
  const text = page.locator('.action-label', { hasText: exactly(label) });
  return page.locator('.context-view .action-item').filter({ has: text }).last();
}

/** A menu ignores clicks in its first tenth of a second, so that the click that opens it does nothing. */
async function clickUntilClosed(item: Locator, menu: Locator): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await item.click();
    try {
      return await menu.waitFor({ state: 'hidden', timeout: 1000 });
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

async function clickablePlace(page: Page): Promise<{ x: number; y: number }> {
  for (const selector of ['.selected-text', '.cursors-layer .cursor']) {
    const elements = await page.locator(`${activeEditor} ${selector}`).all();
    const boxes = await Promise.all(elements.map((element) => element.boundingBox()));
    // The widest, because the round corners of a selection are elements too, outside of it.
    const widest = boxes
      .filter((box) => box !== null && box.width > 0 && box.height > 0)
      .reduce((a, b) => ((b?.width ?? 0) > (a?.width ?? 0) ? b : a), null);
    if (widest === null) continue;
    return { x: widest.x + widest.width / 2, y: widest.y + widest.height / 2 };
  }
  throw new Error('There is neither a selection nor a cursor in view to click on.');
}

/**
 * The text of the active editor, read from what is drawn, so that neither focus, selection nor
 * clipboard change. Only for documents that fit on the screen: the editor draws no more than that.
 */
export async function visibleText(page: Page): Promise<string> {
  const editor = page.locator(activeEditor).first();
  await editor.waitFor();
  return editor.evaluate((element) => {
    const top = (row: Element): number => row.getBoundingClientRect().top;
    const byTop = (a: Element, b: Element): number => top(a) - top(b);
    const rows = [...element.querySelectorAll('.view-lines > .view-line')].sort(byTop);
    const numbers = [...element.querySelectorAll('.margin-view-overlays .line-numbers')];
    const bottom = rows.at(-1)?.getBoundingClientRect().bottom ?? 0;
    const first = numbers.toSorted(byTop)[0]?.textContent?.trim();
    if (first !== '1' || bottom > element.getBoundingClientRect().bottom) {
      throw new Error('The document is larger than the editor on screen; use copyEditorText().');
    }
    let text = '';
    for (const row of rows) {
      const line = (row.textContent ?? '').replaceAll('\u00a0', ' ');
      const startsLine = numbers.some((number) => Math.abs(top(number) - top(row)) < 2);
      // A wrapped line goes on in the next row, which the editor indents.
      if (startsLine) text += `\n${line}`;
      else text += line.trimStart();
    }
    return text.slice(1);
  });
}

/** The whole text of the active editor, of any length, by way of the clipboard, as a person would. */
export async function copyText(page: Page): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.locator(activeEditor).first().locator('.view-lines').click();
  await pressKeys(page, 'Control+A Control+C');
  const copied = await page.waitForFunction(() => navigator.clipboard.readText());
  return copied.jsonValue();
}
