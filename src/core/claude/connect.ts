import { answerAll, answerOnce } from './answer-all.ts';

import { createRedactor } from './api-key.ts';
import type { CheckedRequest } from './checked-request.ts';
import type { ErrorContext } from './classify-error.ts';
import type { Claude, Connect, ConnectionOptions } from './claude.ts';
import { findLiteralValues } from './extra-headers.ts';
import type { Result } from './failure.ts';
import { listModels, readModel } from './list-models.ts';
import { createMessageBatches } from './message-batches.ts';
import {
  type Capabilities,
  dependsOnModel,
  fitToModel,
  type Model,
  readKnownCapabilities,
  saveCapabilities,
} from './model.ts';
import { accountDigest } from './preserved-thinking.ts';
import { readJson } from './read-message.ts';
import type { ClaudeRequest } from './request.ts';
import { toCountParams } from './request-params.ts';
import { SlimClient } from './slim-client.ts';
import { streamReply } from './stream-reply.ts';
import { singleToken, tokensOfText } from './usage.ts';

import { countOrNull, fieldsOf } from './wire-fields.ts';

/** How long the API may take to begin its answer, in milliseconds. */
const headersTimeoutMs = 60_000;
/** A longer wait than this is said, not waited, in milliseconds. */
const maxRetryWaitMs = 60_000;
const lookupTimeoutMs = 15_000;
/** How long a question waits to hear what its model can do, in milliseconds: it can go without. */
const capabilitiesTimeoutMs = 3000;

