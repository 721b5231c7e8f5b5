/**
 * `npm run bench:render` [-- --json] [-- --quick]: what a streamed reply costs the panel's page, in
 * headless Chromium, against the least that showing its text can cost and against what others use.
 * Deltas of 4 characters, the layout forced after each, for all alike; then once a frame. Times are
 * the main thread's processor time, so that ratios hold on a busy machine too; the longest call alone
 * is on the clock.
 */
import { statSync } from 'node:fs';
import { launchBrowser } from '../vscode/ensure-browser.ts';
import type { RendererFigures } from './bench-result.ts';
import { BenchPage, bundle, type Result } from './render/bench-page.ts';
import { hardShapes, makeHardShape } from './render/hard-shapes.ts';
import type { Feed } from './render/page.ts';
import { makeReply } from './render/reply.ts';
import { type Bar, bar, isQuick, median, report } from './report.ts';

const deltaLength = 4;
const allPeers = [
  'streamdown',
  'markstream',
  'incremark',
  'marked',
  'markdown-it',
  'marked + DOMPurify',
  'react-markdown',
];
/** Those that take minutes for a whole reply are measured at nine points of it. */
const sampledOnly: readonly string[] = [
  'marked',
  'markdown-it',
  'marked + DOMPurify',
  'react-markdown',
];
const points = [0.02, 0.1, 0.25, 0.4, 0.5, 0.65, 0.8, 0.9, 0.99];
const hardLength = 160_000;

/** Of the production build that has just been made. */
const webviewBytes = statSync('dist/webview.js', { throwIfNoEntry: false })?.size ?? Number.NaN;
await using browser = await launchBrowser();
const notes: string[] = [];
const bars: Bar[] = [];
const note = (text: string): void => {
  notes.push(text);
  if (!process.argv.includes('--json')) console.error(text);
};
/** With the peers where they can be had: they are installed from the registry. */
const withPeers = await bundle(true).catch((error: unknown) => {
  note(`without the peers: ${String(error)}`);
  return null;
});
const script = withPeers ?? (await bundle(false));
const mainContestants = withPeers === null ? ['floor', 'ours'] : ['floor', 'ours', 'smd'];
const others = withPeers === null || isQuick ? [] : allPeers;
const figure = (value: number): string => value.toFixed(2).padStart(9);

function feedOf(contestant: string, text: string, at: number, count: number): Feed {
  const from = Math.floor((text.length * at) / deltaLength) * deltaLength;
  return { contestant, text, from, count, deltasPerSecond: 0 };
}

async function whole(contestant: string, text: string, deltasPerSecond = 0): Promise<Result> {
  const feed = { ...feedOf(contestant, text, 0, text.length), deltasPerSecond };
  await using page = await BenchPage.open(browser, script, feed);
  return await page.measure(feed);
}

interface Sample {
  readonly at: number;
  /** Milliseconds a delta, of the main thread: the median of the batches. */
  readonly task: number;
  /** The calls with their layouts, in milliseconds. */
  readonly times: readonly number[];
}

/** Several contestants at several points of one text: at each point, batch by batch, in turn. */
async function samples(
  contestants: readonly string[],
  text: string,
  places: readonly number[],
  deltas: number,
  batches: number,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const pages = new Map<string, BenchPage>();
  const found = new Map<string, readonly Sample[]>();
  for (const contestant of contestants) {
    pages.set(contestant, await BenchPage.open(browser, script, feedOf(contestant, text, 0, 0)));
  }
  for (const at of places) {
    const taken = new Map<string, Result[]>(contestants.map((contestant) => [contestant, []]));
    for (let batch = 0; batch < batches; batch++) {
      const from = at + (batch * deltas * deltaLength) / text.length;
      for (const [contestant, page] of pages) {
        taken.get(contestant)?.push(await page.measure(feedOf(contestant, text, from, deltas)));
      }
    }
    for (const [contestant, results] of taken) {
      const task = median(results.map((result) => result.task / result.times.length));
      const times = results.flatMap((result) => result.times);
      found.set(contestant, [...(found.get(contestant) ?? []), { at, task, times }]);
    }
  }
  for (const [contestant, page] of pages) {
    heaps.set(contestant, await page.heap());
    await page[Symbol.asyncDispose]();
  }
  return found;
}

