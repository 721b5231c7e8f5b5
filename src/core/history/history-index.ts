import { isFiniteNumber } from '../conversation/journal-guards.ts';
import { type Guarded, isAnyOf, isCount, isListOf, isObject, isString } from '../guard.ts';
import { seal, unseal } from '../seal.ts';
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
const indexVersion = 1;

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
  hasIndexVersion(value) && value.listed === indexVersion;
const hasIndexVersion = isObject({ listed: isCount });

/** A conversation's summary, or a name that the user gave it. */
type IndexRecord = Guarded<typeof isIndexRecord>;

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

/** A conversation in a list. */
export interface ListedConversation extends Summary {
  readonly id: string;
  /** The user's own; null where there is none. */
  readonly name: string | null;
}

interface IndexReplay {
  /** Whose summary is known, by id. */
  readonly listed: ReadonlyMap<string, ListedConversation>;
  /** The last name that each was given, empty where it was taken back. */
  readonly names: ReadonlyMap<string, NameEntry>;
  /** How many lines there are, readable or not. */
  readonly lines: number;
}

interface NameEntry {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The latest word on each conversation, in whatever order windows wrote. */
export function replayIndex(text: string): IndexReplay {
  const summaries = new Map<string, Summary & { readonly id: string }>();
  const names = new Map<string, NameEntry>();
  let lines = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    lines++;
    const record = decodeIndexLine(line);
    if (record === null) continue;
    if ('name' in record) {
      if ((names.get(record.id)?.at ?? 0) <= record.at) names.set(record.id, record);
    } else if ((summaries.get(record.id)?.changed ?? 0) <= record.changed) {
      summaries.set(record.id, record);
    }
  }
  const listed = new Map<string, ListedConversation>();
  for (const [id, { title, created, changed, files, replies }] of summaries) {
    const name = names.get(id)?.name ?? '';
    const given = name === '' ? null : name;
    listed.set(id, { id, title, created, changed, files, replies, name: given });
  }
  return { listed, names, lines };
}

/** So few lines are read as fast as fewer. */
const minCompactLines = 100;

/** Whether an index of so many lines says too much twice. @param conversations how many there are */
export function shouldCompact(lines: number, conversations: number): boolean {
  return lines > Math.max(minCompactLines, 2 * conversations);
}

/**
 * The same index without what no longer counts.
 * @param ids the conversations that there are
 */
export function compactIndex({ listed, names }: IndexReplay, ids: ReadonlySet<string>): string {
  const lines = [...ids].flatMap((id) => {
    const summary = listed.get(id);
    const name = names.get(id);
    return [
      ...(summary === undefined ? [] : [encodeListing(id, summary)]),
      ...(name === undefined ? [] : [encodeName(id, name.name, name.at)]),
    ];
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** What the user sees as its title. */
export function displayTitle({ name, title }: Pick<ListedConversation, 'name' | 'title'>): string {
  return name ?? title;
}

/**
 * How `encodeListing` writes a line; no text within quotes can look like it, for its own are
 * escaped.
 */
const listingPattern = /^\{"listed":1,"id":"([\w-]+)","title":/;
const changedField = ',"changed":';
const namePattern = /^\{"listed":1,"id":"[\w-]+","name":/;

/**
 * The newest of these conversations, as `replayIndex` would tell them, in a tenth of the time: of
 * the other lines it looks only at who they are about, and when. Where lines are damaged, some may
 * be missing.
 */
export function readNewest(
  text: string,
  ids: ReadonlySet<string>,
  count: number,
): readonly ListedConversation[] {
  const lines = new Map<string, { readonly changed: number; readonly line: string }>();
  const names: string[] = [];
  for (const line of text.split('\n')) {
    const id = listingPattern.exec(line)?.[1];
    if (id === undefined) {
      if (namePattern.test(line)) names.push(line);
      continue;
    }
    if (!ids.has(id)) continue;
    const changed = Number.parseFloat(
      line.slice(line.lastIndexOf(changedField) + changedField.length),
    );
    if ((lines.get(id)?.changed ?? 0) <= changed) lines.set(id, { changed, line });
  }
  const newest = [...lines.values()].sort((a, b) => b.changed - a.changed).slice(0, count);
  const read = [...newest.map(({ line }) => line), ...names];
  return [...replayIndex(read.join('\n')).listed.values()].sort((a, b) => b.changed - a.changed);
}
