import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { DocumentWriter } from '../../../src/host/document/document-writer.ts';
import { InsertionPoint } from '../../../src/host/document/insertion-point.ts';

/** What the run leaves behind for the bench that started it. Times are in milliseconds. */
export interface WritingFigures {
  readonly deltas: number;
  readonly characters: number;
  /** How long each edit took, from its call to its answer. */
  readonly batchedEdits: readonly number[];
  readonly singleEdits: readonly number[];
  /** From the first delta to the last. */
  readonly streamedMs: number;
  /** From the last delta until all was written. */
  readonly afterLastMs: number;
  /** From a key until its letter is in the document: before, while and after the reply streams. */
  readonly keysBefore: readonly number[];
  readonly keysWhile: readonly number[];
  readonly keysAfter: readonly number[];
}

const deltas = 10_000;
/** 200 a second. */
const deltaMs = 5;
const delta = 'ten tokens are about forty letters, thus';
/** One edit for each delta is ended after so many milliseconds in edits: a slow machine needs many. */
const mostInSingleEditsMs = 150_000;
const keyEveryMs = 120;
const keysAtRest = 150;
const now = (): number => performance.now();
// Who starts this stops it where it says nothing for some minutes: it says how far it is.
const textOf = (index: number): string => (index % 2 === 0 ? delta : `${delta}\n`);

/** Called by VS Code in its extension host: writes the same reply in batches and delta by delta. */
export async function run(): Promise<void> {
  const output = process.env['BENCH_OUTPUT'];
  if (output === undefined) throw new Error('Nobody waits for the figures.');
  const batched = await writeBatched();
  const singleEdits = await writeSingly();
  const figures: WritingFigures = {
    deltas,
    characters: deltas * delta.length,
    ...batched,
    singleEdits,
  };
  await writeFile(output, JSON.stringify(figures));
}

async function writeBatched(): Promise<
  Omit<WritingFigures, 'deltas' | 'characters' | 'singleEdits'>
> {
  const editor = await openNotes();
  const { document } = editor;
  const batchedEdits: number[] = [];
  class TimedPoint extends InsertionPoint {
    override async insert(text: string, edit: () => Thenable<boolean>): Promise<boolean> {
      return timed(batchedEdits, () => super.insert(text, edit));
    }
  }
  const point = new TimedPoint(document);
  const keysBefore = await typeKeys(document, (count) => count < keysAtRest);

  console.log('keys at rest typed');
  const writer = new DocumentWriter(point);
  let isStreaming = true;
  const keys = typeKeys(document, () => isStreaming);
  const start = now();
  for (let index = 0; index < deltas; ) {
    for (; index < deltas && start + index * deltaMs <= now(); index++) writer.write(textOf(index));
    await sleep(1);
  }
  const last = now();
  if ((await writer.finish()) !== '') throw new Error('Something is missing.');
  const end = now();
  isStreaming = false;
  console.log(`written in ${batchedEdits.length} batches, ${end - last} ms after the last delta`);
  const keysWhile = await keys;

  const keysAfter = await typeKeys(document, (count) => count < keysAtRest);
  const reply = Array.from({ length: deltas }, (_, index) => textOf(index)).join('');
  const typed = keysBefore.length + keysWhile.length + keysAfter.length;
  if (document.getText() !== `${reply}\nnotes:${'k'.repeat(typed)}`) {
    throw new Error('It is another text.');
  }
  writer.dispose();
  point.dispose();
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return {
    batchedEdits,
    streamedMs: last - start,
    afterLastMs: end - last,
    keysBefore,
    keysWhile,
    keysAfter,
  };
}

/**
 * One edit for each delta, as fast as the editor takes them, while keys are typed as before. What an
 * edit takes includes the times that it is refused, because a key came first.
 */
async function writeSingly(): Promise<readonly number[]> {
  const editor = await openNotes();
  const { document } = editor;
  const singleEdits: number[] = [];
  let offset = 0;
  let tookMs = 0;
  let isStreaming = true;
  const keys = typeKeys(document, () => isStreaming);
  for (let index = 0; index < deltas && tookMs < mostInSingleEditsMs; index++) {
    const text = textOf(index);
    await timed(singleEdits, async () => {
      while (!(await insertAt(editor, document.positionAt(offset), text))) await sleep(0);
      return true;
    });
    offset += text.length;
    tookMs += singleEdits.at(-1) ?? 0;
    if (index % 1000 === 0) {
      console.log(`${index} edits, one for each delta: ${tookMs} ms`);
    }
  }
  isStreaming = false;
  await keys;
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return singleEdits;
}

function insertAt(editor: vscode.TextEditor, at: vscode.Position, text: string): Thenable<boolean> {
  const noUndoStops = { undoStopBefore: false, undoStopAfter: false };
  return editor.edit((edit) => edit.insert(at, text), noUndoStops);
}

async function openNotes(): Promise<vscode.TextEditor> {
  const content = '\nnotes:';
  const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

/** Types letters at the end of the document, and gives how long each took to be in it. */
async function typeKeys(
  document: vscode.TextDocument,
  goesOn: (count: number) => boolean,
): Promise<readonly number[]> {
  const latencies: number[] = [];
  while (goesOn(latencies.length)) {
    const start = now();
    const typed = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document) return;
        if (!event.contentChanges.some(({ text }) => text === 'k')) return;
        subscription.dispose();
        resolve();
      });
    });
    void vscode.commands.executeCommand('type', { text: 'k' });
    await typed;
    latencies.push(now() - start);
    await sleep(keyEveryMs);
  }
  return latencies;
}

async function timed(times: number[], work: () => Thenable<boolean>): Promise<boolean> {
  const start = now();
  const done = await work();
  times.push(now() - start);
  return done;
}
