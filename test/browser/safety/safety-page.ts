import type { Browser, Frame, Request } from 'playwright-core';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { PanelFeed } from '../../../src/core/conversation/panel-feed.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import type { ToWebview } from '../../../src/core/protocol/to-webview.ts';
import { english } from '../../fakes/english.ts';
import { allowed } from './allowed.ts';
import { isOwnFile, type PanelServer, startPanelServer, type Variant } from './panel-server.ts';
import type { Payload } from './payloads/payloads.ts';
import { type Feeding, installProbe, type Shown } from './probe.ts';

/** Replies that are shown side by side. */
const atOnce = 120;

/** The panel's page in a browser, with traps wherever something could run or load. */
export class SafetyPage implements AsyncDisposable {
  readonly #server: PanelServer;
  readonly #frame: Frame;
  readonly #requests: readonly Request[];
  readonly #scripts: readonly string[];

  private constructor(
    server: PanelServer,
    frame: Frame,
    requests: readonly Request[],
    scripts: readonly string[],
  ) {
    this.#server = server;
    this.#frame = frame;
    this.#requests = requests;
    this.#scripts = scripts;
  }

  static async open(browser: Browser, variant: Variant): Promise<SafetyPage> {
    const server = await startPanelServer(variant);
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
    const requests: Request[] = [];
    const scripts: string[] = [];
    context.on('request', (request) => requests.push(request));
    await context.exposeFunction('scriptRan', (name: string) => void scripts.push(name));
    await context.addInitScript(installProbe, allowed);
    const page = await context.newPage();
    await page.goto(server.origin);
    const element = await page.locator('iframe').elementHandle();
    const frame = await element?.contentFrame();
    if (frame === null || frame === undefined) throw new Error('The page has no panel.');
    await frame.waitForFunction(() => window.safety.sent.length > 0);
    return new SafetyPage(server, frame, requests, scripts);
  }

  get frame(): Frame {
    return this.#frame;
  }

  /** Scripts that payloads have run. */
  get scripts(): readonly string[] {
    return this.#scripts;
  }

  /** Where the page has turned to besides its own files. What the policy held back never went out. */
  get requests(): readonly string[] {
    return this.#requests
      .filter((request) => {
        const { origin, pathname, protocol } = new URL(request.url());
        // Any other is on no network: the browser refuses a page file: and chrome: by itself.
        if (!/^(?:https?|wss?|ftp):$/.test(protocol)) return false;
        const isOwn = origin === this.#server.origin && isOwnFile(pathname);
        return !isOwn && request.failure()?.errorText !== 'csp';
      })
      .map((request) => request.url());
  }

  async violations(): Promise<number> {
    return this.#frame.evaluate(() => window.safety.violations);
  }

  async errors(): Promise<readonly string[]> {
    return this.#frame.evaluate(() => window.safety.errors);
  }

  /** What the page has sent to the host since it was asked last. */
  async takeSent(): Promise<readonly unknown[]> {
    return this.#frame.evaluate(() => window.safety.sent.splice(0));
  }

  /** Shows each payload, and gives what was wrong after any piece of them. */
  async feed(payloads: readonly Payload[], feeding: Feeding): Promise<readonly string[]> {
    const wrong: string[] = [];
    // Those of like length together, so that none waits for another.
    const ordered = [...payloads].sort((a, b) => a.text.length - b.text.length);
    for (let from = 0; from < ordered.length; from += atOnce) {
      const shown = ordered.slice(from, from + atOnce).map(toShown);
      const found = await this.#frame.evaluate(
        ([replies, how]) => window.safety.feed(replies, how),
        [shown, feeding] as const,
      );
      wrong.push(...found);
    }
    return wrong;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#frame.page().context().close();
    await this.#server[Symbol.asyncDispose]();
  }
}

/** A payload as a reply, with what the host says before and after its text. */
function toShown({ name, text }: Payload, index: number): Shown {
  const replyId = `${name.replaceAll(/[^\w]/g, '-')}-${index}`;
  const messages = conversationMessages(replyId, text);
  const first = messages.find(({ type }) => type === 'turn');
  const end = messages.find(({ type }) => type === 'end');
  return { replyId, text, turn: first, end };
}

/** All that the host says of a conversation with one reply. */
export function conversationMessages(replyId: string, text: string): readonly ToWebview[] {
  const messages: ToWebview[] = [];
  const conversation = new Conversation(() => 0);
  const feed = new PanelFeed(
    conversation,
    () => 0,
    english,
    (message) => messages.push(message),
  );
  feed.connect();
  const reply = new Reply(replyId, 'claude-sonnet-5-5', 0);
  // The question is anybody's words, too.
  const turn = { after: null, prompt: { kind: 'free', text }, attachments: [], reply } as const;
  conversation.add(turn);
  conversation.apply(turn, { type: 'text', text });
  conversation.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
  feed.dispose();
  return messages;
}
