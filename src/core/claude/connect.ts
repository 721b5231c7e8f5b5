import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import { classifyError } from './classify-error.ts';
import type { Claude, Connect, ConnectionOptions, Result } from './claude.ts';
import type { Model } from './model.ts';
import { SlimClient } from './slim-client.ts';
import { toInput } from './stream-attempt.ts';
import { streamReply } from './stream-reply.ts';

/** How long the API may take to begin its answer, in milliseconds. */
const headersTimeoutMs = 60_000;
/** A longer wait than this is said, not waited, in milliseconds. */
const longestRetryWaitMs = 60_000;
const lookupTimeoutMs = 15_000;
const mostModels = 1000;

/** The entry of the lazily loaded chunk: everything that needs the SDK. */
export const connect: Connect = (options: ConnectionOptions): Claude => {
  // All explicit: left out, the SDK takes each of these from the environment.
  const client = new SlimClient({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    maxRetries: 0,
    timeout: headersTimeoutMs,
    openTelemetry: false,
    logLevel: 'off',
  });

  const attempt = async <T>(request: () => Promise<T>): Promise<Result<T>> => {
    try {
      return { ok: true, value: await request() };
    } catch (error) {
      return { ok: false, failure: classifyError(error, { apiKey: options.apiKey, model: '' }) };
    }
  };

  return {
    streamReply: (request, reply) =>
      streamReply(client, request, reply, {
        apiKey: options.apiKey,
        headersTimeoutMs,
        idleTimeoutMs: options.idleTimeoutMs,
        retry: { maxRetries: options.maxRetries, longestWaitMs: longestRetryWaitMs },
        onListenerError: options.onListenerError,
      }),
    listModels: (signal) =>
      attempt(async () => {
        const models: Model[] = [];
        for await (const info of client.models.list(
          { limit: 100 },
          { signal, timeout: lookupTimeoutMs },
        )) {
          models.push(toModel(info));
          if (models.length === mostModels) break;
        }
        return models;
      }),
    countInput: (request, signal) =>
      attempt(async () => {
        const options = { signal, timeout: lookupTimeoutMs };
        const counted = await client.messages.countTokens(toInput(request), options);
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
        // A message has a frame of its own, which is known by a message of one token.
        const [whole, frame] = await Promise.all([count(text), count('a')]);
        return Math.max(1, whole - frame + 1);
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
    takesImages: info.capabilities?.image_input?.supported ?? null,
  };
}
