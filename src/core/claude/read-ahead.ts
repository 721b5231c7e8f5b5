/** Bytes that are read before anybody wants them, at the most. */
const maxQueued = 65_536;

/**
 * Reads a stream ahead of its reader, so that what has come meanwhile is taken in one piece: each
 * piece costs the SDK more than the events in it. Nothing waits for a second piece.
 */
export class ReadAhead {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #onByte: () => void;
  readonly #onBroken: (error: unknown) => unknown;
  readonly #queue: Uint8Array[] = [];
  #queued = 0;
  #isReading = false;
  #isDone = false;
  #error: unknown;
  #hasFailed = false;
  #wake: (() => void) | null = null;

  /**
   * @param onByte told when something comes, not when it is taken
   * @param onBroken told of what broke the stream off, when all before it was taken; gives what to
   *   reject with
   */
  constructor(
    body: ReadableStream<Uint8Array>,
    onByte: () => void,
    onBroken: (error: unknown) => unknown,
  ) {
    this.#reader = body.getReader();
    this.#onByte = onByte;
    this.#onBroken = onBroken;
  }

  /**
   * Hands on all that has come, at least one piece; null at the end. Rejects with what broke the
   * stream off, once all before it was taken.
   */
  next<T>(take: (bytes: Uint8Array | null) => T | Promise<T>): Promise<T> {
    this.#read();
    return new Promise<T>((resolve, reject) => {
      const wake = (): void => {
        if (this.#hasFailed && this.#queue.length === 0) {
          reject(this.#onBroken(this.#error));
          return;
        }
        try {
          resolve(take(this.#takeAll()));
        } catch (error) {
          reject(error);
        }
      };
      if (this.#queue.length > 0 || this.#isOver) wake();
      else this.#wake = wake;
    });
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }

  get #isOver(): boolean {
    return this.#isDone || this.#hasFailed;
  }

  #takeAll(): Uint8Array | null {
    const [first] = this.#queue;
    if (first === undefined) return null;
    let all = first;
    if (this.#queue.length > 1) {
      all = new Uint8Array(this.#queued);
      let at = 0;
      for (const piece of this.#queue) {
        all.set(piece, at);
        at += piece.length;
      }
    }
    this.#queue.length = 0;
    this.#queued = 0;
    this.#read();
    return all;
  }

  #read(): void {
    if (this.#isReading || this.#isOver || this.#queued >= maxQueued) return;
    this.#isReading = true;
    this.#reader.read().then(this.#onRead, this.#onError);
  }

  readonly #onRead = ({ done, value }: ReadableStreamReadResult<Uint8Array>): void => {
    this.#isReading = false;
    this.#onByte();
    if (done) this.#isDone = true;
    else if (value.length > 0) {
      this.#queue.push(value);
      this.#queued += value.length;
    }
    if (done || value.length > 0) this.#wakeUp();
    this.#read();
  };

  readonly #onError = (error: unknown): void => {
    this.#hasFailed = true;
    this.#error = error;
    this.#wakeUp();
  };

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}
