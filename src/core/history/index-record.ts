import { isFiniteNumber } from '../conversation/journal-guards.ts';
import { seal, unseal } from '../conversation/journal-seal.ts';
import { type Guarded, isAnyOf, isCount, isListOf, isObject, isString } from '../guard.ts';
import type { Summary } from './summary.ts';

/*
 * The index's format: JSON Lines, sealed as a journal's are, in any order.
 *
 *   {"listed":1,"id":"…","title":"…","created":1790000000000,"changed":1790000000000,"files":["src/a.ts"],"replies":2,"sum":"…"}
 *   {"listed":1,"id":"…","name":"…","at":1790000000000,"sum":"…"}
 *
 * It tells nothing that the journals don't, only faster: what it lacks is read from them. So each
 * line says its version, and one of another version, like a damaged one, counts as not there: a new
 * version of this format needs no other migration. A deleted conversation needs no line either: its
 * journal is gone.
 */

/** The version of a line. */
export const indexVersion = 1;

const isListing = isObject({
  id: isString,
  title: isString,
  created: isFiniteNumber,
  changed: isFiniteNumber,
  files: isListOf(isString),
  replies: isCount,
});
const isName = isObject({ id: isString, name: isString, at: isFiniteNumber });
const isIndexRecord = isAnyOf(isListing, isName);
const isOfThisVersion = (value: unknown): boolean =>
  saysVersion(value) && value.listed === indexVersion;
const saysVersion = isObject({ listed: isCount });

/** A conversation's summary, or a name that the user gave it. */
export type IndexRecord = Guarded<typeof isIndexRecord>;

/** One line, without its end. */
export function encodeListing(id: string, summary: Summary): string {
  const { title, created, changed, files, replies } = summary;
  return seal({ listed: indexVersion, id, title, created, changed, files, replies });
}

/** One line, without its end. @param name empty for the summary's title again */
export function encodeName(id: string, name: string, at: number): string {
  return seal({ listed: indexVersion, id, name, at });
}

/** Null where the line is damaged or of another version. */
export function decodeIndexLine(line: string): IndexRecord | null {
  const value = unseal(line);
  return isOfThisVersion(value) && isIndexRecord(value) ? value : null;
}
