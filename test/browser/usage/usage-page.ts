import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  type FromUsageView,
  isFromUsageView,
  type UsageState,
} from '../../../src/core/usage/usage-protocol.ts';
import { usageHtml } from '../../../src/host/usage/usage-view.ts';
import { type ColorTheme, colorThemes } from '../../vscode/calm-settings.ts';
import { type WebviewTheme, webviewThemes } from '../panel/themes.ts';

const root = join(import.meta.dirname, '../../..');
const origin = 'https://usage.test';
const viewport = { width: 900, height: 900 };
const { defaultStyles, themes } = webviewThemes();

export const themeNames = Object.keys(colorThemes) as ColorTheme[];

// The view's words are the host's; of VS Code they need the translator alone.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: new URL('../panel/vscode-stand-in.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
const { usageStrings } = await import('../../../src/host/usage/usage-view.ts');

/** The view's real page, script and style in a browser; only VS Code around it is missing. */
export class UsagePageInBrowser implements AsyncDisposable {
  readonly page: Page;
  readonly received: FromUsageView[] = [];
  /** What the page's policy refused, and errors of its script. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
  }

  static async open(browser: Browser, state: UsageState): Promise<UsagePageInBrowser> {
    const context = await browser.newContext({ viewport });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const opened = new UsagePageInBrowser(context, page);
    page.on('pageerror', (error) => opened.complaints.push(error.message));
    page.on('console', (message) => opened.complaints.push(message.text()));
    await opened.#serve();
    await page.addInitScript(standInForVsCode);
    await page.exposeFunction('received', (message: unknown) => {
      if (!isFromUsageView(message)) throw new Error(`no message: ${JSON.stringify(message)}`);
      opened.received.push(message);
    });
    await opened.restart(state);
    return opened;
  }

  /** Shows the view anew, with nothing kept from before. */
  async restart(state: UsageState): Promise<void> {
    await this.page.setViewportSize(viewport);
    await this.page.mouse.move(0, 0);
    // A page that shows nothing yet has no storage.
    if (this.page.url().startsWith(origin)) {
      await this.page.evaluate(() => sessionStorage.clear());
    }
    this.received.length = 0;
    this.complaints.length = 0;
    await this.page.goto(`${origin}/`);
    await this.wear('Dark Modern');
    await this.show(state);
  }

  async show(state: UsageState): Promise<void> {
    await this.page.evaluate(async (data) => {
      window.postMessage(data, '*');
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }, state);
  }

  /** As VS Code dresses a webview. */
  async wear(theme: ColorTheme): Promise<void> {
    await this.page.evaluate(dress, { styles: defaultStyles, worn: themes[theme] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }

  async #serve(): Promise<void> {
    const html = usageHtml(
      { cspSource: origin, scriptUri: `${origin}/usage.js`, styleUri: `${origin}/usage.css` },
      usageStrings(),
      'en',
    );
    const read = (path: string): string => readFileSync(join(root, path), 'utf8');
    const files: Readonly<Record<string, { body: string; contentType: string }>> = {
      '/': { body: html, contentType: 'text/html' },
      '/usage.js': { body: read('dist/usage.js'), contentType: 'text/javascript' },
      '/usage.css': { body: read('media/usage.css'), contentType: 'text/css' },
    };
    await this.page.route(`${origin}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill(files[pathname] ?? { status: 404 });
    });
  }
}

/** Runs in the page before its script. */
function standInForVsCode(): void {
  const host = window as unknown as {
    received(message: unknown): void;
    acquireVsCodeApi: () => object;
  };
  host.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => void host.received(message),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null'),
    setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
}

/** Runs in the page. */
function dress({
  styles,
  worn,
}: {
  readonly styles: string;
  readonly worn: WebviewTheme | undefined;
}): void {
  const { style } = document.documentElement;
  for (const name of [...style]) style.removeProperty(name);
  for (const [name, value] of Object.entries(worn?.variables ?? {})) style.setProperty(name, value);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets = [sheet];
  document.body.className = worn?.bodyClass ?? '';
}
