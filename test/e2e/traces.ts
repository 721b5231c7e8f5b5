import assert from 'node:assert/strict';
import type { BrowserContext } from 'playwright-core';
import { canary, canaryOfHeaders } from '../fakes/canary-key.ts';
import { filesWith, formsOf, holds } from '../vscode/traces.ts';
import type { Workbench } from '../vscode/workbench.ts';

declare global {
  interface Window {
    traceOfWord?: (word: string, where: string) => Promise<void>;
  }
}

/** A word and how it may be written. */
interface Wanted {
  readonly word: string;
  readonly forms: readonly string[];
}

/**
 * Remembers where certain words were seen in one VS Code: on the screen, in messages to and from
 * webviews, in what it printed, and in all that it wrote.
 */
export class Traces {
  readonly #wanted: readonly Wanted[];
  readonly #places = new Map<string, Set<string>>();

  constructor(words: readonly string[]) {
    this.#wanted = words.map((word) => ({ word, forms: formsOf(word) }));
  }

  /** Where the word was seen so far. */
  of(word: string): readonly string[] {
    return [...(this.#places.get(word) ?? [])].sort();
  }

  /** Throws if the key or a header's secret was seen anywhere. */
  assertNoSecret(): void {
    for (const secret of [canary, canaryOfHeaders]) assert.deepEqual(this.of(secret), []);
  }

  /** Reads along with every message between windows from now on; to be called before any page is there. */
  async watchMessages(context: BrowserContext): Promise<void> {
    await context.exposeFunction('traceOfWord', (word: string, where: string) =>
      this.#add(word, where),
    );
    await context.addInitScript(readAlong, this.#wanted);
  }

  /** What is on the screen now, panel and notifications included. */
  async lookAtScreen({ page }: Workbench): Promise<void> {
    for (const frame of page.frames()) {
      const where = frame === page.mainFrame() ? 'screen: workbench' : 'screen: webview';
      // A frame that goes away while it is read shows nothing any more.
      this.lookAt(where, await frame.content().catch(() => ''));
    }
  }

  /** What the window keeps in the browser, and what it has printed. */
  async lookAtWindow(workbench: Workbench): Promise<void> {
    this.lookAt('output', workbench.logs());
    const { cookies, origins } = await workbench.page.context().storageState({ indexedDB: true });
    this.lookAt('browser: cookies', JSON.stringify(cookies));
    for (const { localStorage, ...databases } of origins) {
      this.lookAt('browser: local storage', JSON.stringify(localStorage));
      this.lookAt('browser: databases', JSON.stringify(databases));
    }
    for (const frame of workbench.page.frames()) {
      const kept = await frame.evaluate(() => JSON.stringify(sessionStorage)).catch(() => '');
      this.lookAt('browser: session storage', kept);
    }
  }

  async lookAtFolder(name: string, folder: string): Promise<void> {
    for (const { word, forms } of this.#wanted) {
      for (const file of await filesWith(folder, forms)) this.#add(word, `${name}: ${file}`);
    }
  }

  lookAt(where: string, text: string): void {
    for (const { word, forms } of this.#wanted) if (holds(text, forms)) this.#add(word, where);
  }

  #add(word: string, where: string): void {
    const places = this.#places.get(word) ?? new Set();
    this.#places.set(word, places.add(where));
  }
}

/**
 * Runs in every frame, before its own scripts. Looks at a message when its receiver does: a listener of
 * our own would be gone once a webview's document is opened anew, and a wrapped `postMessage` would take
 * the sender's place.
 */
function readAlong(wanted: readonly Wanted[]): void {
  const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
  const seen = new WeakSet<MessageEvent>();
  const look = (event: MessageEvent, message: unknown): void => {
    if (seen.has(event)) return;
    seen.add(event);
    let text: string;
    try {
      text = JSON.stringify(message)?.toLowerCase() ?? '';
    } catch {
      // It goes in circles, as no message of ours does.
      return;
    }
    const where = event.target instanceof MessagePort ? 'to a port' : 'to a window';
    for (const { word, forms } of wanted) {
      if (!forms.some((form) => text.includes(form.toLowerCase()))) continue;
      void window.traceOfWord?.(word, `message: ${where}`);
    }
  };
  Object.defineProperty(MessageEvent.prototype, 'data', {
    ...data,
    get(this: MessageEvent): unknown {
      const message: unknown = data?.get?.call(this);
      look(this, message);
      return message;
    },
  });
}
