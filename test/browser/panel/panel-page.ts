import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { Conversation, type Turn } from '../../../src/core/conversation/conversation.ts';
import { PanelFeed } from '../../../src/core/conversation/panel-feed.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { getLanguage } from '../../../src/core/l10n.ts';
import { type FromWebview, isFromWebview } from '../../../src/core/protocol/from-webview.ts';
import type { ToWebview } from '../../../src/core/protocol/to-webview.ts';
import { panelHtml } from '../../../src/host/panel/panel-page.ts';
import { english } from '../../fakes/english.ts';
import { translatorOf } from '../../fakes/translator.ts';
import type { ColorTheme } from '../../vscode/calm-settings.ts';
import { origin, type PanelInTab, PanelTab, type TabOptions } from './panel-tab.ts';
import { webviewThemes } from './themes.ts';
import { l10n, speak } from './vscode-stand-in.ts';

const root = join(import.meta.dirname, '../../..');
const { themes } = webviewThemes();

// The panel's words are the host's; of VS Code they need the translator alone.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: new URL('vscode-stand-in.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
const { panelStrings } = await import('../../../src/host/panel/panel-page.ts');

export interface PanelPageOptions extends TabOptions {
  readonly follow?: boolean;
  /** What leaves the machine, where it is said now. */
  readonly firstUse?: string;
  /** A display language of ours, such as `de`; English where it is left out. */
  readonly language?: string;
}

/**
 * The panel's real page, script and style in a browser, fed by a real conversation. Only VS Code is
 * missing: what it does around a webview is done here.
 */
export class PanelPage implements AsyncDisposable {
  readonly page: Page;
  readonly received: FromWebview[] = [];
  /** Whether the host accepts the questions that the page sends; null where it is still checking. */
  accepts: boolean | null = true;
  readonly #tab: PanelTab;
  readonly #ownsTab: boolean;
  readonly #conversation = new Conversation(() => performance.now());
  readonly #feed: PanelFeed;
  /** The messages in order, each sent after the one before it. */
  #posted: Promise<void> = Promise.resolve();

