import { APIError } from '@anthropic-ai/sdk/core/error';
import { type Guard, isCount, isListOf, isNullOr, isObject, isOneOf, isString } from '../guard.ts';
import { emptyAnswer, toCreateParams } from './answer-all.ts';
import type { Redact } from './api-key.ts';
import { classifyError, type ErrorContext } from './classify-error.ts';
import type { BatchResult, BatchStatus, MessageBatches } from './claude.ts';
import { isBusy } from './describe-failure.ts';
import type { Result } from './failure.ts';
import { bodyFailure, readJson, readMessage } from './read-message.ts';
import type { Outcome } from './reply-event.ts';
import { computeRetryWaitMs, pause, type RetryPolicy } from './retry.ts';
import type { SlimClient } from './slim-client.ts';

const lookupTimeoutMs = 15_000;
/** Hundreds of files go up in one request. */
const uploadTimeoutMs = 180_000;
const maxRecent = 100;

/** The batches of a client. Of the API's own addresses none is used: see `results`. */
export function createMessageBatches(
  client: SlimClient,
  redact: Redact,
  retry: RetryPolicy,
): MessageBatches {
  const { batches } = client.messages;
  const facts = { redact, model: '' };
  const once = (signal: AbortSignal, timeout = lookupTimeoutMs) => ({
    signal,
    timeout,
    maxRetries: 0,
  });
  const statusOf = async (ask: Parameters<typeof readJson>[0]): Promise<Result<BatchStatus>> => {
    const read = await readJson(ask, facts);
    return read.ok ? parseBatchStatus(read.value.value) : read;
  };
  return {
    async create(items, signal, onWait) {
      const requests = items.map(({ id, request: checked }) => ({
        custom_id: id,
        params: toCreateParams(checked.request),
      }));
      const options = once(signal, uploadTimeoutMs);
      for (let count = 1; ; count++) {
        const created = await statusOf(() => batches.create({ requests }, options));
        if (created.ok || count > retry.maxRetries || signal.aborted) return created;
        const { failure } = created;
        // Anything else may have reached the API all the same, and would be paid twice.
        if (!isBusy(failure)) return created;
        const waitMs = computeRetryWaitMs(failure, count, Math.random());
        if (waitMs > retry.maxWaitMs) return created;
        onWait?.({ failure, waitMs });
        await pause(waitMs, signal);
      }
    },
    retrieve: async (id, signal) =>
      asBatchResult(await statusOf(() => batches.retrieve(id, {}, once(signal)))),
    cancel: async (id, signal) =>
      asBatchResult(await statusOf(() => batches.cancel(id, {}, once(signal)))),
    async listRecent(signal) {
      const read = await readJson(() => batches.list({ limit: maxRecent }, once(signal)), facts);
      if (!read.ok) return read;
      const { value, date } = read.value;
      if (!isPage(value)) return { ok: false, failure: { kind: 'malformed' } };
      return { ok: true, value: { batches: value.data.map(toBatchStatus), date } };
    },
    async results(id, model, signal, onResult) {
      // Not by the batch's `results_url`: the key would go wherever that says. This is the API's
      // documented address, at the server that the user has chosen.
      const path = `/v1/messages/batches/${encodeURIComponent(id)}/results`;
      let body: ReadableStream<Uint8Array> | null;
      try {
        ({ body } = await client
          .get(path, { ...once(signal), __binaryResponse: true })
          .asResponse());
      } catch (error) {
        return asBatchResult({ ok: false, failure: classifyError(error, facts) });
      }
      if (body === null) return { ok: false, failure: { kind: 'truncated' } };
      let unreadable = 0;
      try {
        for await (const line of readJsonLines(body)) {
          const result = parseBatchResult(line, { redact, model });
          if (result === null) unreadable++;
          else onResult(result);
        }
      } catch (error) {
        return { ok: false, failure: bodyFailure(error) };
      }
      return { ok: true, value: unreadable };
    },
  };
}

