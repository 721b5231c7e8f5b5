import { APIError } from '@anthropic-ai/sdk/core/error';
import { type Guard, isCount, isListOf, isNullOr, isObject, isOneOf, isString } from '../guard.ts';
import { toCreateParams, unanswered } from './answer-attempt.ts';
import type { Redact } from './api-key.ts';
import type { Batches, BatchResult, BatchStatus } from './batch.ts';
import { classifyError, type RequestFacts } from './classify-error.ts';
import { isBusy } from './describe-failure.ts';
import type { Result } from './failure.ts';
import { jsonLines } from './json-lines.ts';
import type { Outcome } from './outcome.ts';
import { brokenOff, readJson } from './read-json.ts';
import { readMessage } from './read-message.ts';
import { type RetryPolicy, retryWaitMs } from './retry.ts';
import type { SlimClient } from './slim-client.ts';
import { pause } from './wait.ts';

const lookupTimeoutMs = 15_000;
/** Hundreds of files go up in one request. */
const uploadTimeoutMs = 180_000;
const mostRecent = 100;

/** The batches of a client. Of the API's own addresses none is used: see `results`. */
export function messageBatches(client: SlimClient, redact: Redact, retry: RetryPolicy): Batches {
  const { batches } = client.messages;
  const facts = { redact, model: '' };
  const once = (signal: AbortSignal, timeout = lookupTimeoutMs) => ({
    signal,
    timeout,
    maxRetries: 0,
  });
  const statusOf = async (ask: Parameters<typeof readJson>[0]): Promise<Result<BatchStatus>> => {
    const read = await readJson(ask, facts);
    return read.ok ? toStatus(read.value.value) : read;
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
        const waitMs = retryWaitMs(failure, count, Math.random());
        if (waitMs > retry.longestWaitMs) return created;
        onWait?.({ failure, waitMs });
        await pause(waitMs, signal);
      }
    },
    retrieve: async (id, signal) =>
      aboutBatch(await statusOf(() => batches.retrieve(id, {}, once(signal)))),
    cancel: async (id, signal) =>
      aboutBatch(await statusOf(() => batches.cancel(id, {}, once(signal)))),
    async recent(signal) {
      const read = await readJson(() => batches.list({ limit: mostRecent }, once(signal)), facts);
      if (!read.ok) return read;
      const { value } = read.value;
      if (!isPage(value)) return { ok: false, failure: { kind: 'malformed' } };
      return { ok: true, value: value.data.map(statusFrom) };
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
        return aboutBatch({ ok: false, failure: classifyError(error, facts) });
      }
      if (body === null) return { ok: false, failure: { kind: 'truncated' } };
      let unreadable = 0;
      try {
        for await (const line of jsonLines(body)) {
          const result = toResult(line, { redact, model });
          if (result === null) unreadable++;
          else onResult(result);
        }
      } catch (error) {
        return { ok: false, failure: brokenOff(error) };
      }
      return { ok: true, value: unreadable };
    },
  };
}

/** Where a batch is asked for, what the API doesn't find is the batch. */
function aboutBatch<T>(result: Result<T>): Result<T> {
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

function toStatus(value: unknown): Result<BatchStatus> {
  if (!isBatch(value)) return { ok: false, failure: { kind: 'malformed' } };
  return { ok: true, value: statusFrom(value) };
}

function statusFrom(batch: WireBatch): BatchStatus {
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
function toResult(line: unknown, facts: RequestFacts): BatchResult | null {
  if (!isLine(line)) return null;
  const { custom_id: id, result } = line;
  const ended = (outcome: Outcome, requestId: string | null = null): BatchResult => ({
    id,
    answer: unanswered(facts, outcome, requestId),
  });
  switch (result.type) {
    case 'succeeded': {
      if (!isSuccess(result)) return null;
      const answer = readMessage(result.message, null, facts.redact);
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
