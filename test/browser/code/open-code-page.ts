/** A page with code blocks in a real browser, under the panel's own policy and style sheets. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { repository } from '../../vscode/paths.ts';

export interface CodePageOptions {
  /** Put before the panel's own style sheets, as VS Code does with its theme. */
  readonly theme?: string;
  /** The class that VS Code gives the page for the kind of theme. */
  readonly themeClass?: string;
  /** What the page kept from before. */
  readonly state?: object;
  /** False where the highlighter's script can't be had. */
  readonly hasHighlighter?: boolean;
}

/** The resources by their names; built once for all pages. */
export type CodePageFiles = ReadonlyMap<string, string>;

const origin = 'http://panel.test';

export async function buildCodePage(): Promise<CodePageFiles> {
  const [page, highlight, panelCss, markdownCss, codeCss] = await Promise.all([
    bundle('test/browser/code/page-script.ts'),
    bundle('src/webview/code/highlighter-script.ts'),
    readFile(join(repository, 'media/panel.css'), 'utf8'),
    readFile(join(repository, 'media/markdown.css'), 'utf8'),
    readFile(join(repository, 'media/code.css'), 'utf8'),
  ]);
  return new Map([
    ['/page.js', page],
    ['/highlight.js', highlight],
    ['/panel.css', panelCss],
    ['/markdown.css', markdownCss],
    ['/code.css', codeCss],
  ]);
}

/** A tab that shows one such page after the other. */
export class CodeTab {
  readonly page: Page;
  readonly #files: CodePageFiles;
  #options: CodePageOptions = {};

  private constructor(page: Page, files: CodePageFiles) {
    this.page = page;
    this.#files = files;
  }

  static async open(browser: Browser, files: CodePageFiles): Promise<CodeTab> {
    const page = await browser.newPage({ viewport: { width: 700, height: 600 } });
    const tab = new CodeTab(page, files);
    await page.route(`${origin}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const body = tab.#file(pathname);
      if (body === undefined) return route.fulfill({ status: 404 });
      return route.fulfill({ contentType: contentType(pathname), body });
    });
    return tab;
  }

  async show(options: CodePageOptions = {}): Promise<void> {
    this.#options = options;
    await this.page.mouse.move(0, 0);
    await this.page.goto(`${origin}/`);
  }

  #file(pathname: string): string | undefined {
    if (pathname === '/') return html(this.#options);
    if (pathname === '/theme.css') return this.#options.theme ?? defaultTheme;
    if (pathname === '/highlight.js' && this.#options.hasHighlighter === false) return undefined;
    return this.#files.get(pathname);
  }
}

function contentType(pathname: string): string {
  if (pathname === '/') return 'text/html';
  return pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
}

const defaultTheme = `:root {
  --vscode-editor-foreground: #cccccc;
  --vscode-editor-background: #1f1f1f;
  --vscode-editor-font-family: monospace;
  --vscode-editor-font-size: 14px;
  --vscode-font-family: sans-serif;
  --vscode-font-size: 13px;
  --vscode-debugTokenExpression-string: #ff8080;
}`;

function html({ state = {}, themeClass = 'vscode-dark' }: CodePageOptions): string {
  const policy = `default-src 'none'; script-src 'nonce-n0nce'; style-src ${origin}`;
  const kept = JSON.stringify(state).replaceAll('"', '&quot;');
  return `<!DOCTYPE html><html lang="en"><head><title>Code</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/panel.css"><link rel="stylesheet" href="/markdown.css"><link rel="stylesheet" href="/code.css"></head>
<body class="${themeClass}" data-highlighter="/highlight.js" data-state="${kept}">
<main id="transcript"><article class="turn"><div class="reply-text"></div></article></main>
<script nonce="n0nce" src="/page.js"></script></body></html>`;
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(repository, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
  });
  return outputFiles[0]?.text ?? '';
}
