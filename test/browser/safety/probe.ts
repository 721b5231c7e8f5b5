import type { Allowed } from './allowed.ts';

/** How the text of replies is given to the page. */
export type Feeding = 'by character' | 'whole';

/** A reply to be shown, and what says that it has ended. */
export interface Shown {
  readonly replyId: string;
  readonly text: string;
  readonly turn: unknown;
  readonly end: unknown;
}

/** What the tests do in the page. */
export interface Probe {
  /** What the page has sent to the host. */
  readonly sent: unknown[];
  /** Errors that nobody caught. */
  readonly errors: string[];
  /** How often the policy has held something back. */
  violations: number;
  /** Shows the replies side by side, and looks at each after each piece; gives what is wrong. */
  feed(replies: readonly Shown[], feeding: Feeding): Promise<readonly string[]>;
  /** Gives one message to the page, and lets all happen that follows from it. */
  receive(message: unknown): Promise<void>;
  /** What stands in the page that may not. */
  examine(): readonly string[];
}

declare global {
  interface Window {
    safety: Probe;
    /** Told by whatever script of a payload runs, in any frame. */
    scriptRan?: (name: string) => Promise<void>;
    acquireVsCodeApi?: unknown;
  }
}

/** Runs in every frame before its own scripts, and outside of the page's policy. */
export function installProbe(allowed: Allowed): void {
  const laidOutEvery = 64;
  for (const name of ['pwned', 'alert', 'confirm', 'prompt', 'print', 'open']) {
    Reflect.set(window, name, () => void window.scriptRan?.(name));
  }
  const frames = new Map<number, FrameRequestCallback>();
  let lastFrame = 0;
  const realFrame = window.requestAnimationFrame.bind(window);
  // Frames come when the test says so: each prefix then has one of its own, without waiting for it.
  window.requestAnimationFrame = (callback) => {
    frames.set(++lastFrame, callback);
    return lastFrame;
  };
  window.cancelAnimationFrame = (handle) => void frames.delete(handle);
  const runFrames = (): void => {
    for (const [handle, callback] of [...frames]) {
      if (!frames.delete(handle)) continue;
      try {
        callback(performance.now());
      } catch (error) {
        probe.errors.push(String(error));
      }
    }
  };
  // Without the sanitiser, an image with the name of one of these methods takes its place.
  const find = Document.prototype.querySelector.bind(document);
  const findAll = Document.prototype.querySelectorAll.bind(document);
  const nextTask = (): Promise<void> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  const nextFrame = (): Promise<void> => new Promise((resolve) => realFrame(() => resolve()));
  const dispatch = (data: unknown): void => {
    window.dispatchEvent(new MessageEvent('message', { data }));
  };

  const attributesOf = (element: Element): Readonly<Record<string, string>> | undefined => {
    const { localName } = element;
    const inText = Object.hasOwn(allowed.inText, localName) ? allowed.inText[localName] : undefined;
    if (inText !== undefined || element.closest(allowed.codeBlock) === null) return inText;
    return Object.hasOwn(allowed.inCodeBlock, localName)
      ? allowed.inCodeBlock[localName]
      : undefined;
  };
  const wrongWith = (element: Element): readonly string[] => {
    const attributes = attributesOf(element);
    if (attributes === undefined) return [`<${element.localName}>`];
    return [...element.attributes]
      .filter(({ name, value }) => {
        if (/^data-[a-z-]+$/.test(name)) return false;
        const says = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
        return says === undefined || !new RegExp(says).test(value);
      })
      .map(({ name, value }) => `<${element.localName} ${name}=${JSON.stringify(value)}>`);
  };
  const examineIn = (root: Pick<ParentNode, 'querySelectorAll'>): readonly string[] =>
    [...root.querySelectorAll('[data-reply-text] *')].flatMap(wrongWith);

  /** What could run or load anywhere in the page; the page's own doesn't change. */
  const active = 'script, style, link, base, meta, iframe, object, embed, img, form, video, audio';
  const countActive = (): number => {
    const highlighter = find('[data-highlighter]')?.getAttribute('data-highlighter');
    // The page's own second script, which comes with the first block of code in a known language.
    const isOurs = (element: Element): boolean =>
      element instanceof HTMLScriptElement && element.getAttribute('src') === highlighter;
    return [...findAll(active)].filter((element) => !isOurs(element)).length;
  };
  let own: number | undefined;
  const examine = (): readonly string[] => {
    const count = countActive();
    return [
      ...examineIn({ querySelectorAll: findAll }),
      ...(count === (own ?? count) ? [] : [`${count} active elements`]),
    ];
  };

  const probe: Probe = {
    sent: [],
    errors: [],
    violations: 0,
    examine,
    async receive(message) {
      own ??= countActive();
      dispatch(message);
      runFrames();
      await nextTask();
    },
    async feed(replies, feeding) {
      const wrong: string[] = [];
      dispatch({ type: 'state', turns: [], follow: false });
      await nextTask();
      own = countActive();
      const shown = replies.map((reply) => {
        dispatch(reply.turn);
        const element = find(`[data-reply="${reply.replyId}"]`);
        if (element === null) throw new Error(`The page doesn't show ${reply.replyId}`);
        const pieces = feeding === 'whole' ? [reply.text] : [...reply.text];
        return { ...reply, element, pieces, offset: 0 };
      });
      const transcript = find<HTMLElement>('#transcript');
      if (transcript === null) throw new Error('The page has no transcript.');
      const longest = Math.max(...shown.map(({ pieces }) => pieces.length));
      for (let at = 0; at < longest; at++) {
        const growing = shown.filter(({ pieces }) => at < pieces.length);
        for (const reply of growing) {
          const text = reply.pieces[at] ?? '';
          dispatch({ type: 'delta', replyId: reply.replyId, offset: reply.offset, text });
          reply.offset += text.length;
        }
        // Laid out now and then: it takes ten times as long as all the rest, and what runs or loads does
        // so without it, all but a style's pictures.
        const isLaidOut = at % laidOutEvery === 0;
        transcript.style.display = isLaidOut ? '' : 'none';
        runFrames();
        await (isLaidOut ? nextFrame() : nextTask());
        for (const { replyId, element } of growing) {
          for (const what of examineIn(element)) wrong.push(`${replyId} at ${at}: ${what}`);
        }
      }
      transcript.style.display = '';
      for (const { end } of shown) dispatch(end);
      runFrames();
      await nextFrame();
      await nextFrame();
      runFrames();
      for (const what of examine()) wrong.push(`at the end: ${what}`);
      const empty = shown.filter(
        ({ element }) => element.querySelector('[data-reply-text]')?.textContent?.trim() === '',
      );
      // Some show nothing and should. If most did, they would be looked at in vain.
      if (empty.length > shown.length / 2) wrong.push(`${empty.length} replies show nothing`);
      for (const link of findAll('[data-reply-text] a')) {
        // Others than HTML's are there only without the sanitiser, and no script can click them.
        if (link instanceof HTMLElement) link.click();
      }
      await nextTask();
      return wrong;
    },
  };
  window.safety = probe;
  window.addEventListener('error', ({ message }) => probe.errors.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) => probe.errors.push(String(reason)));
  document.addEventListener('securitypolicyviolation', () => {
    probe.violations++;
  });
  let state: unknown;
  window.acquireVsCodeApi = () => ({
    // As VS Code does: what can't be cloned throws.
    postMessage: (message: unknown) => probe.sent.push(structuredClone(message)),
    setState: (next: unknown) => {
      state = structuredClone(next);
    },
    getState: () => state,
  });
}
