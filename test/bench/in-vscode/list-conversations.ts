import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { encodeHeader, encodeRecord } from '../../../src/core/conversation/journal-record.ts';
import { encodeListing, replayIndex } from '../../../src/core/history/history-index.ts';

import {
  ConversationList,
  type HistoryStorage,
} from '../../../src/host/history/conversation-list.ts';
import { ConversationStore } from '../../../src/host/history/conversation-store.ts';
import { pickConversation } from '../../../src/host/history/history-pick.ts';
import { historyChildren } from '../../../src/host/history/history-tree.ts';
import { WorkspaceStorage } from '../../../src/host/storage/workspace-storage.ts';

/** What the run leaves behind for the bench that started it. Times are in milliseconds. */
export interface ConversationFigures {
  /** From the command to the rows of the quick pick, each time it was opened. */
  readonly picks: readonly number[];
  /** From nothing to the view's periods and the conversations of the first. */
  readonly views: readonly number[];
  /** What opening the list consists of: the folders' names, the index's file, its lines. */
  readonly parts: readonly (readonly [folders: number, file: number, lines: number])[];
  /** What ten openings and closings of the list leave on the heap, in MB. */
  readonly heap: number;
  /** What they leave with a tenth of the conversations. */
  readonly heapOfFew: number;
  /** Until a conversation of 200 turns and 1 MB is restored. */
  readonly opens: readonly number[];
  /** Until 500 conversations that the index lacks are read. */
  readonly recovery: number;
}

const howMany = 10_000;
const now = (): number => performance.now();

