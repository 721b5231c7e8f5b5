import type { JournalHeader, JournalNaming, JournalRecord } from './journal-record.ts';
import { journalVersion, seal } from './journal-seal.ts';

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
