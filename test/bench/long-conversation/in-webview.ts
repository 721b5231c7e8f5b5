import type { Browser, CDPSession, Page } from 'playwright-core';
import { PanelPage } from '../../browser/panel/panel-page.ts';
import { makeReply } from '../render/reply.ts';
import { median } from '../report.ts';
import { installProbe, type Opening, type Scrolling } from './probe.ts';
import { TaskTrace } from './task-trace.ts';

export interface WebviewFigures {
  /** Milliseconds from the `state` message to the frame that shows what is in view, each time. */
  readonly openings: readonly number[];
  readonly scrolls: readonly Scroll[];
  /** Milliseconds of processor time for each delta, with one turn before it and with 200: each trial's. */
  readonly perDelta: readonly PerDelta[];
}

/** Once from the top to the bottom. */
export interface Scroll {
  /** The longest tasks meanwhile, in milliseconds of processor time. */
  readonly longestTasks: readonly number[];
  /** The longest in the quiet behind it: what the browser clears up then. */
  readonly longestAfter: number;
  /** Those over 50 ms as the page itself sees them: in time that passes, whatever else is running. */
  readonly seenOver50: number;
  /** How far it was, in CSS pixels. */
  readonly height: number;
}

export type PerDelta = readonly [few: number, many: number];

const turns = 200;
const characters = 1_000_000;
const complete = { type: 'outcome', outcome: { kind: 'complete' } } as const;
/** Characters in what streams within a frame. */
const deltaLength = 40;
const deltasInRound = 100;
/** CSS pixels a second: seven views. */
const scrollSpeed = 6000;
/** A virtual machine that has to wait for its processor counts the wait as its own work. */
const scrollTrials = 3;
const rounds = 10;
/** Each with new pages: what a page once happens to be like stays with it. */
const deltaTrials = 3;

/** What a long conversation costs in the panel's real page: opening, scrolling, a delta at its end. */
export async function measureInWebview(browser: Browser, trials: number): Promise<WebviewFigures> {
  const openings: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    await using panel = await conversationOf(browser, turns);
    openings.push((await panel.page.evaluate<Opening>(() => probe.opening)).shownAfter);
  }
  const scrolls: Scroll[] = [];
  for (let trial = 0; trial < scrollTrials; trial++) scrolls.push(await scrollOnce(browser));
  const perDelta: PerDelta[] = [];
  for (let trial = 0; trial < deltaTrials; trial++) perDelta.push(await perDeltaOnce(browser));
  return { openings, scrolls, perDelta };
}

async function scrollOnce(browser: Browser): Promise<Scroll> {
  await using panel = await conversationOf(browser, turns);
  const trace = await TaskTrace.start(browser, panel.page);
  const { seen, height } = await scrollThrough(panel.page);
  const { scrolling, after } = await trace.end();
  return {
    longestTasks: scrolling.slice(0, 5),
    longestAfter: after[0] ?? 0,
    seenOver50: seen.length,
    height,
  };
}

/** From the top to the bottom, as a wheel does it. */
async function scrollThrough(page: Page): Promise<Scrolling> {
  const session = await page.context().newCDPSession(page);
  for (;;) {
    const scrolling = await page.evaluate<Scrolling>(() => probe.scrolling());
    if (scrolling.left < 1) return scrolling;
    await session.send('Input.synthesizeScrollGesture', {
      x: 350,
      y: 400,
      yDistance: -scrolling.left,
      speed: scrollSpeed,
      gestureSourceType: 'mouse',
      preventFling: true,
    });
  }
}

/** The same deltas at the end of a short and a long conversation, in turns. */
async function perDeltaOnce(browser: Browser): Promise<PerDelta> {
  await using few = await conversationOf(browser, 1);
  await using many = await conversationOf(browser, turns);
  const text = makeReply((deltaLength * deltasInRound * (rounds + 1)) / 4);
  const [first, second] = await Promise.all([begin(few), begin(many)]);
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const from = round * deltaLength * deltasInRound;
    const piece = text.slice(from, from + deltaLength * deltasInRound);
    const streams = [first, second] as const;
    // Each goes first as often as the other.
    for (const index of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const time = await streams[index](piece, from);
      // The first is for the page to get warm.
      if (round > 0) times[index].push(time);
    }
  }
  return [median(times[0]), median(times[1])];
}

type Stream = (text: string, offset: number) => Promise<number>;

/** A reply that streams into the page: gives the processor time of a delta, in milliseconds. */
async function begin(panel: PanelPage): Promise<Stream> {
  const turn = panel.ask('And now?');
  panel.apply(turn, { type: 'connected', requestId: null });
  await panel.settled();
  const session = await panel.page.context().newCDPSession(panel.page);
  // The thread's own time: what else the machine does meanwhile isn't in it.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await untilIdle(panel.page, session);
  const replyId = turn.reply.id;
  return async (text, offset) => {
    await panel.page.bringToFront();
    const before = await taskTime(session);
    await panel.page.evaluate((given) => probe.stream(given), {
      replyId,
      text,
      offset,
      deltaLength,
    });
    return ((await taskTime(session)) - before) / (text.length / deltaLength);
  };
}

/** Turns that together have a megabyte where they are 200, as large each where they are fewer. */
async function conversationOf(browser: Browser, count: number): Promise<PanelPage> {
  const panel = await PanelPage.open(browser, { width: 700, height: 900 });
  await panel.page.addInitScript(installProbe);
  const length = characters / turns;
  const text = makeReply((length * count) / 4);
  await panel.hide();
  for (let index = 0; index < count; index++) {
    const turn = panel.ask(`Question ${index}: how does this part of the code behave?`);
    panel.write(turn, text.slice(index * length, (index + 1) * length));
    panel.apply(turn, complete);
  }
  await panel.show();
  return panel;
}

/** Until the page has had nothing to do for a while. */
async function untilIdle(page: Page, session: CDPSession): Promise<void> {
  for (let before = await taskTime(session); ; ) {
    await page.waitForTimeout(500);
    const after = await taskTime(session);
    if (after - before < 25) return;
    before = after;
  }
}

/** Milliseconds. */
async function taskTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}
