/** What runs in the bench's page, with the contestants that its bundle brings. */
import type { Contestant, Showing } from './contestant.ts';

/** Characters in a delta. */
const deltaLength = 4;
/** Deltas between two chances for the browser to draw. */
const deltasInTask = 8;

/** Deltas between two layouts before the measured deltas. */
const deltasInLayout = 256;

export interface Feed {
  readonly contestant: string;
  readonly text: string;
  /** Where the measured deltas begin; what is before is shown at once. */
  readonly from: number;
  /** How many deltas are measured. */
  readonly count: number;
  /** Whether they are collected and shown once a frame, at this many a second; 0: each at once. */
  readonly deltasPerSecond: number;
}

export interface Measured {
  /** Milliseconds for each delta (or frame): the call and the layout that it asks for. */
  readonly times: readonly number[];
  /** Between frames, where it is shown once a frame. */
  readonly frameGaps: readonly number[];
}

export function installBench(contestants: readonly Contestant[]): void {
  let showing: Showing | null = null;
  let step = 1;
  /** How much of the text is on the page. */
  let shown = 0;

  const prepare = ({ contestant, text }: Feed): void => {
    const root = document.createElement('div');
    root.className = 'reply-text';
    const turn = document.createElement('article');
    turn.className = 'turn';
    turn.dataset['outcome'] = 'streaming';
    turn.append(root);
    document.body.replaceChildren(turn);
    const found = contestants.find(({ name }) => name === contestant);
    if (found === undefined) throw new Error(`There is no contestant ${contestant}.`);
    showing = found.start(root);
    step = found.isIncremental ? deltaLength : text.length;
    shown = 0;
  };

  /** Shows what is before the measured deltas. */
  const skip = async ({ text, from }: Feed): Promise<void> => {
    if (showing === null) throw new Error('Prepare it first.');
    for (let deltas = 1; shown < from; deltas++) {
      const end = Math.min(from, shown + step);
      showing.append(text.slice(shown, end));
      shown = end;
      if (deltas % deltasInLayout !== 0 && shown < from) continue;
      forceLayout();
      await nextTask();
    }
    await nextFrame();
  };

  const feed = async ({ text, from, count, deltasPerSecond }: Feed): Promise<Measured> => {
    if (showing === null) throw new Error('Prepare it first.');
    const into = showing;
    const times: number[] = [];
    const frameGaps: number[] = [];
    const show = (added: string): void => {
      const started = performance.now();
      into.append(added);
      forceLayout();
      times.push(performance.now() - started);
    };
    const end = Math.min(text.length, from + count * deltaLength);
    if (deltasPerSecond === 0) {
      for (let at = from; at < end; at += deltaLength) {
        show(text.slice(at, Math.min(end, at + deltaLength)));
        if (times.length % deltasInTask === 0) await nextTask();
      }
    } else {
      const began = await nextFrame();
      for (let at = from, before = began; at < end; ) {
        const now = await nextFrame();
        frameGaps.push(now - before);
        before = now;
        const due = from + Math.floor(((now - began) / 1000) * deltasPerSecond) * deltaLength;
        const to = Math.min(end, due);
        if (to > at) show(text.slice(at, to));
        at = Math.max(at, to);
      }
    }
    shown = end;
    return { times, frameGaps };
  };

  Object.assign(globalThis, { bench: { prepare, skip, feed } });
}

function forceLayout(): void {
  if (document.body.offsetHeight < 0) throw new Error('There is no layout.');
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
