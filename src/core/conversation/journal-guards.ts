import type { Failure } from '../claude/failure.ts';
import type { Outcome, ReplyEvent } from '../claude/reply-event.ts';
import type { Thought, ToolCall } from '../claude/request.ts';

import { inferenceGeos, specialTiers, type Usage } from '../claude/usage.ts';
import {
  type Guard,
  guardOf,
  isAnyObject,
  isAnyOf,
  isBoolean,
  isCount,
  isListOf,
  isNullOr,
  isObject,
  isOneOf,
  isOptional,
  isString,
} from '../guard.ts';
import type { Attachment } from '../prompt/attachment.ts';
import type { Prompt } from '../prompt/prompt.ts';

/*
 * What a journal may hold, checked when it is read back: a disk is trusted no more than a webview.
 * A new kind of event, outcome, failure, prompt or attachment needs its guard here and nothing
 * else.
 */

export const isFiniteNumber: Guard<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);

const isTrue: Guard<true> = (value): value is true => value === true;

export const isFailure = guardOf<Failure>()(
  isAnyOf(
    isObject({
      kind: isOneOf([
        'no-key',
        'browser-blocked',
        'interrupted',
        'truncated',
        'batch-not-found',
        'results-gone',
        'expired',
      ]),
    }),
    isObject({
      kind: isOneOf(['auth', 'not-found', 'too-large', 'timeout', 'malformed']),
      detail: isOptional(isString),
    }),
    isObject({
      kind: isOneOf([
        'browser-refused',
        'billing',
        'permission',
        'blocked',
        'invalid-request',
        'image-dimensions',
        'spend-limit',
        'unexpected',
      ]),
      detail: isString,
    }),
    isObject({
      kind: isOneOf(['rate-limited', 'overloaded']),
      retryAfterMs: isNullOr(isFiniteNumber),
      detail: isOptional(isString),
    }),
    isObject({
      kind: isOneOf(['server-error']),
      status: isNullOr(isFiniteNumber),
      retryAfterMs: isNullOr(isFiniteNumber),
      detail: isOptional(isString),
    }),
    isObject({
      kind: isOneOf(['model-not-found']),
      model: isString,
      detail: isOptional(isString),
    }),
    isObject({ kind: isOneOf(['damaged']), missing: isFiniteNumber }),
    isObject({ kind: isOneOf(['stalled']), idleMs: isFiniteNumber }),
    isObject({ kind: isOneOf(['network']), code: isNullOr(isString) }),
    isObject({
      kind: isOneOf(['not-a-stream']),
      contentType: isString,
      detail: isOptional(isString),
    }),
  ),
);

export const isOutcome = guardOf<Outcome>()(
  isAnyOf(
    isObject({ kind: isOneOf(['complete', 'stopped']) }),
    isObject({ kind: isOneOf(['cut']), limit: isOneOf(['max-tokens', 'context', 'pause']) }),
    isObject({
      kind: isOneOf(['refused']),
      category: isNullOr(isString),
      explanation: isNullOr(isString),
    }),
    isObject({ kind: isOneOf(['broken']), failure: isFailure }),
  ),
);

export const isUsage = guardOf<Usage>()(
  isObject({
    input: isFiniteNumber,
    cacheRead: isFiniteNumber,
    cacheWrite: isFiniteNumber,
    output: isFiniteNumber,
    thinking: isNullOr(isFiniteNumber),
    inputIsEstimate: isOptional(isTrue),
    hourCacheWrite: isOptional(isFiniteNumber),
    inferenceGeo: isOptional(isOneOf(inferenceGeos)),
    serviceTier: isOptional(isOneOf(specialTiers)),
  }),
);

const isThought = guardOf<Thought>()(
  isAnyOf(
    isObject({
      kind: isOneOf(['signed']),
      thinking: isString,
      signature: isString,
      behind: isOptional(isString),
    }),
    isObject({ kind: isOneOf(['redacted']), data: isString, behind: isOptional(isString) }),
  ),
);

const isToolCall = guardOf<ToolCall>()(
  isObject({ kind: isOneOf(['tool-call']), id: isString, name: isString, input: isAnyObject }),
);

export const isReplyEvent = guardOf<ReplyEvent>()(
  isAnyOf(
    isObject({ type: isOneOf(['text', 'thinking']), text: isString }),
    isObject({ type: isOneOf(['thought']), thought: isThought }),
    isObject({ type: isOneOf(['tool-call']), call: isToolCall }),
    isObject({ type: isOneOf(['connecting', 'continued']) }),
    isObject({ type: isOneOf(['connected']), requestId: isNullOr(isString) }),
    isObject({ type: isOneOf(['model']), model: isString }),
    isObject({ type: isOneOf(['usage']), usage: isUsage, final: isBoolean }),
    isObject({ type: isOneOf(['stop-reason']), stopReason: isString }),
    isObject({
      type: isOneOf(['retrying']),
      failure: isFailure,
      retry: isFiniteNumber,
      maxRetries: isFiniteNumber,
      waitMs: isFiniteNumber,
    }),
    isObject({ type: isOneOf(['outcome']), outcome: isOutcome }),
    isObject({ type: isOneOf(['counted']), output: isFiniteNumber }),
  ),
);

export const isPrompt = guardOf<Prompt>()(
  isAnyOf(
    isObject({ kind: isOneOf(['free', 'code']), text: isString }),
    isObject({ kind: isOneOf(['explain']) }),
    isObject({ kind: isOneOf(['built-in', 'saved']), name: isString, text: isString }),
  ),
);

const isLineRange = isObject({ from: isCount, to: isCount });

export const isAttachment = guardOf<Attachment>()(
  isAnyOf(
    isObject({
      kind: isOneOf(['selection']),
      file: isString,
      language: isString,
      lines: isLineRange,
      text: isString,
      surroundings: isListOf(
        isObject({
          part: isOneOf(['imports', 'enclosing', 'before', 'after']),
          lines: isLineRange,
          text: isString,
        }),
      ),
      uri: isOptional(isString),
      whole: isOptional(isBoolean),
    }),
    isObject({ kind: isOneOf(['quote']), language: isString, text: isString }),
    isObject({
      kind: isOneOf(['image']),
      file: isString,
      mediaType: isOneOf(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
      data: isString,
      language: isOneOf(['']),
      text: isOneOf(['']),
    }),
    isObject({
      kind: isOneOf(['problems', 'diff', 'definition']),
      label: isString,
      language: isString,
      text: isString,
    }),
  ),
);
