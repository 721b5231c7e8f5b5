/**
 * `npm run bench:stream` [-- --json]: what the host's whole path costs a delta (SDK, events,
 * conversation, the panel's feed, journal), against the SDK alone, in one process; and how fast Stop
 * and the stall watchdog are, over real HTTP on this machine.
 */

import type { Claude } from '../../src/core/claude/claude.ts';
import { connect } from '../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../src/core/claude/reply-event.ts';
import { SlimClient } from '../../src/core/claude/slim-client.ts';
import { Conversation, type Turn } from '../../src/core/conversation/conversation.ts';
import { PanelFeed } from '../../src/core/conversation/panel-feed.ts';
import { Reply } from '../../src/core/conversation/reply.ts';
import { JournalWriter } from '../../src/host/storage/journal-writer.ts';
import { english } from '../fakes/english.ts';
import { MemoryStorage } from '../fakes/memory-storage.ts';
import { checked, anyRequest as request } from '../fakes/request.ts';
import type { DocumentStops } from './in-vscode/stop-in-document.ts';
import { benchInVsCode } from './in-vscode.ts';
import { type Bar, bar, median, percentile, report } from './report.ts';
import { measureStall, measureStops } from './stop-and-stall.ts';
import { installNetwork } from './synthetic-network.ts';

const runs = 5;
const few = 10_000;
const many = 100_000;
const now = (): number => performance.now();
const options = { apiKey: 'sk-ant-bench', baseUrl: 'http://127.0.0.1:1' } as const;
const network = globalThis.fetch;

/** The SDK as it comes: its text event, and nothing done with it. */
async function sdkAlone(): Promise<void> {
  const client = new SlimClient({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    maxRetries: 0,
    openTelemetry: false,
    logLevel: 'off',
  });
  let length = 0;
  const { model, maxTokens: max_tokens, userText: content } = request;
  const stream = client.messages.stream({
    model,
    max_tokens,
    messages: [{ role: 'user', content }],
  });
  stream.on('text', (text) => {
    length += text.length;
  });
  await stream.finalMessage();
  if (length === 0) throw new Error('Nothing arrived.');
}

function connection(): Claude {
  return connect({ ...options, idleTimeoutMs: 60_000, maxRetries: 0, onListenerError: fail });
}

function fail(error: unknown): void {
  throw error;
}

interface Path {
  readonly firstTextMs: number;
  readonly posted: number;
}

/** All that the host does with a reply, short of VS Code's own `postMessage` and the disk itself. */
async function wholePath(): Promise<Path> {
  const conversation = new Conversation(now);
  let posted = 0;
  let firstPostedAt: number | null = null;
  const feed = new PanelFeed(conversation, now, english, (message) => {
    if (message.type !== 'delta') return;
    firstPostedAt ??= now();
    posted += structuredClone(message).text.length;
  });
  const place = { storage: new MemoryStorage(), name: crypto.randomUUID(), resumed: null };
  const journal = new JournalWriter(conversation, place, fail);
  feed.connect();
  const reply = new Reply(crypto.randomUUID(), request.model, now());
  const turn: Turn = { after: null, prompt: { kind: 'explain' }, attachments: [], reply };
  conversation.add(turn);
  let firstEventAt: number | null = null;
  const emit = (event: ReplyEvent): void => {
    if (event.type === 'text') firstEventAt ??= now();
    conversation.apply(turn, event);
  };
  await connection().streamReply(checked(request), { signal: new AbortController().signal, emit });
  await journal.flush();
  journal.dispose();
  feed.dispose();
  if (posted !== reply.text.length) throw new Error('The panel was not told everything.');
  return { posted, firstTextMs: (firstPostedAt ?? Number.NaN) - (firstEventAt ?? Number.NaN) };
}

/** The way that several others go: the whole text so far is posted with each delta. */
async function naiveHost(): Promise<void> {
  let text = '';
  let posted = 0;
  const emit = (event: ReplyEvent): void => {
    if (event.type !== 'text') return;
    text += event.text;
    posted += structuredClone({ type: 'partial', text }).text.length;
  };
  await connection().streamReply(checked(request), { signal: new AbortController().signal, emit });
  if (posted === 0) throw new Error('Nothing was posted.');
}