/** Connects by the SDK. The entry of a bundle of its own, which the first request loads. */
export const connect: Connect = (options: ConnectionOptions): Claude => {
  const { apiKey, authorization, headers = {}, secrets = [] } = options;
  const redact = createRedactor(apiKey, secrets, findLiteralValues(headers, secrets));
  // All explicit: left out, the SDK takes each of these from the environment.
  const { fromBrowser = false } = options;
  const client = new SlimClient({
    dangerouslyAllowBrowser: fromBrowser,
    apiKey,
    baseURL: options.baseUrl,
    maxRetries: 0,
    timeout: headersTimeoutMs,
    openTelemetry: false,
    logLevel: 'off',
    defaultHeaders: {
      ...headers,
      ...(authorization === 'x-api-key' ? { authorization: null, 'x-api-key': apiKey } : {}),
    },
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });

  const account = accountDigest(options.baseUrl, apiKey);
  const retry = { maxRetries: options.maxRetries, maxWaitMs: maxRetryWaitMs };

  const onNote = (note: string): void => {
    try {
      options.onNote?.(note);
    } catch (error) {
      options.onListenerError(error);
    }
  };
  const factsOf = (model: string): ErrorContext => ({ redact, model, onNote });
  /** A request that costs nothing, and its answer as JSON. */
  const lookUp = async (
    model: string,
    ask: Parameters<typeof readJson>[0],
  ): Promise<Result<unknown>> => {
    const read = await readJson(ask, factsOf(model));
    return read.ok ? { ok: true, value: read.value.value } : { ok: false, failure: read.failure };
  };

  const { models: store, baseUrl } = options;
  const rememberCapabilities = (models: readonly Model[]): void => {
    const known = models.flatMap(({ id, capabilities: can }) =>
      can === null ? [] : [[id, can] as const],
    );
    if (store !== undefined && known.length > 0) saveCapabilities(store, baseUrl, known);
  };
  const retrieve = async (
    id: string,
    signal: AbortSignal,
    timeout: number,
  ): Promise<Result<Model>> => {
    const name = id.toWellFormed();
    const read = await lookUp(id, () => client.models.retrieve(name, {}, { signal, timeout }));
    if (!read.ok) return read;
    const model = readModel(fieldsOf(read.value), id);
    rememberCapabilities([model]);
    return { ok: true, value: model };
  };
  /** Tokens of a request's input. */
  const count = async (
    params: Parameters<typeof client.messages.countTokens>[0],
    signal: AbortSignal,
  ): Promise<Result<number>> => {
    const limits = { signal, timeout: lookupTimeoutMs };
    const read = await lookUp(params.model, () => client.messages.countTokens(params, limits));
    if (!read.ok) return read;
    const counted = countOrNull(fieldsOf(read.value)['input_tokens']);
    if (counted === null) return { ok: false, failure: { kind: 'malformed' } };
    return { ok: true, value: counted };
  };
  /** Asked about once, by the first request for which it matters. Never rejects. */
  const capabilitiesFor = async (
    request: ClaudeRequest,
    signal: AbortSignal,
  ): Promise<Capabilities | null> => {
    if (store === undefined) return null;
    const known = readKnownCapabilities(store, baseUrl, request.model);
    if (!dependsOnModel(request, known)) return known;
    const asked = await retrieve(request.model, signal, capabilitiesTimeoutMs);
    return (asked.ok ? asked.value.capabilities : null) ?? known;
  };

  /** What is asked of a model, without what it can't do. */
  const adapt = (asked: CheckedRequest, can: Capabilities | null): CheckedRequest => {
    const { fitted: fitRequest, withoutEffort: droppedEffort, loweredTo } = asked.fitTo(can);
    if (loweredTo !== null) options.onMaxTokensLowered?.(asked.request.model, loweredTo);
    if (droppedEffort !== null) options.onEffortDropped?.(asked.request.model, droppedEffort);
    return fitRequest;
  };
  /** The same for requests that ask one model. */
  const fitRequests = async (
    asked: readonly CheckedRequest[],
    signal: AbortSignal,
  ): Promise<readonly CheckedRequest[]> => {
    const [first] = asked;
    const can = first === undefined ? null : await capabilitiesFor(first.request, signal);
    return asked.map((each) => adapt(each, can));
  };
  const batches = createMessageBatches(client, redact, retry);

  return {
    streamReply: async (asked, reply) => {
      const request = adapt(asked, await capabilitiesFor(asked.request, reply.signal));
      await streamReply(client, request, reply, {
        redact,
        account,
        headersTimeoutMs,
        idleTimeoutMs: options.idleTimeoutMs,
        retry,
        onListenerError: options.onListenerError,
        onNote,
      });
    },
    answerAll: async (asked, answers) => {
      const requests = await fitRequests(asked, answers.signal);
      await answerAll(requests, answers, {
        send: ({ request }, signal) => answerOnce(client, request, redact, signal, onNote),
        retry,
      });
    },
    batches: {
      ...batches,
      create: async (items, signal, onWait) => {
        const requests = await fitRequests(
          items.map(({ request }) => request),
          signal,
        );
        const toSend = items.map((item, index) => ({
          ...item,
          request: requests[index] ?? item.request,
        }));
        return batches.create(toSend, signal, onWait);
      },
    },
    getCapabilities: async (model, signal) => {
      const asked = await retrieve(model, signal, lookupTimeoutMs);
      return asked.ok ? { ok: true, value: asked.value.capabilities } : asked;
    },
    listModels: async (signal) => {
      const listed = await listModels(client, factsOf(''), signal, lookupTimeoutMs);
      if (listed.ok) rememberCapabilities(listed.value);
      return listed;
    },
    countInput: async ({ request: asked }, signal) => {
      // Of exactly what would be sent.
      const { request } = fitToModel(asked, await capabilitiesFor(asked, signal));
      return count(toCountParams(request, account), signal);
    },
    countTokens: async (model, text, signal) => {
      const countMessage = (content: string): Promise<Result<number>> =>
        count({ model, messages: [{ role: 'user', content }] }, signal);
      // A message has a frame of its own, which is known by a message of one token.
      const [whole, frame] = await Promise.all([countMessage(text), countMessage(singleToken)]);
      if (!whole.ok) return whole;
      return frame.ok ? { ok: true, value: tokensOfText(whole.value, frame.value) } : frame;
    },
    checkKey: async (signal) => {
      const limits = { signal, timeout: lookupTimeoutMs };
      const read = await lookUp('', () => client.models.list({ limit: 1 }, limits));
      return read.ok ? { ok: true, value: null } : read;
    },
  };
};
