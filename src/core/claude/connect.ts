import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import { answerAll, answerOnce } from './answer-all.ts';

import { createRedactor } from './api-key.ts';
import type { CheckedRequest } from './checked-request.ts';
import { classifyError } from './classify-error.ts';
import type { Claude, Connect, ConnectionOptions } from './claude.ts';
import type { Result } from './failure.ts';
import { createMessageBatches } from './message-batches.ts';
import {
  type Capabilities,
  fitToModel,
  type Model,
  readCapabilities,
  readKnownCapabilities,
  saveCapabilities,
} from './model.ts';
import type { ClaudeRequest } from './request.ts';
import { SlimClient } from './slim-client.ts';
import { streamReply, toCountParams } from './stream-reply.ts';
import { singleToken, tokensOfText } from './usage.ts';

/** How long the API may take to begin its answer, in milliseconds. */
const headersTimeoutMs = 60_000;
/** A longer wait than this is said, not waited, in milliseconds. */
const maxRetryWaitMs = 60_000;
const lookupTimeoutMs = 15_000;
/** How long a question waits to hear what its model can do, in milliseconds: it can go without. */
const capabilitiesTimeoutMs = 3000;
const maxModels = 1000;

/** Connects by the SDK. The entry of a bundle of its own, which the first request loads. */
export const connect: Connect = (options: ConnectionOptions): Claude => {
  const { apiKey, authorization, headers, secrets } = options;
  const redact = createRedactor(apiKey, secrets);
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

  const retry = { maxRetries: options.maxRetries, maxWaitMs: maxRetryWaitMs };

  const attempt = async <T>(request: () => Promise<T>): Promise<Result<T>> => {
    try {
      return { ok: true, value: await request() };
    } catch (error) {
      return { ok: false, failure: classifyError(error, { redact, model: '' }) };
    }
  };

  const { models: store, baseUrl } = options;
  const rememberCapabilities = (models: readonly Model[]): void => {
    const known = models.flatMap(({ id, capabilities: can }) =>
      can === null ? [] : [[id, can] as const],
    );
    if (store !== undefined && known.length > 0) saveCapabilities(store, baseUrl, known);
  };
  const retrieve = async (id: string, signal: AbortSignal, timeout: number): Promise<Model> => {
    const model = toModel(await client.models.retrieve(id, {}, { signal, timeout }));
    rememberCapabilities([model]);
    return model;
  };
  /** Asked about once, by the first request for which it matters. Never rejects. */
  const capabilitiesFor = async (
    { model, effort, showThinking }: ClaudeRequest,
    signal: AbortSignal,
  ): Promise<Capabilities | null> => {
    if (store === undefined) return null;
    const known = readKnownCapabilities(store, baseUrl, model);
    if (known !== null || (effort === null && !showThinking)) return known;
    const asked = await attempt(() => retrieve(model, signal, capabilitiesTimeoutMs));
    return asked.ok ? asked.value.capabilities : null;
  };

  /** What is asked of a model, without what it can't do. */
  const adapt = (asked: CheckedRequest, can: Capabilities | null): CheckedRequest => {
    const { fitted: fitRequest, withoutEffort: droppedEffort } = asked.fitTo(can);
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
        headersTimeoutMs,
        idleTimeoutMs: options.idleTimeoutMs,
        retry,
        onListenerError: options.onListenerError,
      });
    },
    answerAll: async (asked, answers) => {
      const requests = await fitRequests(asked, answers.signal);
      await answerAll(requests, answers, {
        send: ({ request }, signal) => answerOnce(client, request, redact, signal),
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
    getCapabilities: (model, signal) =>
      attempt(async () => (await retrieve(model, signal, lookupTimeoutMs)).capabilities),
    listModels: (signal) =>
      attempt(async () => {
        const models: Model[] = [];
        for await (const info of client.models.list(
          { limit: 100 },
          { signal, timeout: lookupTimeoutMs },
        )) {
          models.push(toModel(info));
          if (models.length === maxModels) break;
        }
        rememberCapabilities(models);
        return models;
      }),
    countInput: ({ request: asked }, signal) =>
      attempt(async () => {
        // Of exactly what would be sent.
        const { request } = fitToModel(asked, await capabilitiesFor(asked, signal));
        const options = { signal, timeout: lookupTimeoutMs };
        const counted = await client.messages.countTokens(toCountParams(request), options);
        return counted.input_tokens;
      }),
    countTokens: (model, text, signal) =>
      attempt(async () => {
        const count = async (content: string): Promise<number> => {
          const messages = [{ role: 'user', content }] as const;
          const options = { signal, timeout: lookupTimeoutMs };
          const counted = await client.messages.countTokens(
            { model, messages: [...messages] },
            options,
          );
          return counted.input_tokens;
        };
        return tokensOfText(...(await Promise.all([count(text), count(singleToken)])));
      }),
    checkKey: (signal) =>
      attempt(async () => {
        await client.models.list({ limit: 1 }, { signal, timeout: lookupTimeoutMs });
        return null;
      }),
  };
};

function toModel(info: ModelInfo): Model {
  return {
    id: info.id,
    displayName: info.display_name,
    lifecycle: info.lifecycle,
    retiresAt: info.retires_at,
    contextTokens: info.max_input_tokens,
    maxOutputTokens: info.max_tokens,
    capabilities: readCapabilities(info.capabilities),
  };
}
