import * as vscode from 'vscode';
import {
  isNotFound,
  JournalDeletedError,
  type JournalFiles,
  type JournalStorage,
  journalFiles,
} from './journal-storage.ts';

/**
 * A session's own segments are merged when there are so many, however long the reply still runs.
 */
const maxSegments = 100;

/** What this window has appended to a journal since the last merge. */
interface Session {
  readonly id: string;
  /** The number of the next segment. */
  next: number;
  segments: Uint8Array[];
}

/** `0002-9f3c01aa.000007-000042.jsonl`: segments 7 to 42 of a session. */
interface SegmentFile {
  readonly name: string;
  readonly session: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Journals in a folder, with what `vscode.workspace.fs` has too: it is all there is in a browser.
 *
 * That can't append, and writing a file anew truncates it first: a crash in between would lose what
 * was already safe, and the cost of each write would grow with the reply. So every append is a file
 * of its own, a segment, written once. When a reply has ended, its segments are merged into one
 * file: it is written beside them, renamed to its name once it is whole, and only then do the
 * segments go. A file's name says which segments it holds, so wherever a crash stops this, what is
 * held twice is read once. Each byte is written twice in all, whatever the length of the
 * conversation.
 *
 * Two windows may append to one journal: each opening is a session with files of its own, and
 * merges those alone.
 */
export class WorkspaceStorage implements JournalStorage {
  readonly #root: vscode.Uri;
  readonly #openFiles: (root: vscode.Uri) => Promise<JournalFiles>;
  /** Opened by the first operation; it never rejects. */
  #opened: Promise<JournalFiles> | undefined;
  readonly #sessions = new Map<string, Session>();
  /** What is going on in each journal, one thing after the other. */
  readonly #queues = new Map<string, Promise<unknown>>();

  /**
   * @param root a folder that needn't exist yet
   * @param openFiles never rejects
   */
  constructor(root: vscode.Uri, openFiles = journalFiles) {
    this.#root = root;
    this.#openFiles = openFiles;
  }

  append(name: string, text: string): Promise<void> {
    return this.#inOrder(name, async () => {
      await this.#rejectBuried(name);
      const session = this.#sessions.get(name) ?? (await this.#open(name));
      const { id, next } = session;
      const bytes = new TextEncoder().encode(text);
      const fs = await this.#fs();
      // Where this fails, the number is used again: the next append has this text in it.
      await fs.writeFile(this.#uri(name, fileName(id, next, next)), bytes);
      // Buried meanwhile, it must not come back with what was just written.
      await this.#rejectBuried(name);
      session.next = next + 1;
      session.segments.push(bytes);
      if (session.segments.length >= maxSegments) await this.#merge(name, session);
    });
  }

