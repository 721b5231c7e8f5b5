import type { Middleware } from '@anthropic-ai/sdk/client';
import { NotAStreamError } from './classify-error.ts';

/** How often silence is measured, in milliseconds: a sleep can only hide within one of these. */
const maxTickMs = 1000;
/** Characters of an error's body that are read, at the most. */
const maxErrorBodyLength = 64_000;
/** A tick that comes later than this was slept through, not waited for. */
const maxTickDelayMs = 2000;

/**
 * Watches one response's bytes. The SDK has no idle limit and hides pings, so the guard sits below
 * it: any byte is life, and `idleTimeoutMs` without one calls `onStall`. A machine that slept was
 * not silent: the jump of the clock isn't counted, only what it was awake for.
 */
export class StreamWatchdog {
  readonly #idleTimeoutMs: number;
  readonly #onStall: () => void;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was counted of the silence, up to `#countedAt`. */
  #idleMs = 0;
  #countedAt = 0;
  #bodyError: unknown;
  #bodyEnded = false;

  /** @param now milliseconds on a clock that never goes back */
  constructor(
    idleTimeoutMs: number,
    onStall: () => void,
    now: () => number = () => performance.now(),
  ) {
    this.#idleTimeoutMs = idleTimeoutMs;
    this.#onStall = onStall;
    this.#now = now;
  }

  /** To be given to one request of the SDK. */
  readonly middleware: Middleware = async (request, next) => {
    const response = await next(request);
    const { body, status } = response;
    if (body === null) {
      this.#bodyEnded = true;
      return response;
    }
    // Above 599 there is no status that a response can be made with.
    if (!response.ok) return status > 599 ? response : this.#readErrorBody(response, body);
    const contentType = response.headers.get('content-type') ?? '';
    if (!/^\s*text\/event-stream\b/i.test(contentType)) {
      // A body that can't even be cancelled is no stream either.
      await body.cancel().catch(() => {});
      throw new NotAStreamError(contentType.split(';')[0]?.trim() ?? '');
    }
    this.noteActivity();
    this.#arm();
    this.#watch(body);
    return response;
  };

  /** What broke the body off from below, as against an error in what it says. */
  get bodyError(): unknown {
    return this.#bodyError;
  }

  /** Whether the body came to its end. */
  get bodyEnded(): boolean {
    return this.#bodyEnded;
  }

  /** An error's status is known; its body is worth no long wait, and no more than a page. */
  async #readErrorBody(response: Response, body: ReadableStream<Uint8Array>): Promise<Response> {
    const reader = body.getReader();
    // What a cancelled reader says is of no interest: its reads end.
    const cancel = (): void => void reader.cancel().catch(() => {});
    const timer = setTimeout(cancel, this.#idleTimeoutMs);
    const decoder = new TextDecoder();
    let text = '';
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        text += decoder.decode(value, { stream: true });
        if (text.length > maxErrorBodyLength) cancel();
      }
    } catch {
      // A body that breaks off leaves the status, which says more.
    } finally {
      clearTimeout(timer);
    }
    const { status, statusText, headers } = response;
    return new Response(text, { status, statusText, headers });
  }

  /**
   * Sees each chunk on its way out of the stream, at the price of a function call. Not by a clone:
   * an unread one makes the SDK hang on an error event. Not by a second stream: that costs as much
   * a chunk as the SDK itself.
   */
  #watch(body: ReadableStream<Uint8Array>): void {
    const iterate = (): AsyncIterator<Uint8Array, undefined> => {
      const reader = body.getReader();
      return {
        next: async () => {
          try {
            const chunk = await reader.read();
            this.noteActivity();
            if (!chunk.done) return chunk;
            this.#bodyEnded = true;
            return { done: true, value: undefined };
          } catch (error) {
            this.#bodyError = error;
            throw error;
          }
        },
        return: async () => {
          await reader.cancel();
          return { done: true, value: undefined };
        },
      };
    };
    // The SDK reads a body by iterating over it.
    Object.defineProperty(body, Symbol.asyncIterator, { value: iterate });
  }

  noteActivity(): void {
    this.#idleMs = 0;
    this.#countedAt = this.#now();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** One timer that looks again when it is due costs less than one that each chunk restarts. */
  #arm(): void {
    const tickMs = Math.min(maxTickMs, this.#idleTimeoutMs - this.#idleMs);
    this.#timer = setTimeout(() => this.#onTick(tickMs), tickMs);
  }

  #onTick(tickMs: number): void {
    const now = this.#now();
    const passed = now - this.#countedAt;
    this.#countedAt = now;
    if (passed <= tickMs + maxTickDelayMs) this.#idleMs += passed;
    // Timers may come a little early.
    if (this.#idleMs >= this.#idleTimeoutMs - 1) this.#onStall();
    else this.#arm();
  }
}