/** Called by VS Code in its extension host: lists and opens conversations from real files. */
export async function run(): Promise<void> {
  const trials = Number(process.env['BENCH_TRIALS']);
  const output = process.env['BENCH_OUTPUT'];
  if (output === undefined) throw new Error('Nobody waits for the figures.');
  const folder = join(tmpdir(), `claude-stream-bench-${crypto.randomUUID()}`);
  const log = vscode.window.createOutputChannel('bench', { log: true });
  const placesOf = (name: string): HistoryStorage => {
    const storageIn = (part: string): WorkspaceStorage =>
      new WorkspaceStorage(vscode.Uri.file(join(folder, name, part)));
    return {
      conversations: storageIn('conversations'),
      index: storageIn('history'),
      changed: new vscode.EventEmitter<void>(),
      prices: () => ({}),
      log,
    };
  };
  try {
    await writeConversations(join(folder, 'many'), howMany);
    await writeConversations(join(folder, 'few'), howMany / 10);
    const many = placesOf('many');
    const picks: number[] = [];
    const views: number[] = [];
    await timePick(many);
    for (let trial = 0; trial < trials; trial++) {
      picks.push(await timePick(many));
      views.push(await timeView(many));
    }
    const parts: [number, number, number][] = [];
    for (let trial = 0; trial < trials; trial++) parts.push(await timeParts(many));
    const heap = await heapOfTen(many);
    const heapOfFew = await heapOfTen(placesOf('few'));

    const large = placesOf('large');
    await writeJournal(join(folder, 'large'), 'large', 200, 5000);
    const opens: number[] = [];
    for (let trial = 0; trial < trials; trial++) {
      const start = now();
      const open = await new ConversationStore(large).open('large');
      opens.push(now() - start);
      if (open?.conversation.turns.length !== 200) throw new Error('It came back another.');
      await open.close();
    }

    const lost = placesOf('lost');
    for (let id = 0; id < 500; id++) await writeJournal(join(folder, 'lost'), `c${id}`, 2, 500);
    const list = new ConversationList(lost);
    const start = now();
    let recovered = 0;
    for await (const found of list.recover((await list.read()).missing)) recovered += found.length;
    const recovery = now() - start;
    if (recovered !== 500) throw new Error(`${recovered} of 500 were found.`);

    const figures: ConversationFigures = { picks, views, parts, heap, heapOfFew, opens, recovery };
    await writeFile(output, JSON.stringify(figures));
  } finally {
    log.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens the quick pick as the command does, until its rows are set, and closes it again. */
async function timePick(places: HistoryStorage): Promise<number> {
  const create = vscode.window.createQuickPick;
  let rowsAt = Number.NaN;
  const rows = new Promise<void>((resolve) => {
    // The rows are told apart from all else that is set on the pick; VS Code's own object takes them.
    const watched = (): vscode.QuickPick<vscode.QuickPickItem> => {
      const pick = create<vscode.QuickPickItem>();
      return new Proxy(pick, {
        get: (target, key) => {
          const value: unknown = Reflect.get(target, key, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
        set: (target, key, value) => {
          const done = Reflect.set(target, key, value, target);
          if (key === 'items' && Array.isArray(value) && value.length >= 100) {
            rowsAt = now();
            resolve();
          }
          return done;
        },
      });
    };
    Object.defineProperty(vscode.window, 'createQuickPick', { value: watched, configurable: true });
  });
  try {
    const start = now();
    const closed = pickConversation({ storage: places, panels: noPanels });
    await rows;
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await closed;
    return rowsAt - start;
  } finally {
    Object.defineProperty(vscode.window, 'createQuickPick', { value: create, configurable: true });
  }
}

async function timeParts({
  conversations,
  index,
}: HistoryStorage): Promise<[number, number, number]> {
  const start = now();
  await conversations.list();
  const listed = now();
  const text = (await index.read('index')) ?? '';
  const read = now();
  replayIndex(text);
  return [listed - start, read - listed, now() - read];
}

async function timeView(places: HistoryStorage): Promise<number> {
  const start = now();
  const periods = await historyChildren(places, undefined);
  // What the view shows at first is open; the others are read once they are.
  const page = await historyChildren(places, periods[0]);
  if (periods.length < 12 || page.length === 0) throw new Error('The view is short.');
  return now() - start;
}

async function heapOfTen(places: HistoryStorage): Promise<number> {
  await timePick(places);
  const before = await settledHeap();
  for (let count = 0; count < 10; count++) await timePick(places);
  return ((await settledHeap()) - before) / 1e6;
}

async function settledHeap(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('There is no way to collect garbage.');
  for (let count = 0; count < 5; count++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

/** Conversations of a year, each a folder with a journal, and the index of all. */
async function writeConversations(root: string, count: number): Promise<void> {
  const lines: string[] = [];
  const start = Date.now();
  for (let index = 0; index < count; index++) {
    const id = crypto.randomUUID();
    const changed = start - Math.round((index / count) * 365 * 86_400_000);
    const title = `Question ${index}: how does this part of the code behave when it fails?`;
    const files = [`src/part${index % 97}/file${index}.ts`];
    lines.push(encodeListing(id, { title, created: changed, changed, files, replies: 3 }));
    await writeJournal(root, id, 1, 40);
  }
  const folder = join(root, 'history', 'index');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '0001-aaaaaaaa.000001-000001.jsonl'), `${lines.join('\n')}\n`);
}

/** A conversation of turns whose replies have so many characters. */
async function writeJournal(
  root: string,
  id: string,
  turns: number,
  length: number,
): Promise<void> {
  const lines = [encodeHeader({ id, created: 0 })];
  let n = 0;
  let after: string | null = null;
  for (let turn = 0; turn < turns; turn++) {
    const reply = `r${turn}`;
    const of = { by: 'bench', reply };
    const asked = { at: turn, model: 'm', after, attachments: [] };
    const prompt = { kind: 'free', text: `Question ${turn}` } as const;
    lines.push(encodeRecord({ ...of, n: n++, turn: { ...asked, prompt } }));
    const piece = 'A word of it. '.repeat(8);
    let offset = 0;
    for (; offset < length; offset += piece.length) {
      lines.push(encodeRecord({ ...of, n: n++, ms: offset, offset, text: piece }));
    }
    const event = { type: 'outcome', outcome: { kind: 'complete' } } as const;
    lines.push(encodeRecord({ ...of, n: n++, ms: offset, offset, event }));
    after = reply;
  }
  const folder = join(root, 'conversations', id);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '0001-aaaaaaaa.000001-000001.jsonl'), `${lines.join('\n')}\n`);
}

const noPanels = {
  open: null,
  openStored: (): Promise<void> => Promise.resolve(),
  startNew: (): Promise<void> => Promise.resolve(),
  find: () => null,
  startBeside: (): Promise<void> => Promise.resolve(),
  isStreaming: (): boolean => false,
  closePanel: (): Promise<void> => Promise.resolve(),
  closeAllPanels: (): Promise<void> => Promise.resolve(),
};
