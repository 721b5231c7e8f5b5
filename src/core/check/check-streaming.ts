import type { CheckedRequest } from '../claude/checked-request.ts';
import type { Claude } from '../claude/claude.ts';
import { describeFailure } from '../claude/describe-failure.ts';
import type { Outcome } from '../claude/reply-event.ts';
import type { ClaudeRequest } from '../claude/request.ts';
import { noUsage } from '../claude/usage.ts';
import { describeOutcome } from '../conversation/outcome.ts';
import { Reply } from '../conversation/reply.ts';
import { formatDuration } from '../format-figures.ts';
import { getLanguage, type L10n } from '../l10n.ts';
import { now } from '../time.ts';
import { calculateCost, type PriceOverrides } from '../usage/price.ts';
import type { Receipt } from '../usage/receipt.ts';
import { toCheckAction } from './check-api.ts';
import type { HttpObservation, ObservedChunk, ObservedFetch } from './http-observation.ts';
import { type CheckFinding, failed, note, ok } from './steps.ts';

interface TestReplyParts {
  readonly signal: AbortSignal;
  readonly prices: PriceOverrides;
  /** Told of the reply's receipt: it was paid for like any other. */
  readonly onReply?: ((id: string, receipt: Receipt) => void) | undefined;
}

/** Streams one reply, watched. */
export async function streamTestReply(
  claude: Claude,
  request: CheckedRequest,
  observed: ObservedFetch,
  { signal, prices, onReply }: TestReplyParts,
): Promise<ObservedReply> {
  let firstTextAt: number | null = null;
  let textLength = 0;
  const reply = new Reply(crypto.randomUUID(), request.request.model, now(), prices);
  let outcome: Outcome = { kind: 'stopped' };
  await claude.streamReply(request, {
    signal,
    emit: (event) => {
      reply.apply(event, now());
      if (event.type === 'text') {
        firstTextAt ??= now();
        textLength += event.text.length;
      }
      if (event.type === 'outcome') outcome = event.outcome;
    },
  });
  onReply?.(reply.id, reply.receipt());
  return { outcome, observation: observed.lastObservation, firstTextAt, textLength };
}

/** A small reply, and when its parts came. */
export interface ObservedReply {
  readonly outcome: Outcome;
  /** Null where no answer came. */
  readonly observation: HttpObservation | null;
  /** Milliseconds, on the answer's clock; null where no text came. */
  readonly firstTextAt: number | null;
  /** Characters of its text. */
  readonly textLength: number;
}

/** Fewer events than this are too few to tell a stream from a lump. */
const minEvents = 12;
/** A reply that takes less than this in all may well come at once. */
const minDurationMs = 400;
/** What comes within this many milliseconds came at once. */
const burstMs = 25;
/** More events at once than any model writes: 320 a second. */
const maxEventsPerBurst = 8;
/** As much text as no model writes at once. */
const muchText = 60;

export function checkStreaming(reply: ObservedReply, l10n: L10n): CheckFinding {
  const { outcome, observation, firstTextAt } = reply;
  const found = observation === null ? '' : describeTimings(observation, firstTextAt, l10n);
  if (outcome.kind === 'broken') {
    const { message, action } = describeFailure(outcome.failure, l10n);
    return failed(joinSentences(found, message), null, toCheckAction(action));
  }
  if (outcome.kind === 'stopped' || observation === null)
    return note(l10n.t('Stopped before its end.'));
  const events = sumOver(observation.chunks, ({ events }) => events);
  const bursts = countBursts(observation.chunks);
  if (
    isBuffered(observation, events, bursts) ||
    cameAtOnce(observation, events, reply.textLength)
  ) {
    return failed(
      joinSentences(
        found,
        l10n.t('{0} events came in {1} lumps: something holds the stream back.', events, bursts),
      ),
      l10n.t(
        'A proxy or gateway gathers the answer before it hands it on: ask who runs it to leave “text/event-stream” unbuffered (nginx: proxy_buffering off).',
      ),
    );
  }
  return ok(joinSentences(found, outcomeSentence(outcome, l10n)));
}

/** A stream comes event by event; one that is gathered on its way comes in few lumps. */
function isBuffered(
  { sentAt, chunks: pieces }: HttpObservation,
  events: number,
  bursts: number,
): boolean {
  const tookMs = (pieces.at(-1)?.at ?? sentAt) - sentAt;
  return events >= minEvents && tookMs >= minDurationMs && events > bursts * maxEventsPerBurst;
}

/** A short reply whose events all came together, after a wait in which a stream has its first ones. */
function cameAtOnce(
  { sentAt, chunks: pieces }: HttpObservation,
  events: number,
  textLength: number,
): boolean {
  // A gateway that gathers may still send pings meanwhile.
  const telling = pieces.filter((piece) => piece.events > piece.pings);
  const [first] = telling;
  const last = telling.at(-1);
  if (first === undefined || last === undefined) return false;
  const isAtOnce = last.at - first.at <= 2 * burstMs;
  const isMuch = events > maxEventsPerBurst || textLength >= muchText;
  return isAtOnce && isMuch && first.at - sentAt >= minDurationMs;
}

/** In how many moments something came. */
function countBursts(pieces: readonly ObservedChunk[]): number {
  return new Set(pieces.map(({ at }) => Math.floor(at / burstMs))).size;
}

function describeTimings(seen: HttpObservation, firstTextAt: number | null, l10n: L10n): string {
  const after = (at: number | undefined | null): string =>
    at === undefined || at === null ? '–' : formatDuration(at - seen.sentAt, getLanguage(l10n));
  return l10n.t(
    'HTTP {0}: headers after {1}, first byte after {2}, first text after {3}; {4} events, {5} of them pings, in {6}.',
    seen.status,
    after(seen.headersAt),
    after(seen.chunks[0]?.at),
    after(firstTextAt),
    sumOver(seen.chunks, ({ events }) => events),
    sumOver(seen.chunks, ({ pings }) => pings),
    after(seen.chunks.at(-1)?.at),
  );
}

function outcomeSentence(outcome: Outcome, l10n: L10n): string {
  // The limit is ours, to keep it cheap.
  const told = outcome.kind === 'cut' ? null : describeOutcome(outcome, l10n).sentence;
  return told ?? l10n.t('It ended as it should.');
}

function sumOver(pieces: readonly ObservedChunk[], of: (piece: ObservedChunk) => number): number {
  return pieces.reduce((sum, piece) => sum + of(piece), 0);
}

function joinSentences(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** Enough for a model that thinks first to write a line or two. */
export const testMaxTokens = 300;
/** More than the question is. */
const testInputTokens = 60;

/** A question that is answered in many small pieces, and costs next to nothing. */
export function testRequest(model: string): ClaudeRequest {
  return {
    model,
    maxTokens: testMaxTokens,
    effort: null,
    showThinking: false,
    system: 'You are a test of a connection.',
    earlier: [],
    userText: 'Write the numbers from 1 to 60, separated by spaces, and nothing else.',
    cache: false,
    continuation: null,
  };
}

/** The most that its reply costs, in US dollars; null where the price isn't known. */
export function maxTestCost(model: string, prices: PriceOverrides): number | null {
  return calculateCost(
    model,
    { ...noUsage, input: testInputTokens, output: testMaxTokens },
    prices,
  );
}
