import { eventType, streamEvents } from './event-forms.ts';
import { jsonObjectsIn, parseJson } from './json-objects.ts';
import type { SseFrame } from './sse-frames.ts';
import { isFields } from './wire-fields.ts';

/** An event as a server sent it, its type found out. */
export interface ReceivedEvent {
  readonly type: string;
  /** Its fields; an error may be anything. */
  readonly value: unknown;
  /** The JSON as it came, where it may be passed on unchanged; else empty. */
  readonly raw: string;
}

/** Told of what had to be put right, in English for the log. */
type Note = (what: string) => void;

/** The events of one frame of an event stream: usually one, none in a ping, several where they are glued. */
export function parseFrame({ event, data }: SseFrame, note: Note): readonly ReceivedEvent[] {
  const trimmed = data.trim();
  const isEmpty = trimmed === '' && event !== 'error' && !streamEvents.has(event ?? '');
  if (event === 'ping' || isEmpty) return [];
  if (trimmed === '[DONE]') {
    note('[DONE]');
    return [];
  }
  const value = trimmed === '' ? {} : parseJson(trimmed);
  if (value !== undefined) return parseValue(value, event, note, data);
  const found = jsonObjectsIn(trimmed);
  if (found.length > 0) note('several JSON values in one event');
  else if (event === 'error') return [{ type: 'error', value: trimmed, raw: '' }];
  else note(`unreadable event: ${trimmed.slice(0, 100)}`);
  return found.flatMap((one) => parseValue(one, null, note));
}

/**
 * The events that a JSON value holds.
 * @param name of the event, where it has one
 * @param source the value as it came, where that may be passed on
 */
export function parseValue(
  value: unknown,
  name: string | null,
  note: Note,
  source = '',
): readonly ReceivedEvent[] {
  if (Array.isArray(value)) {
    note('a list of events');
    return value.flatMap((one) => parseValue(one, name, note));
  }
  if (!isFields(value)) {
    if (name === 'error') return [{ type: 'error', value, raw: '' }];
    note(`unreadable event: ${JSON.stringify(value).slice(0, 100)}`);
    return [];
  }
  const type = eventType(value, name);
  if (type === 'ping') return [];
  if (type !== value['type']) note(`an event of type ${type} that doesn't say so`);
  else if (name !== type && source !== '') note('events without their names');
  // With line ends in it, it can't stand in one line.
  const raw = type === value['type'] && !/[\r\n]/.test(source) ? source : '';
  return [{ type, value, raw }];
}
