import * as vscode from 'vscode';
import { itemId, type RunPlan } from '../../core/batches/file-run.ts';
import { filesText, titleOf } from '../../core/batches/results-markdown.ts';
import type { CheckedRequest, CountableRequest } from '../../core/claude/checked-request.ts';
import { chooseFiles, mostFiles } from './choose-files.ts';
import { chooseMode } from './choose-mode.ts';
import type { ChoosePrompt, FilePrompt } from './choose-prompt.ts';
import { countRun, type RunCount } from './count-run.ts';
import { type ReadFiles, readFiles } from './read-files.ts';
import type { BatchesParts } from './run-parts.ts';

/** The API takes 256 MB in a batch; a run of more characters than this was hardly meant. */
const mostCharacters = 50_000_000;

/** What a run is asked for with. */
export interface RunAsked {
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
  asked: RunAsked,
  parts: BatchesParts,
  choosePrompt: ChoosePrompt,
  signal: AbortSignal,
): Promise<PreparedRun | null> {
  const uris = await chooseFiles(asked.uris);
  if (uris === null || uris.length === 0 || !isWithinLimit(uris.length)) return null;
  const title = filesText(uris.length, vscode.l10n);
  const prompt = asked.prompt === null ? await choosePrompt(title) : inWords(asked.prompt);
  if (prompt === null || !(await parts.keyPrompt.ensureKey())) return null;
  const read = await readFiles(uris);
  if (!isSendable(read)) return null;
  const checked = await parts.preflight.checkFiles({
    prompt: { kind: 'free', text: prompt.text },
    attachments: read.files,
  });
  const count = checked === null ? null : await counted(checked.requests, parts, signal);
  if (checked === null || count === null) return null;
  const plan = planOf(prompt, read, parts);
  const canBatch = parts.connections.runtime === 'node';
  const mode = await chooseMode(titleOf({ plan }, vscode.l10n), count, read.leftOut, canBatch);
  if (mode === null) return null;
  const requests = await checked.approve({ cost: count.cost(mode), costExact: count.exact });
  return requests === null ? null : { plan: { ...plan, mode }, requests };
}

function planOf(
  { name }: FilePrompt,
  { files, leftOut }: ReadFiles,
  { settings }: BatchesParts,
): RunPlan {
  const id = crypto.randomUUID().replaceAll('-', '');
  const items = files.map(({ file }, index) => ({ id: itemId(id, index), file }));
  const { model } = settings.read();
  return { id, at: Date.now(), mode: 'batch', prompt: name, model, items, leftOut };
}

/** Null where the user didn't wait for it. */
async function counted(
  requests: readonly CountableRequest[],
  { connections, settings }: BatchesParts,
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

function inWords(text: string): FilePrompt {
  return { name: text, text };
}

function isWithinLimit(files: number): boolean {
  if (files <= mostFiles) return true;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('That is more than {0} files. Choose fewer.', mostFiles),
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
  if (files.reduce((sum, { text }) => sum + text.length, 0) <= mostCharacters) return true;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('That is more than the API takes at once. Choose fewer files.'),
  );
  return false;
}
