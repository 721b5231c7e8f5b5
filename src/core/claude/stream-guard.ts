import type { Middleware } from '@anthropic-ai/sdk/client';
import { NotAStreamError } from './classify-error.ts';

/**
 * Watches one response's bytes. The SDK has no idle limit and hides pings, so the guard sits below
 * it: any byte is life, and `idleTimeoutMs` without one calls `onStall`.
 */
export class StreamGuard {
  readonly #idleTimeoutMs: number;
  readonly #onStall: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastByteAt = 0;

  constructor(idleTimeoutMs: number, onStall: () => void) {
    this.#idleTimeoutMs = idleTimeoutMs;
    this.#onStall = onStall;
  }

  /** To be given to one request of the SDK. */
  readonly middleware: Middleware = async (request, next) => {
    const response = await next(request);
    if (!response.ok || response.body === null) return response;
    const contentType = response.headers.get('content-type') ?? '';
    if (!/^\s*text\/event-stream\b/i.test(contentType)) {
      await response.body.cancel();
      throw new NotAStreamError(contentType.split(';')[0]?.trim() ?? '');
    }
    this.#sawByte();
    this.#arm(this.#idleTimeoutMs);
    // A tap, not a clone: an unread clone makes the SDK hang on an error event.
    const tap = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        this.#sawByte();
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(tap), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #sawByte(): void {
    this.#lastByteAt = performance.now();
  }

  /** One timer that looks again when it is due costs less than one that each chunk restarts. */
  #arm(inMs: number): void {
    this.#timer = setTimeout(() => {
      const left = this.#lastByteAt + this.#idleTimeoutMs - performance.now();
      if (left > 0) this.#arm(left);
      else this.#onStall();
    }, inMs);
  }
}
