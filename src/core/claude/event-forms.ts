import { hasServerError } from './server-error.ts';
import { type Fields, firstText, isFields, wordsOf } from './wire-fields.ts';

/** The events of a stream that carry something, by their names. */
export const streamEvents: ReadonlySet<string> = new Set([
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
export interface DeltaForm {
  readonly type: string;
  readonly field: string;
  readonly kinds: readonly string[];
}

export const deltaForms: readonly DeltaForm[] = [
  { type: 'text_delta', field: 'text', kinds: ['text'] },
  { type: 'thinking_delta', field: 'thinking', kinds: ['thinking'] },
  { type: 'signature_delta', field: 'signature', kinds: ['thinking'] },
  { type: 'input_json_delta', field: 'partial_json', kinds: toolBlocks },
  { type: 'citations_delta', field: 'citation', kinds: ['text'] },
];

/** What an event is: its own word, that of its line, or what its fields say. */
export function eventType(value: Fields, name: string | null): string {
  const { type, message, delta } = value;
  if (typeof type === 'string' && isKnown(type)) return type;
  if (isFields(value['error'])) return 'error';
  if (name !== null && isKnown(name)) return name;
  if (hasServerError(value)) return 'error';
  if (typeof type === 'string' && type !== '') return type;
  if (isFields(value['content_block'])) return 'content_block_start';
  if (typeof delta === 'string') return 'content_block_delta';
  if (isFields(delta))
    return findDeltaForm(delta) === null ? 'message_delta' : 'content_block_delta';
  if (isFields(message)) return 'message_start';
  if (Array.isArray(value['content'])) return 'message';
  if (isFields(value['usage']) || firstText(value['stop_reason']) !== null) return 'message_delta';
  return name ?? 'unknown';
}

function isKnown(type: string): boolean {
  return streamEvents.has(type) || type === 'message' || type === 'error' || type === 'ping';
}

/** A delta's form by its type or, where it has none, by its fields. */
function findDeltaForm(delta: Fields): DeltaForm | null {
  const { type } = delta;
  const named = deltaForms.find((form) => form.type === type || form.kinds[0] === type);
  if (named !== undefined) return named;
  if (typeof type === 'string' && type !== '' && !streamEvents.has(type)) return null;
  return deltaForms.find(({ field }) => field in delta) ?? null;
}

/** What a block without a type must be. */
function inferBlockKind(block: Fields): string | null {
  if ('thinking' in block) return 'thinking';
  if ('text' in block) return 'text';
  return 'name' in block && 'input' in block ? 'tool_use' : null;
}

/** The words that a block begins with. */
export function initialText(kind: string, block: Fields): string {
  if (kind === 'text') return wordsOf(block['text']);
  return kind === 'thinking' ? wordsOf(block['thinking']) : '';
}

export function isNormalStart(kind: string, block: Fields, initial: string): boolean {
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
function toJsonText(value: unknown): string {
  return isFields(value) ? JSON.stringify(value) : wordsOf(value);
}

/** The figures in whichever of the places they are, with Bedrock's own name for them. */
export function collectUsage(...places: readonly Fields[]): Fields {
  const found = places.flatMap((place) => [
    place['usage'],
    place['amazon-bedrock-invocationMetrics'],
  ]);
  return Object.assign({}, ...found.filter(isFields).toReversed());
}

/** The blocks of a message's content; its text alone stands for one. */
export function contentBlocks(content: unknown): readonly unknown[] {
  if (typeof content === 'string' && content !== '') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content : [];
}

/** A block that was begun. */
export interface OpenBlock {
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

/** A `message_start` in the normal form. */
export function messageStart(model: string | null, usage: Fields, message: Fields): Fields {
  return {
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
  };
}

/** A `content_block_start` in the normal form. */
export function blockStart({ kind, index, start }: OpenBlock): Fields {
  return {
    type: 'content_block_start',
    index,
    content_block: { ...start, ...emptyBlock(kind, start, index), type: kind },
  };
}

/** A `message_delta` in the normal form. */
export function messageDelta(stopReason: string | null, parts: Fields, usage: Fields): Fields {
  const { stop_sequence = null, stop_details = null } = parts;
  return {
    type: 'message_delta',
    delta: { stop_reason: stopReason, stop_sequence, stop_details },
    usage,
  };
}

interface ReadBlock {
  readonly block: Fields;
  /** Null where nothing says what it is. */
  readonly kind: string | null;
  /** Whether it came with fields, as it should. */
  readonly isGiven: boolean;
}

/** The block that a `content_block_start` brings, whatever stands for it. */
export function readBlock(given: unknown): ReadBlock {
  const block = isFields(given) ? given : { ...(given ? { text: wordsOf(given) } : {}) };
  const kind = firstText(block['type']) ?? inferBlockKind(block);
  return { block, kind, isGiven: isFields(given) };
}

interface ReadDelta {
  readonly delta: Fields;
  readonly form: DeltaForm;
  /** What stands in the form's field. */
  readonly said: unknown;
  readonly words: string;
}

/** What a `content_block_delta` brings; null where its type isn't known. */
export function readDelta(value: Fields): ReadDelta | null {
  const given = value['delta'] ?? value;
  const delta = isFields(given) ? given : { type: 'text_delta', text: given };
  const form = findDeltaForm(delta);
  if (form === null) return null;
  const said = delta[form.field];
  const words = form.field === 'partial_json' ? toJsonText(said) : wordsOf(said);
  return { delta, form, said, words };
}
