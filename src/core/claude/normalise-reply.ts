import { jsonObjectsIn, parseJson } from './json-objects.ts';
import { hasServerError } from './server-error.ts';
import type { SseFrame } from './sse-frames.ts';
import { countOrNull, type Fields, fieldsOf, firstText, isFields, wordsOf } from './wire-fields.ts';

const streamEvents: ReadonlySet<string> = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
]);

/** Kinds of block whose input comes in pieces of JSON. */
const toolBlocks = ['tool_use', 'server_tool_use', 'mcp_tool_use'] as const;

/** Which field a delta has its words in, and in which kinds of block it stands. */
interface DeltaForm {
  readonly type: string;
  readonly field: string;
  readonly kinds: readonly string[];
}

const deltaForms: readonly DeltaForm[] = [
  { type: 'text_delta', field: 'text', kinds: ['text'] },
  { type: 'thinking_delta', field: 'thinking', kinds: ['thinking'] },
  { type: 'signature_delta', field: 'signature', kinds: ['thinking'] },
  { type: 'input_json_delta', field: 'partial_json', kinds: toolBlocks },
  { type: 'citations_delta', field: 'citation', kinds: ['text'] },
];

/** A block that was begun. */
interface OpenBlock {
  readonly kind: string;
  /** The index that the server gives it; null where it gives none. */
  readonly key: number | null;
  /** The index in the normal form. */
  readonly index: number;
  readonly start: Fields;
  /** What came with its start, to know it again where the start comes twice. */
  readonly initial: string;
  isOpen: boolean;
  /** Its start waits for `message_start`, which may come yet. */
  isHeld: boolean;
}

