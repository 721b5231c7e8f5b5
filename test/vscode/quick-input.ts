/** The box at the top of the workbench: command palette, quick open, input boxes and quick picks. */
import type { Locator, Page } from 'playwright-core';
import { exactly } from './exactly.ts';

/** What the box shows, read at one moment. */
export interface QuickInputState {
  readonly title: string;
  readonly placeholder: string;
  /** The prompt of an input box, or its validation message while there is one. */
  readonly message: string;
  readonly severity: 'none' | 'info' | 'warning' | 'error';
  readonly value: string;
  /** True where what is typed is shown as dots. */
  readonly password: boolean;
  readonly rows: readonly QuickInputRow[];
}

export interface QuickInputRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly focused: boolean;
}

export class QuickInput {
  readonly #page: Page;
  readonly #box: Locator;
  readonly #input: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#box = page.locator('.quick-input-widget').filter({ visible: true });
    this.#input = this.#box.locator('.quick-input-box input');
  }

  async waitUntilOpen(): Promise<void> {
    await this.#box.waitFor();
  }

  async waitUntilClosed(): Promise<void> {
    await this.#box.waitFor({ state: 'hidden' });
  }

  /** Waits for the box, then says what it shows. */
  async read(): Promise<QuickInputState> {
    await this.waitUntilOpen();
    return this.#box.evaluate((box): QuickInputState => {
      const visible = (selector: string, root: Element = box): HTMLElement | undefined =>
        [...root.querySelectorAll<HTMLElement>(selector)].find((e) => e.offsetParent !== null);
      const text = (element: Element | undefined): string =>
        (element?.textContent ?? '').replaceAll('\u00a0', ' ').trim();
      const input = visible('.quick-input-box input') as HTMLInputElement | undefined;
      const severities = ['info', 'warning', 'error'] as const;
      const classes = visible('.quick-input-box .monaco-inputbox')?.classList;
      return {
        title: text(visible('.quick-input-title')),
        placeholder: input?.placeholder ?? '',
        message: text(visible('.quick-input-message')),
        severity: severities.find((name) => classes?.contains(name)) ?? 'none',
        value: input?.value ?? '',
        password: input?.type === 'password',
        rows: [...box.querySelectorAll('.quick-input-list .monaco-list-row')].map((row) => ({
          label: text(row.querySelector('.label-name') ?? undefined),
          description: text(row.querySelector('.label-description') ?? undefined),
          detail: text(visible('.quick-input-list-label-meta', row)),
          focused: row.classList.contains('focused'),
        })),
      };
    });
  }

  /**
   * Opens the box by a key and fills it. Tries again if the box closes at once, which it does when the
   * focus is just then on its way back to where it was before.
   */
  async openWith(key: string, text: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.#page.keyboard.press(key);
      try {
        return await this.#input.fill(text, { timeout: 3000 });
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  /** Waits until the prompt or the validation message contains this. */
  async waitForMessage(text: string): Promise<void> {
    await this.#box.locator('.quick-input-message', { hasText: text }).waitFor();
  }

  /** Replaces what is in the box. */
  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  /** Enter. The box may stay, for a next step or because the input isn't valid. */
  async accept(): Promise<void> {
    await this.#input.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.waitUntilClosed();
  }

  /** Closes the box where it is open. The key never goes to what has the focus where it isn't. */
  async dismiss(): Promise<void> {
    if (await this.#input.isVisible()) await this.#input.press('Escape', { timeout: 2000 });
  }

  /** Chooses the row with exactly this label, by the arrow keys and Enter. */
  async choose(label: string, timeout = 20_000): Promise<void> {
    await this.focusRow(label, timeout);
    await this.accept();
  }

  /** Waits for the row with exactly this label and moves to it with the arrow keys. */
  async focusRow(label: string, timeout = 20_000): Promise<void> {
    const named = this.#page.locator('.label-name', { hasText: exactly(label) });
    const row = this.#box.locator('.quick-input-list .monaco-list-row').filter({ has: named });
    const focused = this.#box.locator('.quick-input-list .monaco-list-row.focused');
    await row.first().waitFor({ timeout });
    // Rows may still be added while we move, so look again until we are there.
    for (let attempt = 0; attempt < 5; attempt++) {
      const steps = (await position(row.first())) - (await position(focused));
      for (let step = 0; step < Math.abs(steps); step++) {
        await this.#input.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
      }
      if ((await focused.filter({ has: named }).count()) > 0) return;
    }
    throw new Error(`The row '${label}' could not be reached with the arrow keys.`);
  }
}

async function position(row: Locator): Promise<number> {
  if ((await row.count()) === 0) return 0;
  return Number(await row.getAttribute('aria-posinset'));
}
