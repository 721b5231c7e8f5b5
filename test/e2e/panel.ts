import type { Frame } from 'playwright-core';
import { createParser } from '../../src/webview/markdown/parser.ts';

/** The panel as its reader sees it; always about the last reply in it. */
export class PanelPage {
  readonly #frame: Frame;

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  get frame(): Frame {
    return this.#frame;
  }

  async waitForOutcome(outcome: string): Promise<void> {
    await this.#frame.locator(`[data-reply][data-newest][data-outcome=${outcome}]`).waitFor();
  }

  async waitForText(text: string): Promise<void> {
    await this.#last('[data-reply-text]').filter({ hasText: text }).waitFor();
  }

  /** What the line below a running reply says. */
  async waitForStatus(text: string): Promise<void> {
    await this.#last('.status-text').filter({ hasText: text }).waitFor();
  }

  async status(): Promise<string> {
    return (await this.#last('.status-text').textContent()) ?? '';
  }

  /**
   * All of it, a blank line between two blocks. Read from the nodes: `innerText` leaves out what layout
   * has passed by, and runs blocks together where the page isn't drawn, as while VS Code moves it.
   */
  async text(): Promise<string> {
    return this.#last('[data-reply-text]').evaluate((reply: HTMLElement) => {
      const blocks = 'p, li, h1, h2, h3, h4, h5, h6, pre, th, td, .as-written, .late-text';
      const read: { readonly block: Element | null; text: string }[] = [];
      const walker = document.createTreeWalker(reply, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const block = node.parentElement?.closest(blocks) ?? null;
        const last = read.at(-1);
        if (last?.block === block) last.text += node.textContent ?? '';
        else read.push({ block, text: node.textContent ?? '' });
      }
      return read
        .map(({ block, text }) =>
          (block?.matches('pre') ? text : text.replaceAll(/\s+/g, ' ')).trim(),
        )
        .filter((text) => text !== '')
        .join('\n\n');
    });
  }

  async receipt(): Promise<string> {
    return (await this.#last('[data-receipt]').textContent()) ?? '';
  }

  /** Figures may come after the end: a stopped reply is counted. */
  async waitForReceipt(text: string): Promise<void> {
    await this.#last('[data-receipt]').filter({ hasText: text }).waitFor();
  }

  async endSentence(): Promise<string> {
    return (await this.#last('.end-sentence').textContent()) ?? '';
  }

  async failure(): Promise<string | null> {
    return this.#frame.locator('[data-reply]').last().getAttribute('data-failure');
  }

  async actions(): Promise<readonly (string | null)[]> {
    return this.#last('.actions [data-action]').evaluateAll((buttons) =>
      buttons.map((button) => button.getAttribute('data-action')),
    );
  }

  /** Writes a follow-up and sends it; resolves when its turn is there. */
  async followUp(question: string): Promise<void> {
    const before = await this.replies();
    await this.composer.fill(question);
    await this.composer.press('Enter');
    await this.#frame.locator('[data-reply]').nth(before).waitFor();
  }

  get composer(): ReturnType<Frame['locator']> {
    return this.#frame.locator('[data-composer]');
  }

  async press(action: string): Promise<void> {
    await this.#last(`[data-action=${action}]`).click();
  }

  async replies(): Promise<number> {
    return this.#frame.locator('[data-reply]').count();
  }

  async isCursorShown(): Promise<boolean> {
    return this.#last('[data-writing]').isVisible();
  }

  /**
   * The reply's elements and texts in order, and what they have to be for this Markdown by the
   * parser's own renderer: nothing on the way may lose or change a character.
   */
  async compareWith(
    markdown: string,
  ): Promise<{ readonly shown: Outline; readonly right: Outline }> {
    const html = createParser().render(markdown);
    return this.#last('[data-reply-text]').evaluate((reply, source) => {
      const outline = (node: Node): string[] =>
        [...node.childNodes].flatMap((child) => {
          // What stands around code, its colours, and groups for layout are no part of the Markdown.
          if (child instanceof Element && child.matches('.code-header')) return [];
          if (child instanceof Element && child.matches('section, div, .part')) {
            return outline(child);
          }
          if (child instanceof Element && child.matches('code')) {
            return ['<code>', child.textContent ?? '', '</>'];
          }
          if (child instanceof Element) return [`<${child.localName}>`, ...outline(child), '</>'];
          const text = child.textContent ?? '';
          // The renderer puts line feeds between blocks; inside code they count.
          const between = text.trim() === '' && child.parentElement?.closest('p, pre, li') === null;
          return between || text === '\n' || text === '' ? [] : [text];
        });
      const right = new DOMParser().parseFromString(source, 'text/html').body;
      return { shown: outline(reply), right: outline(right) };
    }, html);
  }

  #last(selector: string): ReturnType<Frame['locator']> {
    return this.#frame.locator('[data-reply]').last().locator(selector);
  }
}

type Outline = readonly string[];