  read(name: string): Promise<string | null> {
    return this.#inOrder(name, async () => {
      if (await this.#isBuried(name)) return null;
      try {
        return await this.#readFiles(name);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        // Another window has just merged them.
        return this.#readFiles(name);
      }
    });
  }

  async list(): Promise<readonly string[]> {
    const entries = await this.#entriesOf(this.#root);
    const buried = new Set(
      entries.map(([name]) => name).filter((name) => name.endsWith(tombstoneSuffix)),
    );
    return entries
      .filter(([name, type]) => type === vscode.FileType.Directory && isName(name))
      .map(([name]) => name)
      .filter((name) => !buried.has(name + tombstoneSuffix));
  }

  delete(name: string): Promise<void> {
    return this.#inOrder(name, async () => {
      this.#sessions.delete(name);
      await this.#remove(this.#uri(name), { recursive: true });
    });
  }

  bury(name: string): Promise<void> {
    return this.#inOrder(name, async () => {
      this.#sessions.delete(name);
      const fs = await this.#fs();
      // First: whatever stops the rest, nobody reads or writes it any more.
      await fs.writeFile(this.#tombstone(name), new Uint8Array());
      await this.#removeFolder(this.#uri(name));
    });
  }

  async buryAll(): Promise<void> {
    const entries = await this.#entriesOf(this.#root);
    const folders = entries.filter(([, type]) => type === vscode.FileType.Directory);
    const failures: unknown[] = [];
    for (const [folder] of folders) {
      try {
        if (isName(folder)) await this.bury(folder);
        else await this.#removeFolder(vscode.Uri.joinPath(this.#root, folder));
      } catch (error) {
        failures.push(error);
      }
    }
    // Those that could be deleted are.
    if (failures.length > 0) throw failures[0];
  }

  tidy(name: string): Promise<void> {
    return this.#inOrder(name, async () => {
      const session = this.#sessions.get(name);
      if (session !== undefined) await this.#merge(name, session);
    });
  }

  rewrite(name: string, change: (text: string) => string, leastFiles = 1): Promise<void> {
    return this.#inOrder(name, async () => {
      const files = segmentFiles(await this.#entriesOf(this.#uri(name)));
      if (files.length < leastFiles) return;
      const text = await this.#textOf(name, withoutMerged(files));
      if (text === null) return;
      const whole = this.#uri(name, fileName(`0000-${crypto.randomUUID().slice(0, 8)}`, 1, 1));
      const draft = whole.with({ path: whole.path + draftSuffix });
      const fs = await this.#fs();
      await fs.writeFile(draft, new TextEncoder().encode(change(text)));
      await fs.rename(draft, whole);
      this.#sessions.delete(name);
      await Promise.allSettled(files.map((file) => this.#remove(this.#uri(name, file.name))));
    });
  }

  setAside(name: string): Promise<string> {
    return this.#inOrder(name, async () => {
      this.#sessions.delete(name);
      const aside = `${name}.damaged`;
      const fs = await this.#fs();
      await fs.rename(this.#uri(name), vscode.Uri.joinPath(this.#root, aside));
      return aside;
    });
  }

  async clear(): Promise<void> {
    await Promise.all(this.#queues.values());
    this.#sessions.clear();
    await this.#remove(this.#root, { recursive: true });
  }

  #tombstone(name: string): vscode.Uri {
    const { path } = this.#uri(name);
    return this.#root.with({ path: path + tombstoneSuffix });
  }

  async #isBuried(name: string): Promise<boolean> {
    try {
      const fs = await this.#fs();
      await fs.readFile(this.#tombstone(name));
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  /** Rejects where the journal was deleted for good, and takes away what is left of it. */
  async #rejectBuried(name: string): Promise<void> {
    if (!(await this.#isBuried(name))) return;
    this.#sessions.delete(name);
    await Promise.allSettled([this.#remove(this.#uri(name), { recursive: true })]);
    throw new JournalDeletedError(`The journal ${name} was deleted`);
  }

  /** Tries again where another window or program is busy with its files. */
  async #removeFolder(uri: vscode.Uri): Promise<void> {
    for (const waitMs of removalWaitsMs) {
      try {
        await this.#remove(uri, { recursive: true });
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
    await this.#remove(uri, { recursive: true });
  }

  async #readFiles(name: string): Promise<string | null> {
    return this.#textOf(name, withoutMerged(segmentFiles(await this.#entriesOf(this.#uri(name)))));
  }

  async #textOf(name: string, files: readonly SegmentFile[]): Promise<string | null> {
    if (files.length === 0) return null;
    const fs = await this.#fs();
    const parts = await Promise.all(files.map((file) => fs.readFile(this.#uri(name, file.name))));
    // In one piece: a torn write may end within a character.
    return new TextDecoder().decode(concatBytes(parts));
  }

  /** Begins a session after all the others, and clears away what a crash left behind. */
  async #open(name: string): Promise<Session> {
    const fs = await this.#fs();
    await fs.createDirectory(this.#uri(name));
    const entries = await this.#entriesOf(this.#uri(name));
    const files = segmentFiles(entries);
    const needed = new Set(withoutMerged(files).map((file) => file.name));
    const leftover = entries
      .map(([file]) => file)
      .filter((file) => file.endsWith(draftSuffix) || (isSegment(file) && !needed.has(file)));
    await Promise.allSettled(leftover.map((file) => this.#remove(this.#uri(name, file))));

    const last = files.reduce((most, { session }) => Math.max(most, sessionNumber(session)), 0);
    const number = String(last + 1).padStart(4, '0');
    const session: Session = {
      id: `${number}-${crypto.randomUUID().slice(0, 8)}`,
      next: 1,
      segments: [],
    };
    this.#sessions.set(name, session);
    return session;
  }

  /** Loses nothing where it fails: the segments stay, and are read. */
  async #merge(name: string, session: Session): Promise<void> {
    const { id, next, segments } = session;
    // From here on they are no longer ours to merge, or a disk that is full would be asked each
    // time.
    session.segments = [];
    if (segments.length < 2) return;
    const from = next - segments.length;
    const merged = this.#uri(name, fileName(id, from, next - 1));
    const draft = merged.with({ path: merged.path + draftSuffix });
    try {
      const fs = await this.#fs();
      await fs.writeFile(draft, concatBytes(segments));
      await fs.rename(draft, merged);
    } catch {
      await Promise.allSettled([this.#remove(draft)]);
      return;
    }
    const numbers = segments.map((_, index) => from + index);
    await Promise.allSettled(
      numbers.map((number) => this.#remove(this.#uri(name, fileName(id, number, number)))),
    );
  }

  #fs(): Promise<JournalFiles> {
    this.#opened ??= this.#openFiles(this.#root);
    return this.#opened;
  }

  async #entriesOf(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
    try {
      const fs = await this.#fs();
      return await fs.readDirectory(folder);
    } catch (error) {
      if (isNotFound(error)) return [];
      throw error;
    }
  }

  async #remove(uri: vscode.Uri, { recursive = false } = {}): Promise<void> {
    try {
      const fs = await this.#fs();
      await fs.delete(uri, { recursive });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  #uri(name: string, ...file: readonly string[]): vscode.Uri {
    if (!isName(name)) throw new Error(`No name for a journal: ${name}`);
    return vscode.Uri.joinPath(this.#root, name, ...file);
  }

  #inOrder<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(name) ?? Promise.resolve();
    const result = before.then(task);
    const settled = result
      .catch(() => undefined)
      .then(() => {
        if (this.#queues.get(name) === settled) this.#queues.delete(name);
      });
    this.#queues.set(name, settled);
    return result;
  }
}

const draftSuffix = '.tmp';
/** An empty file beside the journals: the one of this name is deleted for good. */
const tombstoneSuffix = '.deleted';
/** Before each further try to delete a folder. */
const removalWaitsMs = [20, 100, 500] as const;

function isName(name: string): boolean {
  return /^[\w-]+$/.test(name);
}

function fileName(session: string, from: number, to: number): string {
  return `${session}.${padded(from)}-${padded(to)}.jsonl`;
}

function padded(number: number): string {
  return String(number).padStart(6, '0');
}

const segmentPattern = /^(\d{4,}-[0-9a-f]+)\.(\d{6,})-(\d{6,})\.jsonl$/;

function isSegment(name: string): boolean {
  return segmentPattern.test(name);
}

function sessionNumber(session: string): number {
  return Number.parseInt(session, 10);
}

/** In order: sessions by number, and within each its segments. */
function segmentFiles(entries: readonly [string, vscode.FileType][]): readonly SegmentFile[] {
  return entries
    .flatMap(([name]) => {
      const [, session, from, to] = segmentPattern.exec(name) ?? [];
      if (session === undefined) return [];
      return [{ name, session, from: Number(from), to: Number(to) }];
    })
    .sort(
      (a, b) =>
        sessionNumber(a.session) - sessionNumber(b.session) ||
        (a.session === b.session ? a.from - b.from : a.session < b.session ? -1 : 1),
    );
}

/** Without the segments that a merged file holds too. */
function withoutMerged(files: readonly SegmentFile[]): readonly SegmentFile[] {
  const merged = files.filter(({ from, to }) => from < to);
  return files.filter(
    (file) =>
      !merged.some(
        (other) =>
          other !== file &&
          other.session === file.session &&
          other.from <= file.from &&
          file.to <= other.to,
      ),
  );
}

function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
