import type { Middleware } from '@anthropic-ai/sdk/client';
import { ReadAhead } from './read-ahead.ts';
import { readUpTo } from './read-up-to.ts';
import { ReplyBody } from './reply-body.ts';

/** How often silence is measured, in milliseconds: a sleep can only hide within one of these. */
const maxTickMs = 1000;
/** Characters of an error's body that are read, at the most. */
const maxErrorBodyLength = 64_000;
/** A tick that comes later than this was slept through, not waited for. */
const maxTickDelayMs = 2000;
/** How long a page in the place of a reply is waited for, in milliseconds. */
const pageTimeoutMs = 500;
const ended = { done: true, value: undefined } as const;

type Chunk = IteratorResult<Uint8Array, undefined>;

/**
 * Stands between one response's bytes and the SDK. The SDK has no idle limit and hides pings: here
 * any byte is life, and `idleTimeoutMs` without one calls `onStall`. A machine that slept was not
 * silent: the jump of the clock isn't counted, only what it was awake for. And the SDK takes only
 * what the API sends: what others send is put into that form.
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
  #reply: ReplyBody | null = null;

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
    this.noteActivity();
    this.#arm();
    const header = response.headers.get('content-type') ?? '';
    this.#read(body, new ReplyBody(header.split(';')[0]?.trim().toLowerCase() ?? ''));
    return response;
  };

  /** What broke the body off from below, as against an error in what it says. */
  get bodyError(): unknown {
    return this.#bodyError;
  }

  /** What of the reply had to be put right, in English for the log. */
  get repairs(): readonly string[] {
    return this.#reply?.repairs ?? [];
  }

  /** Whether the body came to its end. */
  get bodyEnded(): boolean {
    return this.#bodyEnded;
  }

  /** An error's status is known; its body is worth no long wait, and no more than a page. */
  async #readErrorBody(response: Response, body: ReadableStream<Uint8Array>): Promise<Response> {
    const text = await readUpTo(body, maxErrorBodyLength, this.#idleTimeoutMs);
    const { status, statusText, headers } = response;
    return new Response(text, { status, statusText, headers });
  }

  /**
   * Has the SDK read the body in its normal form, at the price of a function call a chunk. Not by a
   * clone: an unread one makes the SDK hang on an error event. Not by a second stream: that costs as
   * much a chunk as the SDK itself.
   */
  #read(body: ReadableStream<Uint8Array>, reply: ReplyBody): void {
    this.#reply = reply;
    const iterate = (): AsyncIterator<Uint8Array, undefined> => {
      const broken = (error: unknown): unknown => {
        if (!reply.mayBeReply) return reply.notAReply();
        this.#bodyError = error;
        return error;
      };
      const bytes = new ReadAhead(body, () => this.noteActivity(), broken);
      const take = (chunk: Uint8Array | null): Chunk | Promise<Chunk> =>
        this.#take(chunk, reply) ?? this.#more(bytes, reply);
      return {
        next: () => (this.#bodyEnded ? Promise.resolve(ended) : bytes.next(take)),
        return: async () => {
          await bytes.cancel();
          return ended;
        },
      };
    };
    // The SDK reads a body by iterating over it.
    Object.defineProperty(body, Symbol.asyncIterator, { value: iterate });
  }

  /** What the SDK is to read for a chunk; null where that takes more chunks. */
  #take(chunk: Uint8Array | null, reply: ReplyBody): Chunk | null {
    this.#bodyEnded = chunk === null;
    const value = chunk === null ? reply.end() : reply.push(chunk);
    if (value.length > 0) return { done: false, value };
    return chunk === null ? ended : null;
  }

  async #more(bytes: ReadAhead, reply: ReplyBody): Promise<Chunk> {
    for (;;) {
      const chunk = await (reply.isOther ? pageChunk(bytes, reply) : bytes.next((some) => some));
      const read = this.#take(chunk, reply);
      if (read !== null) return read;
    }
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

/** Of what isn't a reply only the words are wanted, and only if they come soon. */
async function pageChunk(bytes: ReadAhead, reply: ReplyBody): Promise<Uint8Array | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(reply.notAReply()), pageTimeoutMs);
  });
  try {
    return await Promise.race([bytes.next((some) => some), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