/** Where a batch is asked for, what the API doesn't find is the batch. */
function asBatchResult<T>(result: Result<T>): Result<T> {
  return result.ok || result.failure.kind !== 'model-not-found'
    ? result
    : { ok: false, failure: { kind: 'batch-not-found' } };
}

const isCounts = isObject({
  processing: isCount,
  succeeded: isCount,
  errored: isCount,
  canceled: isCount,
  expired: isCount,
});

const isBatch = isObject({
  id: isString,
  processing_status: isOneOf(['in_progress', 'canceling', 'ended']),
  request_counts: isCounts,
  created_at: isString,
  archived_at: isNullOr(isString),
});

const isPage = isObject({ data: isListOf(isBatch) });

type WireBatch = typeof isBatch extends Guard<infer T> ? T : never;

function parseBatchStatus(value: unknown): Result<BatchStatus> {
  if (!isBatch(value)) return { ok: false, failure: { kind: 'malformed' } };
  return { ok: true, value: toBatchStatus(value) };
}

function toBatchStatus(batch: WireBatch): BatchStatus {
  const { id, processing_status, request_counts: counts, created_at, archived_at } = batch;
  const createdAt = Date.parse(created_at);
  return {
    id,
    phase: processing_status === 'in_progress' ? 'in-progress' : processing_status,
    size: Object.values(counts).reduce((sum, count) => sum + count, 0),
    createdAt: Number.isNaN(createdAt) ? null : createdAt,
    isArchived: archived_at !== null,
  };
}

const isLine = isObject({
  custom_id: isString,
  result: isObject({ type: isOneOf(['succeeded', 'errored', 'canceled', 'expired']) }),
});
const isSuccess = isObject({ message: isObject({}) });
const isError = isObject({
  error: isObject({ error: isObject({ type: isString }), request_id: isNullOr(isString) }),
});

/** One line of the results; null where it isn't one. */
function parseBatchResult(line: unknown, facts: ErrorContext): BatchResult | null {
  if (!isLine(line)) return null;
  const { custom_id: id, result } = line;
  const ended = (outcome: Outcome, requestId: string | null = null): BatchResult => ({
    id,
    answer: emptyAnswer(facts, outcome, requestId),
  });
  switch (result.type) {
    case 'succeeded': {
      if (!isSuccess(result)) return null;
      const answer = readMessage(result.message, facts.model, null, facts.redact);
      return answer === null ? null : { id, answer };
    }
    case 'errored': {
      if (!isError(result)) return null;
      const { error } = result;
      const thrown = new APIError(undefined, error, undefined, undefined);
      const failure = classifyError(thrown, facts);
      return ended({ kind: 'broken', failure }, error.request_id);
    }
    case 'canceled':
      return ended({ kind: 'stopped' });
    case 'expired':
      return ended({ kind: 'broken', failure: { kind: 'expired' } });
  }
}

/**
 * A longer line than this many characters is no result of ours: a reply has 128,000 tokens at most.
 */
const maxLineLength = 16_000_000;

/**
 * The lines of a body in UTF-8, each as JSON as soon as it is whole; undefined for one that isn't,
 * an unfinished last one included. Rejects where the body breaks off.
 */
export async function* readJsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  // In pieces: a long line may come in thousands of chunks.
  let pieces: string[] = [];
  let length = 0;
  const take = (end: string): string => {
    const line = pieces.join('') + end;
    pieces = [];
    length = 0;
    return line;
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const parts = decoder.decode(value, { stream: !done }).split('\n');
      const tail = parts.pop() ?? '';
      for (const part of parts) {
        const line = take(part);
        if (line.trim() !== '') yield parseLine(line);
      }
      pieces.push(tail);
      length += tail.length;
      if (length > maxLineLength) throw new Error('A line of the results has no end');
      if (!done) continue;
      const last = take('');
      if (last.trim() !== '') yield parseLine(last);
      return;
    }
  } finally {
    // Whoever reads no further wants no more; what a cancelled reader says is of no interest.
    void reader.cancel().catch(() => {});
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
