import { describeFailure } from '../claude/describe-failure.ts';
import type { Outcome } from '../claude/outcome.ts';
import { describeOutcome } from '../conversation/describe-outcome.ts';
import { formatDuration } from '../conversation/format-figures.ts';
import { type L10n, languageOf } from '../l10n.ts';
import { actionOf } from './judge-answer.ts';
import type { SeenAnswer, SeenPiece } from './seen-answer.ts';
import { failed, type Judgement, note, ok } from './step.ts';

/** A small reply, and when its parts came. */
export interface SeenReply {
  readonly outcome: Outcome;
  /** Null where no answer came. */
  readonly seen: SeenAnswer | null;
  /** Milliseconds, on the answer's clock; null where no text came. */
  readonly firstTextAt: number | null;
}

/** Fewer events than this are too few to tell a stream from a lump. */
const fewestEvents = 12;
/** A reply that takes less than this in all may well come at once. */
const shortestMs = 400;
/** What comes within this many milliseconds came at once. */
const atOnceMs = 25;
/** More events at once than any model writes: 320 a second. */
const mostAtOnce = 8;

export function judgeStreaming({ outcome, seen, firstTextAt }: SeenReply, l10n: L10n): Judgement {
  const found = seen === null ? '' : timings(seen, firstTextAt, l10n);
  if (outcome.kind === 'broken') {
    const { message, action } = describeFailure(outcome.failure, l10n);
    return failed(join(found, message), null, actionOf(action));
  }
  if (outcome.kind === 'stopped' || seen === null) return note(l10n.t('Stopped before its end.'));
  const events = count(seen.pieces, ({ events }) => events);
  const lumps = lumpsOf(seen.pieces);
  if (isHeldBack(seen, events, lumps)) {
    return failed(
      join(
        found,
        l10n.t('{0} events came in {1} lumps: something holds the stream back.', events, lumps),
      ),
      l10n.t(
        'A proxy or gateway gathers the answer before it hands it on: ask who runs it to leave “text/event-stream” unbuffered (nginx: proxy_buffering off).',
      ),
    );
  }
  return ok(join(found, ending(outcome, l10n)));
}

/** A stream comes event by event; one that is gathered on its way comes in few lumps. */
function isHeldBack({ sentAt, pieces }: SeenAnswer, events: number, lumps: number): boolean {
  const tookMs = (pieces.at(-1)?.at ?? sentAt) - sentAt;
  return events >= fewestEvents && tookMs >= shortestMs && events > lumps * mostAtOnce;
}

/** In how many moments something came. */
function lumpsOf(pieces: readonly SeenPiece[]): number {
  return new Set(pieces.map(({ at }) => Math.floor(at / atOnceMs))).size;
}

function timings(seen: SeenAnswer, firstTextAt: number | null, l10n: L10n): string {
  const after = (at: number | undefined | null): string =>
    at === undefined || at === null ? '–' : formatDuration(at - seen.sentAt, languageOf(l10n));
  return l10n.t(
    'HTTP {0}: headers after {1}, first byte after {2}, first text after {3}; {4} events, {5} of them pings, in {6}.',
    seen.status,
    after(seen.headersAt),
    after(seen.pieces[0]?.at),
    after(firstTextAt),
    count(seen.pieces, ({ events }) => events),
    count(seen.pieces, ({ pings }) => pings),
    after(seen.pieces.at(-1)?.at),
  );
}

function ending(outcome: Outcome, l10n: L10n): string {
  // The limit is ours, to keep it cheap.
  const told = outcome.kind === 'cut' ? null : describeOutcome(outcome, l10n).sentence;
  return told ?? l10n.t('It ended as it should.');
}

function count(pieces: readonly SeenPiece[], of: (piece: SeenPiece) => number): number {
  return pieces.reduce((sum, piece) => sum + of(piece), 0);
}

function join(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
