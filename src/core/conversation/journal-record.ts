import {
  type Guarded,
  isAnyOf,
  isCount,
  isListOf,
  isNullOr,
  isObject,
  isOptional,
  isString,
} from '../guard.ts';
import { journalVersion, seal, unseal } from '../seal.ts';
import { isAttachment, isFiniteNumber, isPrompt, isReplyEvent } from './journal-guards.ts';

/*
 * The journal's format: JSON Lines, each line sealed by a sum. The header comes first; then a
 * record for each turn that was added and for each event of its reply, the text deltas of a fifth
 * of a second in one; and one for each name that the user gave the conversation.
 *
 *   {"journal":1,"id":"…","created":1790000000000,"sum":"…"}
 *   {"by":"9f3c01aa","n":1,"reply":"…","turn":{"at":1790000000000,"model":"…","prompt":{…},"attachments":[]},"sum":"…"}
 *   {"by":"9f3c01aa","n":2,"reply":"…","ms":480.2,"offset":0,"text":"It adds","sum":"…"}
 *   {"by":"9f3c01aa","n":3,"reply":"…","ms":900,"offset":7,"event":{"type":"outcome",…},"sum":"…"}
 *
 * `by` and `n` name a record: the writer that wrote it and its count there. A write that failed is
 * made again whole, a merge of files may leave both behind: what comes twice counts once.
 * `offset` is the reply's length before the record, in UTF-16 code units: lost text shows.
 * Another kind of record is a minor change: readers pass over what they don't know. What an older
 * reader would get wrong needs another number in the header.
 */

const isHeader = isObject({
  journal: isCount,
  /** The conversation's. */
  id: isString,
  /** Milliseconds since 1970. */
  created: isFiniteNumber,
});

const idFields = { by: isString, n: isCount, reply: isString };
/** `ms` since the reply's start, so that its receipt comes back the same. */
const positionFields = { ms: isFiniteNumber, offset: isCount };

const isRecordedQuestion = isObject({
  /** When the reply started, in milliseconds since 1970. */
  at: isFiniteNumber,
  model: isString,
  /** The reply that the turn follows. Left out in journals from before branches: the one before. */
  after: isOptional(isNullOr(isString)),
  prompt: isPrompt,
  attachments: isListOf(isAttachment),
});

const isRecord = isAnyOf(
  isObject({ ...idFields, ...positionFields, text: isString }),
  isObject({ ...idFields, ...positionFields, event: isReplyEvent }),
  isObject({ ...idFields, turn: isRecordedQuestion }),
);

const isNaming = isObject({
  by: isString,
  n: isCount,
  /** What the conversation is called from here on; empty for its first question's words again. */
  name: isString,
  /** Milliseconds since 1970: two windows may have named it. */
  at: isFiniteNumber,
});

export type JournalHeader = Omit<Guarded<typeof isHeader>, 'journal'>;
export type JournalRecord = Guarded<typeof isRecord>;
export type JournalNaming = Guarded<typeof isNaming>;
/** What was asked in a turn: of which model, when, and with what. */
export type RecordedQuestion = Guarded<typeof isRecordedQuestion>;

type JournalLine =
  | { readonly kind: 'header'; readonly header: JournalHeader }
  | { readonly kind: 'record'; readonly record: JournalRecord }
  | { readonly kind: 'naming'; readonly naming: JournalNaming }
  /** A header that says a later major version. */
  | { readonly kind: 'newer'; readonly version: number }
  /** Whole, but nothing that this version knows. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreadable' };

export function decodeLine(line: string): JournalLine {
  const value = unseal(line);
  if (value === null) return { kind: 'unreadable' };
  if (isRecord(value)) return { kind: 'record', record: value };
  if (isNaming(value)) return { kind: 'naming', naming: value };
  const version = readVersion(value);
  if (version !== null && version > journalVersion) return { kind: 'newer', version };
  if (version !== journalVersion || !isHeader(value)) return { kind: 'unknown' };
  return { kind: 'header', header: { id: value.id, created: value.created } };
}

const hasVersion = isObject({ journal: isCount });

/** Null where the value isn't a header of any version. */
export function readVersion(value: unknown): number | null {
  return hasVersion(value) ? value.journal : null;
}

/*
 * The writing half of the journal's format (journal-record.ts), apart from the reading half and its
 * guards: what writes while a reply streams is loaded with the extension, what reads is not.
 */

/** One line, without its end. */
export function encodeHeader({ id, created }: JournalHeader): string {
  return seal({ journal: journalVersion, id, created });
}

/** One line, without its end. Lone surrogates survive: `JSON.stringify` escapes them. */
export function encodeRecord(record: JournalRecord): string {
  return seal(record);
}

/** One line, without its end. */
export function encodeNaming(naming: JournalNaming): string {
  return seal(naming);
}