/** Descriptions that are kept, at the most. */
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

  read({ event, data }: SseFrame): void {
    if (this.#hasEnded) return;
    const trimmed = data.trim();
    if (event === 'ping' || (trimmed === '' && event !== 'error' && !streamEvents.has(event ?? '')))
      return;
    if (trimmed === '[DONE]') {
      this.note('[DONE]');
      return;
    }
    const value = trimmed === '' ? {} : parseJson(trimmed);
    if (value !== undefined) {
      this.readValue(value, event, data);
      return;
    }
    const found = jsonObjectsIn(trimmed);
    if (found.length > 0) this.note('several JSON values in one event');
    else if (event === 'error') this.#fail(trimmed);
    else this.note(`unreadable event: ${trimmed.slice(0, 100)}`);
    for (const one of found) this.readValue(one, null);
  }

  /**
   * @param name of the event, where it has one
   * @param source the value as it came, where that may be passed on
   */
  readValue(value: unknown, name: string | null, source = ''): void {
    if (this.#hasEnded) return;
    if (Array.isArray(value)) {
      this.note('a list of events');
      for (const one of value) this.readValue(one, name);
      return;
    }
    if (!isFields(value)) {
      if (name === 'error') this.#fail(value);
      else this.note(`unreadable event: ${JSON.stringify(value).slice(0, 100)}`);
      return;
    }
    const type = typeOf(value, name);
    if (type === 'ping') return;
    if (type !== value['type']) this.note(`an event of type ${type} that doesn't say so`);
    else if (name !== type && source !== '') this.note('events without their names');
    // With line ends in it, it can't stand in one line.
    const raw = type === value['type'] && !/[\r\n]/.test(source) ? source : '';
    this.#understand(type, value, raw);
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
      case 'error':
        this.#fail(value);
        break;
      default:
        this.#hasUnderstood = this.#hasBegun;
        this.note(`an unknown event: ${type.slice(0, 40)}`);
    }
  }

  /** The stream ended as HTTP wants it: what is complete without its last events is completed. */
  finish(): void {
    if (this.#hasEnded || !this.#hasBegun) return;
    const isWhole =
      this.#stopReason !== null ||
      (this.#earlyStopReason !== null &&
        this.#blocks.length > 0 &&
        this.#blocks.every(({ isOpen }) => !isOpen));
    if (!isWhole) return;
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
    const isNormal =
      typeof model === 'string' &&
      Array.isArray(content) &&
      content.length === 0 &&
      isFields(usage);
    if (isNormal && raw !== '') {
      this.#open(model);
      this.#emit('message_start', raw);
    } else {
      this.note('an incomplete message_start');
      this.#open(firstText(model), usageIn(value, message), message);
    }
    this.#releaseBlocks();
    if (this.#earlyStopReason !== null) this.note('a stop reason in message_start');
    for (const [index, block] of listOf(content).entries()) this.#takeBlock(block, index, true);
  }

  /** @param usage what to begin with; left out where the event is passed on as it came */
  #open(model: string | null, usage?: Fields, message: Fields = {}): void {
    this.#hasBegun = true;
    this.#hasModel = model !== null && model !== '';
    if (usage === undefined) return;
    this.#emit('message_start', {
      type: 'message_start',
      message: {
        id: '',
        type: 'message',
        role: 'assistant',
        ...message,
        model: model ?? '',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage,
      },
    });
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
    this.#emitChange(null, {}, usageIn(message));
  }

  #startBlock(value: Fields, raw: string): void {
    const given = value['content_block'];
    const block = isFields(given) ? given : { ...(given ? { text: wordsOf(given) } : {}) };
    const kind = firstText(block['type']) ?? kindOf(block);
    if (kind === null || !isFields(given)) this.note('content_block_start without its block');
    if (kind === null) return;
    const key = countOrNull(value['index']);
    const known = this.#blocks.find((one) => one.isOpen && one.kind === kind && one.key === key);
    const initial = initialWords(kind, block);
    if (known !== undefined && key !== null) {
      this.note('content_block_start again');
      if (initial !== known.initial) this.#emitWords(known, initial);
      return;
    }
    if (this.#closeThoughtsBefore(kind)) this.note('thinking without content_block_stop');
    const opened = this.#openBlock(kind, key, block, initial);
    const isNormal =
      raw !== '' &&
      this.#hasBegun &&
      value['index'] === opened.index &&
      isNormalStart(kind, block, initial);
    if (isNormal) {
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

  #emitStart({ kind, index, start }: OpenBlock): void {
    this.#emit('content_block_start', {
      type: 'content_block_start',
      index,
      content_block: { ...start, ...emptyBlock(kind, start, index), type: kind },
    });
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
    const given = value['delta'] ?? value;
    const delta = isFields(given) ? given : { type: 'text_delta', text: given };
    const form = formOf(delta);
    if (form === null) {
      this.note('a delta of an unknown type');
      return;
    }
    const said = delta[form.field];
    const isCitation = form.type === 'citations_delta';
    const words = form.field === 'partial_json' ? jsonText(said) : wordsOf(said);
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
      only.isOpen = false;
      this.#emit('content_block_stop', raw);
      return;
    }
    this.note('an incomplete content_block_stop');
    this.#ensureBegun();
    for (const block of meant) this.#closeBlock(block);
  }

  #closeBlock(block: OpenBlock): void {
    block.isOpen = false;
    this.#emit('content_block_stop', { type: 'content_block_stop', index: block.index });
  }

  #change(value: Fields, raw: string): void {
    const { delta, usage } = value;
    const given = fieldsOf(delta);
    const said = given['stop_reason'];
    const isNormal =
      raw !== '' &&
      this.#hasBegun &&
      isFields(delta) &&
      isFields(usage) &&
      (typeof said === 'string' ? said !== '' : said === null || said === undefined);
    if (isNormal) {
      if (typeof said === 'string') this.#stopReason = said;
      this.#emit('message_delta', raw);
      return;
    }
    this.note('an incomplete message_delta');
    const message = fieldsOf(value['message']);
    const reason = firstText(said, value['stop_reason'], message['stop_reason']);
    this.#ensureBegun();
    const parts = { ...message, ...value, ...given };
    this.#emitChange(reason, parts, usageIn(value, given, message));
  }

  #emitChange(stopReason: string | null, parts: Fields, usage: Fields): void {
    if (stopReason === null && Object.keys(usage).length === 0) return;
    this.#stopReason = stopReason ?? this.#stopReason;
    const { stop_sequence = null, stop_details = null } = parts;
    this.#emit('message_delta', {
      type: 'message_delta',
      delta: { stop_reason: stopReason, stop_sequence, stop_details },
      usage,
    });
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
    const usage = usageIn(value, message);
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
    const usage = usageIn(message);
    if (this.#hasBegun) this.#takeLate(message);
    else this.#begin({ message: { ...message, content: [], usage: {}, stop_reason: null } }, '');
    if (!this.#hasShownText) {
      const { content } = message;
      const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
      for (const [index, block] of listOf(blocks).entries()) this.#takeBlock(block, index, false);
    }
    this.#emitChange(firstText(message['stop_reason']), message, usage);
    this.#end({}, '');
  }

  /** A block of a message's content. @param staysOpen whether more of it may come */
  #takeBlock(block: unknown, index: number, staysOpen: boolean): void {
    const given = isFields(block) ? block : { type: 'text', text: wordsOf(block) };
    this.#startBlock({ index, content_block: given }, '');
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

