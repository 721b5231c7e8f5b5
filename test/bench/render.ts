/**
 * `npm run bench:render` [-- --json] [-- --quick]: what a streamed reply costs the panel's page, in
 * headless Chromium, against the least that showing its text can cost and against what others use.
 * Deltas of 4 characters, the layout forced after each, for all alike; then once a frame.
 */
import { statSync } from 'node:fs';
import { launchBrowser } from '../vscode/ensure-browser.ts';
import { BenchPages, bundle, type Result } from './render/bench-page.ts';
import { hardShapes, makeHardShape } from './render/hard-shapes.ts';
import { makeReply } from './render/reply.ts';
import { type Bar, bar, median, report } from './report.ts';

const isQuick = process.argv.includes('--quick');
const deltaLength = 4;
const mainContestants = ['floor', 'ours', 'smd'] as const;
const others = [
  'streamdown',
  'markstream',
  'incremark',
  'marked',
  'markdown-it',
  'marked + DOMPurify',
  'react-markdown',
] as const;
/** Those that take minutes for a whole reply are measured at nine points of it. */
const sampledOnly: readonly string[] = [
  'marked',
  'markdown-it',
  'marked + DOMPurify',
  'react-markdown',
];
const points = [0.02, 0.1, 0.25, 0.4, 0.5, 0.65, 0.8, 0.9, 0.99];
const hardLength = 160_000;

await using browser = await launchBrowser();
const pages = new BenchPages(browser, await bundle(true));
const notes: string[] = [];
const bars: Bar[] = [];
const note = (text: string): void => {
  notes.push(text);
  if (!process.argv.includes('--json')) console.error(text);
};

function whole(contestant: string, text: string, deltasPerSecond = 0): Promise<Result> {
  return pages.measure({
    contestant,
    text,
    from: 0,
    count: Number.MAX_SAFE_INTEGER,
    deltasPerSecond,
  });
}

interface Sample {
  readonly at: number;
  /** Milliseconds a delta, of the main thread. */
  readonly task: number;
  /** The median of the calls with their layouts, in milliseconds. */
  readonly typical: number;
  readonly longest: number;
}

async function sample(
  contestant: string,
  text: string,
  at: number,
  count: number,
): Promise<Sample> {
  const from = Math.floor((text.length * at) / deltaLength) * deltaLength;
  const { times, task } = await pages.measure({
    contestant,
    text,
    from,
    count,
    deltasPerSecond: 0,
  });
  return { at, task: task / times.length, typical: median(times), longest: Math.max(...times) };
}

/** Milliseconds for the whole reply, from samples of it. */
function integrate(samples: readonly Sample[], deltas: number): number {
  let total = 0;
  for (const [index, { at, task }] of samples.entries()) {
    const before = samples[index - 1];
    total += (at - (before?.at ?? 0)) * deltas * ((task + (before?.task ?? task)) / 2);
  }
  return total;
}

const figure = (value: number): string => value.toFixed(2).padStart(9);

async function wholeReplies(tokens: number): Promise<ReadonlyMap<string, number>> {
  const text = makeReply(tokens);
  const deltas = text.length / deltaLength;
  const totals = new Map<string, number>();
  const contestants = isQuick ? mainContestants : [...mainContestants, ...others];
  for (const contestant of contestants) {
    const isSampled = tokens > 1000 && sampledOnly.includes(contestant);
    let total: number;
    let what: string;
    if (isSampled) {
      const samples: Sample[] = [];
      for (const at of points) samples.push(await sample(contestant, text, at, 12));
      total = integrate(samples, deltas);
      what = 'sampled at nine points';
    } else {
      // The shortest of three is least disturbed by what else the machine does.
      const isMain = mainContestants.some((name) => name === contestant);
      const results: Result[] = [];
      for (let time = 0; time < (isMain ? 3 : 1); time++)
        results.push(await whole(contestant, text));
      const best = results.toSorted((a, b) => a.task - b.task)[0];
      if (best === undefined) continue;
      total = best.task;
      what = `calls ${figure(best.work)} ms, longest ${figure(Math.max(...best.times))} ms, heap ${figure(best.heap)} MB`;
    }
    totals.set(contestant, total);
    const floorTotal = totals.get('floor') ?? total;
    note(
      `${tokens} tokens, ${contestant.padEnd(18)} ${figure(total)} ms, ${figure(total / floorTotal)} × floor; ${what}`,
    );
  }
  return totals;
}