/** Nanoseconds a delta. Short replies are repeated, so that each measurement is about as long. */
async function perDelta(deltas: number, work: () => Promise<unknown>): Promise<number> {
  installNetwork(deltas);
  const times = many / deltas;
  await globalThis.gc?.({ execution: 'async' });
  const started = now();
  for (let time = 0; time < times; time++) await work();
  return ((now() - started) * 1e6) / many;
}

interface Round {
  readonly sdkMany: number;
  readonly pathMany: number;
  readonly sdkFew: number;
  readonly pathFew: number;
  readonly naiveFew: number;
}

/** All that is compared, one right after the other: a busy machine is then busy for all alike. */
async function measureRound(): Promise<Round> {
  return {
    sdkMany: await perDelta(many, sdkAlone),
    pathMany: await perDelta(many, wholePath),
    pathFew: await perDelta(few, wholePath),
    sdkFew: await perDelta(few, sdkAlone),
    naiveFew: await perDelta(few, naiveHost),
  };
}

async function heapGrowthAfter(replies: number): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('Run with --expose-gc.');
  installNetwork(200);
  for (let count = 0; count < 50; count++) await wholePath();
  await gc({ execution: 'async' });
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < replies; count++) await wholePath();
  await gc({ execution: 'async' });
  return (process.memoryUsage().heapUsed - before) / 1e6;
}

async function medianFirstText(): Promise<number> {
  installNetwork(100);
  const times: number[] = [];
  for (let count = 0; count < 50; count++) times.push((await wholePath()).firstTextMs);
  return median(times);
}

await measureRound();
const rounds: Round[] = [];
for (let run = 0; run < runs; run++) rounds.push(await measureRound());
const middle = (figure: (round: Round) => number): number => median(rounds.map(figure));
const nanoseconds = (figure: (round: Round) => number): string => middle(figure).toFixed(0);
const firstText = await medianFirstText();
const heap = await heapGrowthAfter(1000);
Object.assign(globalThis, { fetch: network });
const stops = await measureStops(850);
const inDocument = await benchInVsCode<DocumentStops>('stop-in-document', 150);
const outcomes = [...stops.outcomes, ...inDocument.outcomes];
const closes = [...stops.closes, ...inDocument.closes];
const stall = await measureStall(10);

const bars: readonly Bar[] = [
  bar(
    'time a delta at 100,000, whole path ÷ SDK alone',
    middle((round) => round.pathMany / round.sdkMany),
    '×',
    1.4,
  ),
  bar(
    'growth of the time a delta, from 10,000 to 100,000',
    middle((round) => round.pathMany / round.pathFew),
    '×',
    1.2,
  ),
  bar('first text, from the SDK’s event to the panel’s message', firstText, 'ms', 1),
  bar('heap after 1,000 replies', heap, 'MB', 5),
  bar('Stop to its outcome, p99 of 1,000', percentile(outcomes, 0.99), 'ms', 50),
  bar('Stop to the server’s close, p99 of 1,000', percentile(closes, 0.99), 'ms', 100),
  bar('text after Stop', stops.textAfterStop + inDocument.textAfterStop, 'events', 0),
  bar('stall found after its limit, worst of 10', stall, 'ms', 100),
];
report('stream', bars, [
  `a delta, median of ${runs} runs, in ns: SDK alone ${nanoseconds(({ sdkFew }) => sdkFew)} at ` +
    `10,000 and ${nanoseconds(({ sdkMany }) => sdkMany)} at 100,000; whole path ` +
    `${nanoseconds(({ pathFew }) => pathFew)} and ${nanoseconds(({ pathMany }) => pathMany)}`,
  `Stop, 150 of the 1,000 in the document target inside VS Code: outcome p99 ` +
    `${percentile(inDocument.outcomes, 0.99).toFixed(1)} ms, close p99 ` +
    `${percentile(inDocument.closes, 0.99).toFixed(1)} ms`,
  `a host that posts the whole text with each delta: ${nanoseconds(({ naiveFew }) => naiveFew)} at ` +
    `10,000 (${middle(({ naiveFew, pathFew }) => naiveFew / pathFew).toFixed(1)} × the whole path)`,
]);
