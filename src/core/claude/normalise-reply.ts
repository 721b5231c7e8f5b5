import {
  blockStart,
  collectUsage,
  contentBlocks,
  type DeltaForm,
  deltaForms,
  initialText,
  isNormalStart,
  messageDelta,
  messageStart,
  type OpenBlock,
  readBlock,
  readDelta,
} from './event-forms.ts';
import { parseFrame, parseValue, type ReceivedEvent } from './parse-frame.ts';
import type { SseFrame } from './sse-frames.ts';
import { countOrNull, type Fields, fieldsOf, firstText, isFields, wordsOf } from './wire-fields.ts';

const maxRepairs = 20;

/**
 * Puts what a server streams into the normal form (see `normal-event.ts`). Whatever is in that form
 * already is passed on as it came.
 */
export class ReplyNormaliser {
  readonly #blocks: OpenBlock[] = [];
  readonly #repairs = new Set<string>();
  #out: string[] = [];
  #isUnchanged = true;
  #hasBegun = false;
  #hasModel = false;
  #hasEnded = false;
  #hasShownText = false;
  #stopReason: string | null = null;
  /** A stop reason in `message_start`, where it says nothing about the end. */
  #earlyStopReason: string | null = null;
  #hasUnderstood = false;

  /** What differed from the normal form, each once, in English for the log. */
  get repairs(): readonly string[] {
    return [...this.#repairs];
  }

  /** Whether anything was understood so far, be it an error. */
  get hasUnderstood(): boolean {
    return this.#hasUnderstood;
  }

  /** Notes something that was put right, or that couldn't be read. */
  note(what: string): void {
    this.#isUnchanged = false;
    if (this.#repairs.size < maxRepairs) this.#repairs.add(what);
  }

  /** The events so far in the normal form, as an event stream. */
  take(): { readonly text: string; readonly isUnchanged: boolean } {
    const taken = { text: this.#out.join(''), isUnchanged: this.#isUnchanged };
    this.#out = [];
    this.#isUnchanged = true;
    return taken;
  }

  read(frame: SseFrame): void {
    if (this.#hasEnded) return;
    this.#readAll(parseFrame(frame, (what) => this.note(what)));
  }

  /** Reads an event, or a list of them. @param name of the event, where it has one */
  readValue(value: unknown, name: string | null): void {
    if (this.#hasEnded) return;
    this.#readAll(parseValue(value, name, (what) => this.note(what)));
  }

  #readAll(events: readonly ReceivedEvent[]): void {
    for (const { type, value, raw } of events) {
      if (this.#hasEnded) return;
      if (type === 'error' || !isFields(value)) this.#fail(value);
      else this.#understand(type, value, raw);
    }
  }

  #understand(type: string, value: Fields, raw: string): void {
    this.#hasUnderstood = true;
    switch (type) {
      case 'message_start':
        this.#begin(value, raw);
        break;
      case 'content_block_start':
        this.#startBlock(value, raw);
        break;
      case 'content_block_delta':
        this.#addDelta(value, raw);
        break;
      case 'content_block_stop':
        this.#stopBlock(value, raw);
        break;
      case 'message_delta':
        this.#change(value, raw);
        break;
      case 'message_stop':
        this.#end(value, raw);
        break;
      case 'message':
        this.#takeWhole(value);
        break;
      default:
        this.#hasUnderstood = this.#hasBegun;
        this.note(`an unknown event: ${type.slice(0, 40)}`);
    }
  }

  /** The stream ended as HTTP wants it: what is complete without its last events is completed. */
  finish(): void {
    if (this.#hasEnded || !this.#hasBegun) return;
    const areClosed = this.#blocks.length > 0 && this.#blocks.every(({ isOpen }) => !isOpen);
    if (this.#stopReason === null && !(this.#earlyStopReason !== null && areClosed)) return;
    this.note('no message_stop');
    this.#end({}, '');
  }

  #begin(value: Fields, raw: string): void {
    const message = isFields(value['message']) ? value['message'] : value;
    const { model, content, usage, stop_reason: stopReason } = message;
    if (this.#hasBegun) {
      this.note('message_start again');
      this.#takeLate(message);
      return;
    }
    this.#earlyStopReason = firstText(stopReason, value['stop_reason']);
    const isNormal = Array.isArray(content) && content.length === 0 && isFields(usage);
    if (isNormal && typeof model === 'string' && raw !== '') {
      this.#open(model);
      this.#emit('message_start', raw);
    } else {
      this.note('an incomplete message_start');
      this.#open(firstText(model), collectUsage(value, message), message);
    }
    this.#releaseBlocks();
    if (this.#earlyStopReason !== null) this.note('a stop reason in message_start');
    for (const [index, block] of contentBlocks(content).entries())
      this.#takeBlock(block, index, true);
  }

  /** @param usage what to begin with; left out where the event is passed on as it came */
  #open(model: string | null, usage?: Fields, message: Fields = {}): void {
    this.#hasBegun = true;
    this.#hasModel = model !== null && model !== '';
    if (usage === undefined) return;
    this.#emit('message_start', messageStart(model, usage, message));
  }

  /** Where something came before `message_start` that can't wait for it. */
  #ensureBegun(): void {
    if (this.#hasBegun) return;
    this.note('no message_start first');
    this.#open(null, {});
    this.#releaseBlocks();
  }

  #releaseBlocks(): void {
    for (const block of this.#blocks) {
      if (!block.isHeld) continue;
      block.isHeld = false;
      this.#emitStart(block);
    }
  }

  /** What a `message_start` says that comes when the reply has begun. */
  #takeLate(message: Fields): void {
    const model = firstText(message['model']);
    if (!this.#hasModel && model !== null) {
      this.#hasModel = true;
      this.#emit('late_model', { type: 'late_model', model });
    }
    this.#earlyStopReason ??= firstText(message['stop_reason']);
    this.#emitChange(null, {}, collectUsage(message));
  }

  #startBlock(value: Fields, raw: string): void {
    const { block, kind, isGiven } = readBlock(value['content_block']);
    if (kind === null || !isGiven) this.note('content_block_start without its block');
    if (kind === null) return;
    const key = countOrNull(value['index']);
    const known = this.#blocks.find((one) => one.isOpen && one.kind === kind && one.key === key);
    const initial = initialText(kind, block);
    if (known !== undefined && key !== null) {
      this.note('content_block_start again');
      if (initial !== known.initial) this.#emitWords(known, initial);
      return;
    }
    if (this.#closeThoughtsBefore(kind)) this.note('thinking without content_block_stop');
    const opened = this.#openBlock(kind, key, block, initial);
    const isInOrder = raw !== '' && this.#hasBegun && value['index'] === opened.index;
    if (isInOrder && isNormalStart(kind, block, initial)) {
      this.#emit('content_block_start', raw);
      return;
    }
    this.note(initial === '' ? 'an incomplete content_block_start' : 'text in content_block_start');
    if (!this.#hasBegun && initial === '') {
      opened.isHeld = true;
      return;
    }
    this.#ensureBegun();
    this.#emitStart(opened);
    this.#emitWords(opened, initial);
    const signature = firstText(block['signature']);
    if (kind === 'thinking' && signature !== null) {
      this.#emitDelta(opened, { type: 'signature_delta', signature });
    }
  }

  #openBlock(kind: string, key: number | null, start: Fields, initial: string): OpenBlock {
    const index = this.#blocks.length;
    const opened = { kind, key, index, start, initial, isOpen: true, isHeld: false };
    this.#blocks.push(opened);
    return opened;
  }

  /** A block of which no start came: its deltas say what it is. */
  #implyBlock(kind: string, key: number | null): OpenBlock {
    this.note('a delta without its content_block_start');
    this.#closeThoughtsBefore(kind);
    const opened = this.#openBlock(kind, key, { type: kind }, '');
    this.#emitStart(opened);
    return opened;
  }

  /** Thoughts end where something else begins, so that they stand in their place. */
  #closeThoughtsBefore(kind: string): boolean {
    if (kind === 'thinking') return false;
    const open = this.#blocks.filter((block) => block.kind === 'thinking' && block.isOpen);
    for (const block of open) this.#closeBlock(block);
    return open.length > 0;
  }

