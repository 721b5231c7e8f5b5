import { parseJson } from './json-objects.ts';

/** One server-sent event before anything of it is understood. */
export interface SseFrame {
  /** Null where it has no name. */
  readonly event: string | null;
  /** Empty where it has none. */
  readonly data: string;
}

/** Characters that are kept of lines which belong to no event, at the most. */
const maxStray = 2000;

/**
 * Splits an event stream into its events. Takes what servers send beside the standard: events
 * without a blank line between them, JSON without `data:`, names in another letter case.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class SseFrames {
  /** The line that isn't complete. */
  #line = '';
  #event: string | null = null;
  #data: string | null = null;
  #stray = '';
  #frames: SseFrame[] = [];

  /** Whether the text so far ends between two events. */
  get isBetweenEvents(): boolean {
    return this.#line === '' && this.#event === null && this.#data === null;
  }

  /** What was said in lines that belong to no event. */
  get stray(): string {
    return this.#stray;
  }

  /** The events that the text completes. */
  push(text: string): readonly SseFrame[] {
    this.#line += text;
    // Without a line end there is nothing to do, and a search would flatten the growing string.
    if (/[\r\n]/.test(text)) this.#takeLines();
    return this.#taken();
  }

  /** What is left when the stream ends: servers forget the last blank line. */
  end(): readonly SseFrame[] {
    for (const line of this.#line.split(/\r\n|\r|\n/)) this.#take(line);
    this.#line = '';
    this.#dispatch();
    return this.#taken();
  }

  #taken(): readonly SseFrame[] {
    const frames = this.#frames;
    this.#frames = [];
    return frames;
  }

  #takeLines(): void {
    const text = this.#line;
    const lineEnd = /\r\n|\r|\n/g;
    let from = 0;
    for (let end = lineEnd.exec(text); end !== null; end = lineEnd.exec(text)) {
      // The other half of this line end may be in the next piece.
      if (end[0] === '\r' && lineEnd.lastIndex === text.length) break;
      this.#take(text.slice(from, end.index));
      from = lineEnd.lastIndex;
    }
    this.#line = text.slice(from);
  }

  #take(raw: string): void {
    const line = raw.charCodeAt(0) === 0xfeff ? raw.slice(1) : raw;
    if (line === '') {
      this.#dispatch();
      return;
    }
    if (line.startsWith(':')) return;
    const field = /^\s*(event|data|id|retry)(?::\s?|$)/i.exec(line);
    if (field === null) {
      // JSON whose `data:` was lost.
      if (line.trimStart().startsWith('{')) this.#addData(line);
      else if (this.#stray.length < maxStray) this.#stray += `${line}\n`;
      return;
    }
    const value = line.slice(field[0].length);
    switch (field[1]?.toLowerCase()) {
      case 'event':
        this.#name(value);
        return;
      case 'data':
        this.#addData(value);
        return;
      default:
        // `id` and `retry` are of no use here.
        return;
    }
  }

  #name(value: string): void {
    // The blank line before this event is missing.
    if (this.#data !== null) this.#dispatch();
    const glued = /^(\w*)\s*data:\s?(.*)$/.exec(value);
    this.#event = (glued?.[1] ?? value).trim();
    if (glued !== null) this.#addData(glued[2] ?? '');
  }

  #addData(value: string): void {
    if (this.#data === null) {
      this.#data = value;
      return;
    }
    // A second whole value is another event; anything else is one value over several lines.
    const isWhole = this.#data.endsWith('}') && parseJson(this.#data) !== undefined;
    if (isWhole && value.trim() !== '') {
      this.#dispatch();
      this.#data = value;
    } else this.#data += `\n${value}`;
  }

  #dispatch(): void {
    if (this.#event !== null || this.#data !== null) {
      this.#frames.push({ event: this.#event || null, data: this.#data ?? '' });
    }
    this.#event = null;
    this.#data = null;
  }
}
