/** What the page measures of itself. Times are in milliseconds. */

export interface Opening {
  /** From the `state` message to the end of the frame that shows what is in view. */
  readonly shownAfter: number;
}

export interface Scrolling {
  /** Tasks over 50 ms since it was at the top. */
  readonly seen: readonly number[];
  /** How far it is to the end, in CSS pixels. */
  readonly left: number;
  /** The page's, in CSS pixels. */
  readonly height: number;
}

export interface Streaming {
  readonly replyId: string;
  readonly text: string;
  /** Of the text in the reply. */
  readonly offset: number;
  readonly deltaLength: number;
}

interface Probe {
  readonly opening: Promise<Opening>;
  goToTop(): Promise<void>;
  scrolling(): Promise<Scrolling>;
  stream(streaming: Streaming): Promise<void>;
}

declare global {
  var probe: Probe;
}

/** Runs in the page before its script, so that it hears each message first. */
export function installProbe(): void {
  const nextFrame = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        // A task behind the frame's layout and paint.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      });
    });
  const seen: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.push(duration);
  });
  observer.observe({ type: 'longtask', buffered: true });

  const opening = new Promise<Opening>((resolve) => {
    window.addEventListener('message', (event: MessageEvent<{ readonly type?: string }>) => {
      // Before its data is touched: that unpacks the message.
      const sentAt = event.timeStamp;
      if (event.data?.type !== 'state') return;
      void nextFrame().then(() => resolve({ shownAfter: performance.now() - sentAt }));
    });
  });

  globalThis.probe = {
    opening,
    goToTop: async () => {
      window.scrollTo({ top: 0, behavior: 'instant' });
      await nextFrame();
      observer.takeRecords();
      seen.length = 0;
    },
    scrolling: async () => {
      // Observers are told a moment later.
      await new Promise((resolve) => setTimeout(resolve, 200));
      const { scrollTop, clientHeight, scrollHeight } = document.documentElement;
      return { seen, left: scrollHeight - scrollTop - clientHeight, height: scrollHeight };
    },
    stream: async ({ replyId, text, offset, deltaLength }) => {
      for (let at = 0; at < text.length; at += deltaLength) {
        const delta = text.slice(at, at + deltaLength);
        window.postMessage({ type: 'delta', replyId, offset: offset + at, text: delta }, '*');
        await nextFrame();
      }
    },
  };
}