  private constructor(tab: PanelTab, ownsTab: boolean, follow: boolean) {
    this.#tab = tab;
    this.#ownsTab = ownsTab;
    this.page = tab.page;
    this.#feed = new PanelFeed(
      this.#conversation,
      () => performance.now(),
      l10n,
      (message) => this.post(message),
      follow,
    );
  }

  /** Opens a panel in a tab of its own, which is closed with it. */
  static async open(browser: Browser, options: PanelPageOptions = {}): Promise<PanelPage> {
    return PanelPage.#open(await PanelTab.open(browser, options), true, options);
  }

  /** Opens a panel in a tab that stays open after it. */
  static openIn(tab: PanelTab, options: PanelPageOptions = {}): Promise<PanelPage> {
    return PanelPage.#open(tab, false, options);
  }

  static async #open(
    tab: PanelTab,
    ownsTab: boolean,
    options: PanelPageOptions,
  ): Promise<PanelPage> {
    speak(options.language === undefined ? english : translatorOf(options.language));
    const panel = new PanelPage(tab, ownsTab, options.follow ?? false);
    const files = filesOf(options.firstUse ?? '');
    await tab.use({ files, receive: (message) => panel.#receive(message) }, options);
    await panel.settled();
    return panel;
  }

  /** A new turn; `apply` tells what becomes of its reply. @param insteadOf makes it a branch */
  ask(text: string, attachments: Turn['attachments'] = [], insteadOf?: Turn): Turn {
    const reply = new Reply(crypto.randomUUID(), 'claude-sonnet-5-5', performance.now());
    const last = this.#conversation.branch.at(-1)?.reply.id ?? null;
    const after = insteadOf === undefined ? last : insteadOf.after;
    const turn: Turn = { after, prompt: { kind: 'free', text }, attachments, reply };
    this.#conversation.add(turn);
    return turn;
  }

  /** What the host says beside the conversation. */
  post(message: ToWebview): void {
    this.#posted = this.#posted.then(() =>
      this.page.evaluate((data) => window.postMessage(data, '*'), message),
    );
  }

  /** Sends the whole state again. */
  connect(): void {
    this.#feed.connect();
  }

  /** Brings a branch into view. */
  switchTo(turn: Turn): void {
    this.#conversation.switchTo(turn);
  }

  apply(turn: Turn, ...events: readonly ReplyEvent[]): void {
    for (const event of events) this.#conversation.apply(turn, event);
  }

  write(turn: Turn, text: string): void {
    this.apply(turn, { type: 'text', text });
  }

  /** As VS Code does when the theme changes under an open webview. */
  async wear(theme: ColorTheme): Promise<void> {
    await this.page.evaluate((worn) => {
      const { style } = document.documentElement;
      for (const name of [...style]) style.removeProperty(name);
      for (const [name, value] of Object.entries(worn?.variables ?? {})) {
        style.setProperty(name, value);
      }
      document.body.className = worn?.bodyClass ?? '';
    }, themes[theme]);
  }

  set follow(follow: boolean) {
    this.#feed.follow = follow;
  }

  /** Waits until all that was told so far is on the screen, and what came of it. */
  async settled(): Promise<void> {
    // The feed holds text back for a frame.
    await new Promise((resolve) => setTimeout(resolve, 20));
    let posted: Promise<void> | undefined;
    while (posted !== this.#posted) {
      posted = this.#posted;
      await posted;
      // A message is a task; its text is shown in the next frame, seen by observers after that.
      await this.page.evaluate(async () => {
        for (let frame = 0; frame < 3; frame++) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      });
    }
  }

  /** What VS Code does to a webview that is hidden: its page is gone, its state is kept. */
  async hide(): Promise<void> {
    // The page keeps its state a moment after it changed.
    await this.page.waitForTimeout(250);
    this.#feed.disconnect();
    await this.#posted;
    await this.#tab.hide();
  }

  async show(width?: number): Promise<void> {
    if (width !== undefined) {
      await this.page.setViewportSize({ width, height: this.page.viewportSize()?.height ?? 700 });
    }
    await this.#tab.show();
    await this.settled();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#feed.dispose();
    if (this.#ownsTab) await this.#tab[Symbol.asyncDispose]();
  }

  #receive(message: unknown): void {
    if (!isFromWebview(message)) throw new Error(`no message: ${JSON.stringify(message)}`);
    this.received.push(message);
    if (message.type === 'ready') this.#feed.connect();
    if ((message.type === 'ask' || message.type === 'edit') && this.accepts !== null) {
      const { askId } = message;
      this.post({ type: 'ask-result', askId, accepted: this.accepts });
    }
  }
}

/** What a panel's page loads, by path. */
function filesOf(firstUse: string): PanelInTab['files'] {
  const html = panelHtml(
    {
      cspSource: origin,
      scriptUri: `${origin}/webview.js`,
      styleUris: [`${origin}/panel.css`, `${origin}/markdown.css`, `${origin}/code.css`],
      highlighterUri: `${origin}/highlight.js`,
    },
    'conversation-1',
    panelStrings(firstUse),
    getLanguage(l10n),
  );
  const fileIn = (folder: string, name: string, contentType: string) => ({
    [`/${name}`]: { body: readFileSync(join(root, folder, name), 'utf8'), contentType },
  });
  return {
    '/': { body: html, contentType: 'text/html' },
    ...fileIn('dist', 'webview.js', 'text/javascript'),
    ...fileIn('dist', 'highlight.js', 'text/javascript'),
    ...fileIn('media', 'panel.css', 'text/css'),
    ...fileIn('media', 'markdown.css', 'text/css'),
    ...fileIn('media', 'code.css', 'text/css'),
  };
}
