import { decodeIndexLine, encodeListing, encodeName } from './index-record.ts';
import type { Summary } from './summary.ts';

/** A conversation in a list. */
export interface Listed extends Summary {
  readonly id: string;
  /** The user's own; null where there is none. */
  readonly name: string | null;
}

export interface IndexReplay {
  /** Whose summary is known, by id. */
  readonly listed: ReadonlyMap<string, Listed>;
  /** The last name that each was given, empty where it was taken back. */
  readonly names: ReadonlyMap<string, GivenName>;
  /** How many lines there are, readable or not. */
  readonly lines: number;
}

interface GivenName {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The latest word on each conversation, in whatever order windows wrote. */
export function replayIndex(text: string): IndexReplay {
  const summaries = new Map<string, Summary & { readonly id: string }>();
  const names = new Map<string, GivenName>();
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
  const listed = new Map<string, Listed>();
  for (const [id, { title, created, changed, files, replies }] of summaries) {
    const name = names.get(id)?.name ?? '';
    const given = name === '' ? null : name;
    listed.set(id, { id, title, created, changed, files, replies, name: given });
  }
  return { listed, names, lines };
}

/** So few lines are read as fast as fewer. */
const fewLines = 100;

/** Whether an index of so many lines says too much twice. @param conversations how many there are */
export function isWorthCompacting(lines: number, conversations: number): boolean {
  return lines > Math.max(fewLines, 2 * conversations);
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
export function listedTitle({ name, title }: Pick<Listed, 'name' | 'title'>): string {
  return name ?? title;
}
