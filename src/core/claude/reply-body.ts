import { JsonObjects, parseJson } from './json-objects.ts';
import { ReplyNormaliser } from './normalise-reply.ts';
import { isPage } from './server-error.ts';
import { type SseFrame, SseFrames } from './sse-frames.ts';
import { UsualDeltas } from './usual-deltas.ts';

/** Thrown for a successful response that isn't a reply: a page, a text, or other JSON. */
export class NotAStreamError extends Error {
  override readonly name = 'NotAStreamError';
  /** As the header says; empty where it doesn't. */
  readonly contentType: string;
  /** What the server said instead; empty where it said nothing. */
  readonly words: string;

  constructor(contentType: string, words: string) {
    super('The response is not a reply');
    this.contentType = contentType;
    this.words = words;
  }
}

/** What a body turns out to be, whatever its header says. */
type Form = 'unknown' | 'events' | 'json' | 'other';

/** Characters of a page that are read for its words, at the most. */
const maxPage = 4000;
/** The longest beginning by which an event stream is known: `event:`. */
const longestField = 6;

/**
 * Turns the bytes of a reply into those that the SDK takes. Chunks that are in the normal form
 * already are passed on untouched, without being parsed.
 */
export class ReplyBody {
  readonly #contentType: string;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #encoder = new TextEncoder();
  readonly #frames = new SseFrames();
  readonly #objects = new JsonObjects();
  readonly #usual = new UsualDeltas();
  readonly #normaliser = new ReplyNormaliser();
  #form: Form = 'unknown';
  /** What was read before the form was known, and all of a body that is no reply. */
  #read = '';
  #isBetweenEvents = true;
  /** What events said that couldn't be understood, where none could. */
  #unreadable = '';

  /** @param contentType without its parameters, in lower case; empty where there is none */
  constructor(contentType: string) {
    this.#contentType = contentType;
  }

  /** What was put right, in English for the log. */
  get repairs(): readonly string[] {
    return this.#normaliser.repairs;
  }

  /** Whether the body isn't a reply, so that no more of it than its words is worth waiting for. */
  get isOther(): boolean {
    return this.#form === 'other';
  }

  /** Whether the body may still be a reply, for all that came and its header says. */
  get mayBeReply(): boolean {
    return (
      this.#form !== 'other' && (this.#form !== 'unknown' || this.#contentType !== 'text/html')
    );
  }

  /**
   * What the SDK is to read for a chunk; empty where nothing is complete yet.
   * @throws NotAStreamError once enough of a body that is no reply was read
   */
  push(chunk: Uint8Array): Uint8Array {
    if (this.#isBetweenEvents && this.#usual.has(chunk)) return chunk;
    const text = this.#decoder.decode(chunk, { stream: true });
    this.#take(text);
    const { text: out, isUnchanged } = this.#normaliser.take();
    this.#isBetweenEvents = this.#frames.isBetweenEvents && chunk.at(-1) === 0x0a;
    if (out === '') return new Uint8Array();
    this.#usual.forget();
    if (!isUnchanged || out !== text) return this.#encoder.encode(out);
    // The last event of the chunk: the ones before it may be of another kind.
    this.#usual.learn(text.slice(text.lastIndexOf('\n\n', text.length - 3) + 1).trimStart());
    return chunk;
  }

  /**
   * What the SDK is to read at the end of the body.
   * @throws NotAStreamError where the body said something, and none of it was of a reply
   */
  end(): Uint8Array {
    this.#take(this.#decoder.decode());
    if (this.#form === 'unknown') this.#decide(true);
    if (this.#form === 'events') this.#readFrames(this.#frames.end());
    if (this.#form === 'other') throw this.#notAReply(this.#read);
    if (!this.#normaliser.hasUnderstood) this.#complain();
    this.#normaliser.finish();
    return this.#encoder.encode(this.#normaliser.take().text);
  }

  /** What to say of a body that is no reply, with the words that came so far. */
  notAReply(): NotAStreamError {
    return this.#notAReply(this.#read);
  }

  #notAReply(words: string): NotAStreamError {
    return new NotAStreamError(this.#contentType, words);
  }

  /** Words that belong to no event are the server's own, where there was no event. */
  #complain(): void {
    const words = this.#form === 'json' ? this.#read : this.#frames.stray || this.#unreadable;
    const objects = new JsonObjects();
    objects.push(words);
    // What was cut off isn't words.
    if (words.trim() !== '' && !objects.isIncomplete) throw this.#notAReply(words);
  }

  #take(text: string): void {
    switch (this.#form) {
      case 'events':
        this.#readFrames(this.#frames.push(text));
        return;
      case 'json':
        this.#readObjects(text);
        return;
      case 'other':
        this.#read += text;
        if (this.#read.length >= maxPage) throw this.#notAReply(this.#read);
        return;
      case 'unknown':
        this.#read += text;
        this.#decide(false);
    }
  }

  /** @param isAll whether nothing more comes */
  #decide(isAll: boolean): void {
    const text = this.#read;
    const start = text.replace(/^[\ufeff\s]+/, '');
    if (start === '') return;
    if (/^[{[]/.test(start)) this.#form = 'json';
    else if (isPage(start)) this.#form = 'other';
    else if (this.#contentType === 'text/event-stream') this.#form = 'events';
    else if (/^(:|(event|data|id|retry)(:|[\r\n]))/i.test(start)) this.#form = 'events';
    else if (isAll || start.length >= longestField) this.#form = 'other';
    else return;
    if (this.#form === 'other') return;
    this.#read = '';
    if (this.#form === 'json') this.#normaliser.note('no event stream, but JSON');
    else if (this.#contentType !== 'text/event-stream') {
      this.#normaliser.note(`content type ${this.#contentType || 'missing'}`);
    }
    this.#take(text);
  }

  #readFrames(frames: readonly SseFrame[]): void {
    for (const frame of frames) {
      this.#normaliser.read(frame);
      if (!this.#normaliser.hasUnderstood && this.#unreadable.length < maxPage) {
        if (frame.event !== 'ping') this.#unreadable += `${frame.data}\n`;
      }
    }
  }

  #readObjects(text: string): void {
    if (!this.#normaliser.hasUnderstood && this.#read.length < maxPage) this.#read += text;
    for (const object of this.#objects.push(text)) {
      this.#normaliser.readValue(parseJson(object) ?? null, null);
    }
  }
}