/** What an event is: its own word, that of its line, or what its fields say. */
function typeOf(value: Fields, name: string | null): string {
  const { type, message, delta } = value;
  if (typeof type === 'string' && isKnown(type)) return type;
  if (isFields(value['error'])) return 'error';
  if (name !== null && isKnown(name)) return name;
  if (hasServerError(value)) return 'error';
  if (typeof type === 'string' && type !== '') return type;
  if (isFields(value['content_block'])) return 'content_block_start';
  if (typeof delta === 'string') return 'content_block_delta';
  if (isFields(delta)) return formOf(delta) === null ? 'message_delta' : 'content_block_delta';
  if (isFields(message)) return 'message_start';
  if (Array.isArray(value['content'])) return 'message';
  if (isFields(value['usage']) || firstText(value['stop_reason']) !== null) return 'message_delta';
  return name ?? 'unknown';
}

function isKnown(type: string): boolean {
  return streamEvents.has(type) || type === 'message' || type === 'error' || type === 'ping';
}

/** A delta's form by its type or, where it has none, by its fields. */
function formOf(delta: Fields): DeltaForm | null {
  const { type } = delta;
  const named = deltaForms.find((form) => form.type === type || form.kinds[0] === type);
  if (named !== undefined) return named;
  if (typeof type === 'string' && type !== '' && !streamEvents.has(type)) return null;
  return deltaForms.find(({ field }) => field in delta) ?? null;
}

/** What a block without a type must be. */
function kindOf(block: Fields): string | null {
  if ('thinking' in block) return 'thinking';
  if ('text' in block) return 'text';
  return 'name' in block && 'input' in block ? 'tool_use' : null;
}

/** The words that a block begins with. */
function initialWords(kind: string, block: Fields): string {
  if (kind === 'text') return wordsOf(block['text']);
  return kind === 'thinking' ? wordsOf(block['thinking']) : '';
}

function isNormalStart(kind: string, block: Fields, initial: string): boolean {
  if (initial !== '' || typeof block['type'] !== 'string') return false;
  if (kind === 'text') return typeof block['text'] === 'string';
  if (kind === 'thinking') return block['thinking'] === '' && !block['signature'];
  if (kind !== 'tool_use') return true;
  return typeof block['id'] === 'string' && typeof block['name'] === 'string';
}

/** What a block must have of its own before its deltas. */
function emptyBlock(kind: string, start: Fields, index: number): Fields {
  switch (kind) {
    case 'text':
      return { text: '' };
    case 'thinking':
      return { thinking: '', signature: '' };
    case 'tool_use':
      return {
        id: firstText(start['id']) ?? `toolu_${index}`,
        name: wordsOf(start['name']),
        input: start['input'] ?? {},
      };
    default:
      return {};
  }
}

/** Pieces of JSON come as text; a whole value is put back into text. */
function jsonText(value: unknown): string {
  return isFields(value) ? JSON.stringify(value) : wordsOf(value);
}

/** The figures in whichever of the places they are, with Bedrock's own name for them. */
function usageIn(...places: readonly Fields[]): Fields {
  const found = places.flatMap((place) => [
    place['usage'],
    place['amazon-bedrock-invocationMetrics'],
  ]);
  return Object.assign({}, ...found.filter(isFields).toReversed());
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