  #emitStart(block: OpenBlock): void {
    this.#emit('content_block_start', blockStart(block));
  }

  /** Words that came with a block's start, as a delta. */
  #emitWords(block: OpenBlock, words: string): void {
    const form = deltaForms.find(({ kinds }) => kinds.includes(block.kind));
    if (words === '' || form === undefined) return;
    this.#emitDelta(block, { type: form.type, [form.field]: words });
  }

  #emitDelta(block: OpenBlock, delta: Fields): void {
    if (block.kind === 'text') this.#hasShownText = true;
    this.#emit('content_block_delta', { type: 'content_block_delta', index: block.index, delta });
  }

  #addDelta(value: Fields, raw: string): void {
    const read = readDelta(value);
    if (read === null) {
      this.note('a delta of an unknown type');
      return;
    }
    const { delta, form, said, words } = read;
    const isCitation = form.type === 'citations_delta';
    if (words === '' && typeof said !== 'string' && !isCitation) {
      this.note(`a ${form.type} without its ${form.field}`);
      return;
    }
    this.#ensureBegun();
    const key = countOrNull(value['index']);
    const block = this.#blockFor(form, key);
    if (block === null) {
      this.note(`a ${form.type} without its content_block_start`);
      return;
    }
    const isNormal =
      raw !== '' &&
      value['index'] === block.index &&
      delta['type'] === form.type &&
      value['delta'] === delta &&
      (typeof said === 'string' || (isCitation && isFields(said)));
    if (isNormal) {
      if (words !== '' && block.kind === 'text') this.#hasShownText = true;
      this.#emit('content_block_delta', raw);
      return;
    }
    this.note('an incomplete content_block_delta');
    if (!isCitation) this.#emitDelta(block, { type: form.type, [form.field]: words });
  }

  /** The open block that a delta belongs to, or a new one. Null where there can be none. */
  #blockFor({ type, kinds }: DeltaForm, key: number | null): OpenBlock | null {
    const open = this.#blocks.filter((block) => block.isOpen && kinds.includes(block.kind));
    const named = open.findLast((block) => block.key === key);
    if (named !== undefined) return named;
    // An index that nobody has begun: the last block is meant, unless that has an end of its own.
    const isNew = this.#blocks.every((block) => block.key !== key);
    const last = open.at(-1);
    if (last !== undefined && (key === null || isNew)) return last;
    const [kind = ''] = kinds;
    // A call of a tool has its name in its start, and a signature seals what was thought before.
    if (type === 'input_json_delta' || type === 'signature_delta') return last ?? null;
    return this.#implyBlock(kind, key);
  }

  #stopBlock(value: Fields, raw: string): void {
    const key = countOrNull(value['index']);
    const open = this.#blocks.filter(({ isOpen }) => isOpen);
    const meant = key === null ? open.slice(-1) : open.filter((block) => block.key === key);
    const [only] = meant;
    if (only === undefined) {
      this.note('content_block_stop without its block');
      return;
    }
    if (meant.length === 1 && raw !== '' && value['index'] === only.index && !only.isHeld) {
      this.#closeBlock(only, raw);
      return;
    }
    this.note('an incomplete content_block_stop');
    this.#ensureBegun();
    for (const block of meant) this.#closeBlock(block);
  }

  #closeBlock(block: OpenBlock, raw = ''): void {
    block.isOpen = false;
    const event = { type: 'content_block_stop', index: block.index };
    this.#emit('content_block_stop', raw === '' ? event : raw);
  }

  #change(value: Fields, raw: string): void {
    const { delta, usage } = value;
    const change = fieldsOf(delta);
    const said = change['stop_reason'];
    const isStopReason = typeof said === 'string' ? said !== '' : (said ?? null) === null;
    if (raw !== '' && this.#hasBegun && isFields(delta) && isFields(usage) && isStopReason) {
      if (typeof said === 'string') this.#stopReason = said;
      this.#emit('message_delta', raw);
      return;
    }
    this.note('an incomplete message_delta');
    const message = fieldsOf(value['message']);
    const reason = firstText(said, value['stop_reason'], message['stop_reason']);
    this.#ensureBegun();
    const parts = { ...message, ...value, ...change };
    this.#emitChange(reason, parts, collectUsage(value, change, message));
  }

  #emitChange(stopReason: string | null, parts: Fields, usage: Fields): void {
    if (stopReason === null && Object.keys(usage).length === 0) return;
    this.#stopReason = stopReason ?? this.#stopReason;
    this.#emit('message_delta', messageDelta(stopReason, parts, usage));
  }

  #end(value: Fields, raw: string): void {
    this.#ensureBegun();
    for (const block of this.#blocks) {
      if (!block.isOpen) continue;
      this.note('no content_block_stop');
      this.#closeBlock(block);
    }
    const message = fieldsOf(value['message']);
    const reason = firstText(value['stop_reason'], message['stop_reason'], this.#earlyStopReason);
    const late = this.#stopReason === null ? reason : null;
    const usage = collectUsage(value, message);
    if (late !== null || Object.keys(usage).length > 0) {
      this.note('message_stop with what belongs before it');
      this.#emitChange(late, { ...message, ...value }, usage);
    }
    this.#hasEnded = true;
    this.#emit('message_stop', raw === '' ? { type: 'message_stop' } : raw);
  }

  /** A message that didn't stream, or that repeats at its end what did. */
  #takeWhole(message: Fields): void {
    this.note('a whole message instead of a stream');
    const usage = collectUsage(message);
    if (this.#hasBegun) this.#takeLate(message);
    else this.#begin({ message: { ...message, content: [], usage: {}, stop_reason: null } }, '');
    if (!this.#hasShownText) {
      const blocks = contentBlocks(message['content']);
      for (const [index, block] of blocks.entries()) this.#takeBlock(block, index, false);
    }
    this.#emitChange(firstText(message['stop_reason']), message, usage);
    this.#end({}, '');
  }

  /** A block of a message's content. @param staysOpen whether more of it may come */
  #takeBlock(block: unknown, index: number, staysOpen: boolean): void {
    const content = isFields(block) ? block : { type: 'text', text: wordsOf(block) };
    this.#startBlock({ index, content_block: content }, '');
    if (!staysOpen) this.#stopBlock({ index }, '');
  }

  /** The SDK ends the stream with it. */
  #fail(value: unknown): void {
    this.#hasUnderstood = true;
    this.#emit('error', value ?? {});
  }

  /** @param event a value, or one as it came */
  #emit(name: string, event: unknown): void {
    const data = name !== 'error' && typeof event === 'string' ? event : JSON.stringify(event);
    this.#out.push(`event: ${name}\ndata: ${data}\n\n`);
  }
}
