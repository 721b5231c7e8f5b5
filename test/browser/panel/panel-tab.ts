import type { Browser, BrowserContext, Page } from 'playwright-core';
import { webviewThemes } from './themes.ts';

export const origin = 'https://panel.test';

export interface TabOptions {
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: boolean;
}

/** What a panel has in its tab: the files of its page, and what hears of its messages. */
export interface PanelInTab {
  readonly files: Readonly<Record<string, { readonly body: string; readonly contentType: string }>>;
  receive(message: unknown): void;
}

/** A tab of the browser that shows one panel after the other; each page has its own address and state. */
export class PanelTab implements AsyncDisposable {
  readonly page: Page;
  readonly #context: BrowserContext;
  #panel: PanelInTab | undefined;
  #count = 0;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
  }

  static async open(browser: Browser, options: TabOptions = {}): Promise<PanelTab> {
    const context = await browser.newContext({
      viewport: viewport(options),
      ...(options.forcedColors === true ? { forcedColors: 'active' as const } : {}),
    });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const tab = new PanelTab(context, page);
    await page.route(`${origin}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const file = pathname === '/away' ? away : tab.#panel?.files[pathname];
      await route.fulfill(file ?? { status: 404 });
    });
    const { defaultStyles, themes } = webviewThemes();
    await page.addInitScript(standInForVsCode, { defaultStyles, theme: themes['Dark Modern'] });
    await page.exposeFunction('received', (address: string, message: unknown) => {
      // The page before may have had a last word.
      if (address === tab.#address) tab.#panel?.receive(message);
    });
    return tab;
  }

  /** Shows another panel, as if none had been there before. */
  async use(panel: PanelInTab, options: TabOptions): Promise<void> {
    this.#panel = panel;
    this.#count++;
    await this.page.setViewportSize(viewport(options));
    await this.page.mouse.move(0, 0);
    await this.show();
  }

  async show(): Promise<void> {
    await this.page.goto(`${origin}${this.#address}`);
  }

  /** Takes the panel's page away; its state is kept. */
  async hide(): Promise<void> {
    await this.page.goto(`${origin}/away`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }

  get #address(): string {
    return `/?panel=${this.#count}`;
  }
}

/** Of the same origin, so that the browser needs no other process for it. */
const away = { body: '<!doctype html><title>Away</title>', contentType: 'text/html' };

function viewport({ width = 600, height = 700 }: TabOptions): { width: number; height: number } {
  return { width, height };
}

/** Runs in the page before its script. */
function standInForVsCode({
  defaultStyles: styles,
  theme,
}: {
  readonly defaultStyles: string;
  readonly theme: ReturnType<typeof webviewThemes>['themes']['Dark Modern'];
}): void {
  const host = window as unknown as {
    received(address: string, message: unknown): void;
    acquireVsCodeApi: () => object;
  };
  const address = location.pathname + location.search;
  const api = {
    postMessage: (message: unknown) => void host.received(address, message),
    getState: () => JSON.parse(sessionStorage.getItem(address) ?? 'null'),
    setState: (state: unknown) => sessionStorage.setItem(address, JSON.stringify(state)),
  };
  host.acquireVsCodeApi = () => api;
  const dress = (): void => {
    for (const [name, value] of Object.entries(theme?.variables ?? {})) {
      document.documentElement.style.setProperty(name, value);
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    document.adoptedStyleSheets = [sheet];
    document.body.className = theme?.bodyClass ?? '';
    document.body.dataset['vscodeThemeKind'] = theme?.kind ?? '';
  };
  // Before the page's own script, which stands at the end of the body.
  new MutationObserver((_, observer) => {
    if (document.body === null) return;
    observer.disconnect();
    dress();
  }).observe(document, { childList: true, subtree: true });
}