/** Megabytes that each contestant had on the heap after its last samples. */
const heaps = new Map<string, number>();

/** Milliseconds for the whole reply, from samples of it. */
function integrate(found: readonly Sample[], deltas: number): number {
  let total = 0;
  for (const [index, { at, task }] of found.entries()) {
    const before = found[index - 1];
    total += (at - (before?.at ?? 0)) * deltas * ((task + (before?.task ?? task)) / 2);
  }
  return total;
}

interface Whole {
  readonly totalMs: number;
  /** Null where the reply was sampled. */
  readonly longestCallMs: number | null;
}

/** The shortest time of several rounds: the least disturbed by what else the machine does. */
async function wholeReplies(tokens: number, rounds: number): Promise<ReadonlyMap<string, Whole>> {
  const text = makeReply(tokens);
  const best = new Map<string, Result>();
  for (let round = 0; round < rounds; round++) {
    for (const contestant of mainContestants) {
      const result = await whole(contestant, text);
      if (result.task < (best.get(contestant)?.task ?? Infinity)) best.set(contestant, result);
    }
  }
  const totals = new Map([...best].map(([name, { task }]) => [name, task]));
  for (const contestant of others) {
    if (tokens > 1000 && sampledOnly.includes(contestant)) {
      const found = await samples([contestant], text, points, 8, 1);
      totals.set(contestant, integrate(found.get(contestant) ?? [], text.length / deltaLength));
    } else {
      const result = await whole(contestant, text);
      best.set(contestant, result);
      totals.set(contestant, result.task);
    }
  }
  const floorTotal = totals.get('floor') ?? Number.NaN;
  const wholes = new Map<string, Whole>();
  for (const [contestant, total] of totals) {
    const times = best.get(contestant)?.times;
    const longestCallMs = times === undefined ? null : Math.max(...times);
    wholes.set(contestant, { totalMs: total, longestCallMs });
    const longest =
      longestCallMs === null
        ? 'sampled at nine points'
        : `longest call ${figure(longestCallMs)} ms`;
    note(
      `${tokens} tokens, ${contestant.padEnd(18)} ${figure(total)} ms, ${figure(total / floorTotal)} × floor; ${longest}`,
    );
  }
  return wholes;
}

const short = await wholeReplies(1000, isQuick ? 1 : 2);
const middle = await wholeReplies(10_000, isQuick ? 2 : 3);
const totalOf = (of: string): number => middle.get(of)?.totalMs ?? Number.NaN;
const ratio = (of: string, to: string): number => totalOf(of) / totalOf(to);
bars.push(bar('10,000 tokens: all work ÷ floor', ratio('ours', 'floor'), '×', 1.4));
if (withPeers !== null) {
  bars.push(bar('10,000 tokens: all work ÷ smd', ratio('ours', 'smd'), '×', 1));
}
if (others.length > 0) {
  bars.push(bar('10,000 tokens: all work ÷ Streamdown', ratio('ours', 'streamdown'), '×', 1 / 5));
  bars.push(
    bar('10,000 tokens: all work ÷ markdown-it', ratio('ours', 'markdown-it'), '×', 1 / 30),
  );
}

const long = makeReply(100_000);
const longSamples = new Map(await samples(['floor', 'ours'], long, points, 50, 6));
const heapRatio = (heaps.get('ours') ?? 0) / (heaps.get('floor') ?? 0);
for (const contestant of others.length === 0 ? [] : ['smd', ...others]) {
  const found = await samples([contestant], long, points, 3, 1);
  for (const [name, taken] of found) longSamples.set(name, taken);
}
const longTotal = (contestant: string): number =>
  integrate(longSamples.get(contestant) ?? [], long.length / deltaLength);
