import * as vscode from 'vscode';
import { createItemId, type RunPlan } from '../../core/batches/file-run.ts';
import { formatFileCount, getRunTitle } from '../../core/batches/results-markdown.ts';
import type { CheckedRequest, CountableRequest } from '../../core/claude/checked-request.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import { listBuiltInPrompts } from '../../core/prompt/built-in-prompts.ts';
import { chooseSavedPrompt, type SavedPromptStore } from '../prompts/saved-prompts.ts';
import { chooseMode, countRun, type RunCount } from './choose-mode.ts';
import { chooseFiles, maxFiles, type ReadFiles, readFiles } from './run-files.ts';
import type { BatchServices } from './run-services.ts';

/** What is asked about each file. */
interface FilePrompt {
  /** As it is called, or its own words. */
  readonly name: string;
  readonly text: string;
}

/** The way to prompts. Null where none is chosen. */
export type ChoosePrompt = (title: string) => Promise<FilePrompt | null>;

interface PromptRow extends vscode.QuickPickItem {
  readonly prompt: () => Promise<FilePrompt | null>;
}

/** Ours, a saved one, or the user's own words. */
export function createPromptChooser(saved: SavedPromptStore): ChoosePrompt {
  return async (title) => {
    const rows = [...builtInRows(), ...savedAndFreeRows(saved, title)];
    const chosen = await vscode.window.showQuickPick(rows, {
      title,
      placeHolder: vscode.l10n.t('What is asked about each file'),
      ignoreFocusOut: true,
    });
    return chosen === undefined ? null : chosen.prompt();
  };
}

async function askForFreePrompt(title: string): Promise<FilePrompt | null> {
  const written = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('What is asked about each file'),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Type a question.') : null),
  });
  const text = written?.trim() ?? '';
  return text === '' ? null : { name: text, text };
}

function savedAndFreeRows(saved: SavedPromptStore, title: string): readonly PromptRow[] {
  return [
    {
      label: vscode.l10n.t('Saved Prompt…'),
      description: vscode.l10n.t('those that need no editor'),
      prompt: () => chooseSavedPrompt(saved, title, 'no editor'),
    },
    { label: vscode.l10n.t('In Your Own Words…'), prompt: () => askForFreePrompt(title) },
  ];
}

function builtInRows(): readonly PromptRow[] {
  return listBuiltInPrompts('files', vscode.l10n).map(({ title, description, text }) => ({
    label: title,
    description,
    prompt: () => Promise.resolve({ name: title, text }),
  }));
}

/** The API takes 256 MB in a batch; a run of more characters than this was hardly meant. */
const maxCharacters = 50_000_000;

/** What a run is asked for with. */
export interface RunArguments {
  /** Files and folders; empty where the user is to choose. */
  readonly uris: readonly vscode.Uri[];
  /** Null where the user is to choose it. */
  readonly prompt: string | null;
}

export interface PreparedRun {
  readonly plan: RunPlan;
  /** One for each of the plan's items, in their order. */
  readonly requests: readonly CheckedRequest[];
}

/**
 * From files and a prompt to what is to be sent, with the user's last word on what it costs. Null
 * where they thought better of it, or there is nothing to send.
 * @param signal ends the counting
 */
export async function prepareRun(
  args: RunArguments,
  parts: BatchServices,
  choosePrompt: ChoosePrompt,
  signal: AbortSignal,
): Promise<PreparedRun | null> {
  const uris = await chooseFiles(args.uris);
  if (uris === null || uris.length === 0 || !isWithinLimit(uris.length)) return null;
  const title = formatFileCount(uris.length, vscode.l10n);
  const prompt = args.prompt === null ? await choosePrompt(title) : freePrompt(args.prompt);
  if (prompt === null || !(await parts.keyPrompt.ensureKey())) return null;
  const read = await readFiles(uris);
  if (!isSendable(read)) return null;
  const checked = await parts.preflight.checkFiles({
    prompt: { kind: 'free', text: prompt.text },
    attachments: read.files,
  });
  if (checked === null) return null;
  const sendable = withoutLeftOut(read, checked.attachments);
  if (!isSendable(sendable)) return null;
  const count = await countWithProgress(checked.requests, parts, signal);
  if (count === null) return null;
  const plan = createPlan(prompt, sendable, parts);
  const canBatch = parts.connections.runtime === 'node';
  const mode = await chooseMode(
    getRunTitle({ plan }, vscode.l10n),
    count,
    sendable.leftOut,
    canBatch,
  );
  if (mode === null) return null;
  const requests = await checked.approve({ cost: count.cost(mode), costExact: count.exact });
  return requests === null ? null : { plan: { ...plan, mode }, requests };
}

/** @param kept what the user sends of the files that hold secrets */
function withoutLeftOut({ files, leftOut }: ReadFiles, kept: readonly Attachment[]): ReadFiles {
  const uris = new Set(kept.flatMap((each) => (each.kind === 'selection' ? [each.uri] : [])));
  const reason = vscode.l10n.t('it may contain a secret');
  const dropped = files.filter(({ uri }) => !uris.has(uri));
  return {
    files: files.filter(({ uri }) => uris.has(uri)),
    leftOut: [...leftOut, ...dropped.map(({ file }) => ({ file, reason }))],
  };
}

function createPlan(
  { name }: FilePrompt,
  { files, leftOut }: ReadFiles,
  { settings }: BatchServices,
): RunPlan {
  const id = crypto.randomUUID().replaceAll('-', '');
  const items = files.map(({ file }, index) => ({ id: createItemId(id, index), file }));
  const { model } = settings.read();
  return { id, at: Date.now(), mode: 'batch', prompt: name, model, items, leftOut };
}

/** Null where the user didn't wait for it. */
async function countWithProgress(
  requests: readonly CountableRequest[],
  { connections, settings }: BatchServices,
  closing: AbortSignal,
): Promise<RunCount | null> {
  const claude = await connections.open();
  if (claude === null) return null;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Counting tokens'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const cancel = new AbortController();
    const subscription = token.onCancellationRequested(() => cancel.abort());
    const increment = 100 / requests.length;
    const signal = AbortSignal.any([cancel.signal, closing]);
    const { prices } = settings.read();
    const count = await countRun(requests, claude, prices, signal, (done) =>
      progress.report({ increment, message: `${done} / ${requests.length}` }),
    );
    subscription.dispose();
    return signal.aborted ? null : count;
  });
}

function freePrompt(text: string): FilePrompt {
  return { name: text, text };
}

function isWithinLimit(files: number): boolean {
  if (files <= maxFiles) return true;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('That is more than {0} files. Choose fewer.', maxFiles),
  );
  return false;
}

function isSendable({ files, leftOut }: ReadFiles): boolean {
  if (files.length === 0) {
    const [first] = leftOut;
    void vscode.window.showWarningMessage(
      first === undefined || leftOut.length > 1
        ? vscode.l10n.t('None of these files can be sent: they are empty, binary or too large.')
        : vscode.l10n.t('{0} can’t be sent: {1}.', first.file, first.reason),
    );
    return false;
  }
  if (files.reduce((sum, { text }) => sum + text.length, 0) <= maxCharacters) return true;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('That is more than the API takes at once. Choose fewer files.'),
  );
  return false;
}