await wholeReplies(1000);
const totals = await wholeReplies(10_000);
const ratio = (of: string, to: string): number => (totals.get(of) ?? 0) / (totals.get(to) ?? 0);
bars.push(bar('10,000 tokens: all work ÷ floor', ratio('ours', 'floor'), '×', 1.4));
bars.push(bar('10,000 tokens: all work ÷ smd', ratio('ours', 'smd'), '×', 1));
if (!isQuick) {
  bars.push(bar('10,000 tokens: all work ÷ Streamdown', ratio('ours', 'streamdown'), '×', 1 / 5));
  bars.push(
    bar('10,000 tokens: all work ÷ markdown-it', ratio('ours', 'markdown-it'), '×', 1 / 30),
  );
}

const long = makeReply(100_000);
const longTotals = new Map<string, readonly Sample[]>();
for (const contestant of isQuick ? ['floor', 'ours'] : mainContestants)
  longTotals.set(contestant, []);
// One right after the other at each point: a busy machine is then busy for all alike.
for (const at of points) {
  for (const [contestant, samples] of longTotals) {
    longTotals.set(contestant, [...samples, await sample(contestant, long, at, 250)]);
  }
}
if (!isQuick) {
  for (const contestant of others) {
    const samples: Sample[] = [];
    for (const at of points) samples.push(await sample(contestant, long, at, 4));
    longTotals.set(contestant, samples);
  }
}
const longTotal = (contestant: string): number =>
  integrate(longTotals.get(contestant) ?? [], long.length / deltaLength);
for (const [contestant, samples] of longTotals) {
  note(
    `100000 tokens, ${contestant.padEnd(18)} ${figure(longTotal(contestant) / 1000)} s, ` +
      `${figure(longTotal(contestant) / longTotal('floor'))} × floor; ms a delta: ` +
      samples.map(({ task }) => task.toFixed(2)).join(' '),
  );
}
const lastOf = (contestant: string): number =>
  longTotals.get(contestant)?.at(-1)?.task ?? Number.NaN;
bars.push(
  bar('100,000 tokens: all work ÷ floor', longTotal('ours') / longTotal('floor'), '×', 1.3),
);
bars.push(
  bar('100,000 tokens: a delta at the end ÷ floor', lastOf('ours') / lastOf('floor'), '×', 1.3),
);
const longest = Math.max(...(longTotals.get('ours') ?? []).map((one) => one.longest));
bars.push(bar('100,000 tokens: longest task', longest, 'ms', 50));

const heaps: Record<string, number> = {};
for (const contestant of ['floor', 'ours']) {
  const at = long.length - 400;
  const feed = { contestant, text: long, from: at, count: 100, deltasPerSecond: 0 };
  heaps[contestant] = (await pages.measure(feed)).heap;
}
bars.push(
  bar('100,000 tokens: heap ÷ floor', (heaps['ours'] ?? 0) / (heaps['floor'] ?? 0), '×', 2),
);

const framed = await pages.measure({
  contestant: 'ours',
  text: long,
  from: long.length - 4000,
  count: 1000,
  deltasPerSecond: 200,
});
const gap = median(framed.frameGaps);
const dropped = framed.frameGaps.filter((one) => one > 1.5 * gap).length;
note(
  `once a frame at 200 deltas a second: ${framed.frameGaps.length} frames, ${gap.toFixed(1)} ms apart, ${figure(median(framed.times))} ms each`,
);
bars.push(bar('frames dropped at 200 deltas a second, 100,000 tokens', dropped, 'frames', 0));
for (const contestant of isQuick ? [] : mainContestants) {
  const { task } = await whole(contestant, makeReply(1000), 2000);
  note(`1000 tokens once a frame, ${contestant.padEnd(8)} ${figure(task)} ms`);
}

for (const shape of hardShapes) {
  const text = makeHardShape(shape, hardLength);
  const early = await sample('ours', text, 0.1, 400);
  const late = await sample('ours', text, 0.98, 400);
  note(
    `one ${shape.padEnd(10)} of 160 KB: ${figure(early.typical)} and ${figure(late.typical)} ms a delta at 10 and 100 %`,
  );
  bars.push(
    bar(`one ${shape}: a delta at 100 % ÷ at 10 %`, late.typical / early.typical, '×', 1.5),
  );
}

const webview = statSync('dist/webview.js', { throwIfNoEntry: false });
bars.push(bar('dist/webview.js, production', (webview?.size ?? Number.NaN) / 1024, 'KB', 180));
report('bench:render', bars, notes);