for (const [contestant, taken] of longSamples) {
  note(
    `100000 tokens, ${contestant.padEnd(18)} ${figure(longTotal(contestant) / 1000)} s, ` +
      `${figure(longTotal(contestant) / longTotal('floor'))} × floor; ms a delta: ` +
      taken.map(({ task }) => task.toFixed(2)).join(' '),
  );
}
const lastOf = (contestant: string): number =>
  longSamples.get(contestant)?.at(-1)?.task ?? Number.NaN;
/** The longest call of two runs of the same deltas: what lasts long in one alone isn't the page's. */
const again = (await samples(['ours'], long, points, 50, 6)).get('ours') ?? [];
const longest = Math.max(
  ...again.flatMap(({ times }, point) => {
    const before = longSamples.get('ours')?.[point]?.times ?? [];
    return times.map((time, index) => Math.min(time, before[index] ?? time));
  }),
);
bars.push(
  bar('100,000 tokens: all work ÷ floor', longTotal('ours') / longTotal('floor'), '×', 1.3),
  bar('100,000 tokens: a delta at the end ÷ floor', lastOf('ours') / lastOf('floor'), '×', 1.3),
  bar('100,000 tokens: longest call', longest, 'ms', 50),
  bar('100,000 tokens: heap ÷ floor', heapRatio, '×', 2),
);

/** The fewest of several rounds: a busy machine drops frames too, as the floor shows. */
let fewestDropped = Infinity;
for (let round = 0; round < 3 && fewestDropped > 0; round++) {
  for (const contestant of ['floor', 'ours']) {
    const feed = { ...feedOf(contestant, long, 0.99, 800), deltasPerSecond: 200 };
    await using page = await BenchPage.open(browser, script, feed);
    const { frameGaps, times } = await page.measure(feed);
    const gap = median(frameGaps);
    const dropped = frameGaps.filter((one) => one > 1.5 * gap).length;
    if (contestant === 'ours') fewestDropped = Math.min(fewestDropped, dropped);
    note(
      `200 deltas a second, once a frame, ${contestant.padEnd(5)}: ${frameGaps.length} frames, ` +
        `${gap.toFixed(1)} ms apart, ${dropped} dropped; a call ${figure(median(times))} ms, ` +
        `${figure(Math.max(...times))} at most`,
    );
  }
}
bars.push(bar('frames dropped at 200 deltas a second, 100,000 tokens', fewestDropped, 'frames', 0));
for (const contestant of [...mainContestants, ...others]) {
  const { task } = await whole(contestant, makeReply(1000), 2000);
  note(`1000 tokens once a frame, ${contestant.padEnd(18)} ${figure(task)} ms`);
}

for (const shape of hardShapes) {
  const text = makeHardShape(shape, hardLength);
  const [early, late] = (await samples(['ours'], text, [0.1, 0.98], 50, 8)).get('ours') ?? [];
  if (early === undefined || late === undefined) continue;
  note(
    `one ${shape.padEnd(10)} of 160 KB: ${figure(early.task)} and ${figure(late.task)} ms a delta at 10 and 100 %`,
  );
  bars.push(bar(`one ${shape}: a delta at 100 % ÷ at 10 %`, late.task / early.task, '×', 1.5));
}

bars.push(bar('dist/webview.js, production', webviewBytes / 1024, 'KB', 180));
const renderers = [...middle].map(
  ([name, { totalMs, longestCallMs }]): RendererFigures => ({
    name,
    wholeMs: [
      short.get(name)?.totalMs ?? null,
      totalMs,
      longSamples.has(name) ? longTotal(name) : null,
    ],
    longestCallMs,
  }),
);
report('render', bars, notes, renderers);
