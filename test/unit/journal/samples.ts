import fc from 'fast-check';
import type { Failure } from '../../../src/core/claude/failure.ts';
import type { Outcome, ReplyEvent } from '../../../src/core/claude/reply-event.ts';

import type { Usage } from '../../../src/core/claude/usage.ts';
import type { Attachment } from '../../../src/core/prompt/attachment.ts';
import type { Prompt } from '../../../src/core/prompt/prompt.ts';

/*
 * Any of what a journal may hold. Each table has every kind of its union, or it doesn't compile.
 */

type Table<U, D extends keyof U> = {
  readonly [K in U[D] & string]: fc.Arbitrary<Extract<U, { readonly [P in D]: K }>>;
};

/** Everything a string can hold: emoji, line separators, halves of characters. */
export const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\n', '\r\n', '\u2028', '\0', '"', '\\', '}', '😀', '\ud83d', '\ude00', 'ß中'),
);
const number = fc.integer({ min: 0, max: 1_000_000 });
const textOrNull = fc.option(anyText);
const numberOrNull = fc.option(number);

function record<T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(shape, { noNullPrototype: true });
}
function just<const K extends string>(kind: K): fc.Arbitrary<{ readonly kind: K }> {
  return fc.constant({ kind });
}
function detailed<const K extends string>(kind: K) {
  return record({ kind: fc.constant(kind), detail: anyText });
}

/** With the server's words, or without. */
function perhapsDetailed<const K extends string>(kind: K) {
  return fc.oneof(just(kind), detailed(kind));
}

export const failures: Table<Failure, 'kind'> = {
  'no-key': just('no-key'),
  auth: perhapsDetailed('auth'),
  'browser-blocked': just('browser-blocked'),
  'browser-refused': detailed('browser-refused'),
  billing: detailed('billing'),
  permission: detailed('permission'),
  'model-not-found': record({ kind: fc.constant('model-not-found'), model: anyText }),
  'not-found': perhapsDetailed('not-found'),
  'too-large': perhapsDetailed('too-large'),
  blocked: detailed('blocked'),
  'invalid-request': detailed('invalid-request'),
  'image-dimensions': detailed('image-dimensions'),
  'rate-limited': fc.oneof(
    record({ kind: fc.constant('rate-limited'), retryAfterMs: numberOrNull }),
    record({ kind: fc.constant('rate-limited'), retryAfterMs: numberOrNull, detail: anyText }),
  ),
  'spend-limit': detailed('spend-limit'),
  overloaded: record({ kind: fc.constant('overloaded'), retryAfterMs: numberOrNull }),
  'server-error': record({
    kind: fc.constant('server-error'),
    status: numberOrNull,
    retryAfterMs: numberOrNull,
  }),
  timeout: perhapsDetailed('timeout'),
  stalled: record({ kind: fc.constant('stalled'), idleMs: number }),
  network: record({ kind: fc.constant('network'), code: textOrNull }),
  interrupted: just('interrupted'),
  damaged: record({ kind: fc.constant('damaged'), missing: number }),
  truncated: just('truncated'),
  'not-a-stream': record({ kind: fc.constant('not-a-stream'), contentType: anyText }),
  'batch-not-found': just('batch-not-found'),
  'results-gone': just('results-gone'),
  expired: just('expired'),
  malformed: perhapsDetailed('malformed'),
  unexpected: detailed('unexpected'),
};
const anyFailure: fc.Arbitrary<Failure> = fc.oneof(...Object.values(failures));

export const outcomes: Table<Outcome, 'kind'> = {
  complete: just('complete'),
  stopped: just('stopped'),
  cut: record({
    kind: fc.constant('cut'),
    limit: fc.constantFrom('max-tokens', 'context', 'pause'),
  }),
  refused: record({
    kind: fc.constant('refused'),
    category: textOrNull,
    explanation: textOrNull,
  }),
  broken: record({ kind: fc.constant('broken'), failure: anyFailure }),
};
export const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(...Object.values(outcomes));

const figures = {
  input: number,
  cacheRead: number,
  cacheWrite: number,
  output: number,
  thinking: numberOrNull,
};
const anyUsage: fc.Arbitrary<Usage> = fc.oneof(
  record<Usage>(figures),
  record({ ...figures, inputIsEstimate: fc.constant<true>(true) }),
);

export const events: Table<ReplyEvent, 'type'> = {
  retrying: record({
    type: fc.constant('retrying'),
    failure: anyFailure,
    retry: number,
    maxRetries: number,
    waitMs: number,
  }),
  connecting: fc.constant({ type: 'connecting' }),
  continued: fc.constant({ type: 'continued' }),
  connected: record({ type: fc.constant('connected'), requestId: textOrNull }),
  model: record({ type: fc.constant('model'), model: anyText }),
  usage: record({ type: fc.constant('usage'), usage: anyUsage, final: fc.boolean() }),
  thinking: record({ type: fc.constant('thinking'), text: anyText }),
  thought: record({
    type: fc.constant('thought'),
    thought: fc.oneof(
      record({ kind: fc.constant('signed'), thinking: anyText, signature: anyText }),
      record({ kind: fc.constant('redacted'), data: anyText }),
    ),
  }),
  'tool-call': record({
    type: fc.constant('tool-call'),
    call: record({
      kind: fc.constant('tool-call'),
      id: anyText,
      name: anyText,
      input: record({ path: anyText }),
    }),
  }),
  text: record({ type: fc.constant('text'), text: anyText }),
  'stop-reason': record({ type: fc.constant('stop-reason'), stopReason: anyText }),
  outcome: record({ type: fc.constant('outcome'), outcome: anyOutcome }),
  counted: record({ type: fc.constant('counted'), output: number }),
};
/** More text than anything else, as in life. */
export const anyEvent: fc.Arbitrary<ReplyEvent> = fc.oneof(
  { arbitrary: events.text, weight: 12 },
  ...Object.values(events),
);

export const anyPrompt: fc.Arbitrary<Prompt> = fc.oneof(
  record({ kind: fc.constant('free'), text: anyText }),
  just('explain'),
  record({ kind: fc.constantFrom('built-in', 'saved'), name: anyText, text: anyText }),
);

function context<K extends string>(kind: K) {
  return record({ kind: fc.constant(kind), label: anyText, language: anyText, text: anyText });
}

const lines = record({ from: number, to: number });
export const attachments: Table<Attachment, 'kind'> = {
  selection: record({
    kind: fc.constant('selection'),
    file: anyText,
    language: anyText,
    lines,
    text: anyText,
    surroundings: fc.array(
      record({
        part: fc.constantFrom('imports', 'enclosing', 'before', 'after'),
        lines,
        text: anyText,
      }),
      { maxLength: 2 },
    ),
  }),
  quote: record({ kind: fc.constant('quote'), language: anyText, text: anyText }),
  problems: context('problems'),
  diff: context('diff'),
  definition: context('definition'),
  image: record({
    kind: fc.constant('image'),
    file: anyText,
    mediaType: fc.constantFrom('image/png', 'image/jpeg', 'image/gif', 'image/webp'),
    data: anyText,
    language: fc.constant(''),
    text: fc.constant(''),
  }),
};
export const anyAttachment: fc.Arbitrary<Attachment> = fc.oneof(...Object.values(attachments));
