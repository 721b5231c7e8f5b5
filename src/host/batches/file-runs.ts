import * as vscode from 'vscode';
import {
  type FileRun,
  itemId,
  type RunMode,
  type RunPlan,
  receiptOfAnswer,
} from '../../core/batches/file-run.ts';
import {
  filesText,
  resultsMarkdown,
  titleOf,
  totalLine,
} from '../../core/batches/results-markdown.ts';
import { describeFailure } from '../../core/claude/describe-failure.ts';
import type { Failure } from '../../core/claude/failure.ts';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import { hasUsage } from '../../core/claude/usage.ts';
import { Emitter } from '../../core/emitter.ts';
import { buildRequest } from '../../core/prompt/build-request.ts';
import { actionLabel, runAction } from '../failures/run-action.ts';
import { showFailure } from '../failures/show-failure.ts';
import { chooseFiles, mostFiles } from './choose-files.ts';
import { chooseMode } from './choose-mode.ts';
import { type ChoosePrompt, choosePrompt, type FilePrompt } from './choose-prompt.ts';
import { countRun, type RunCount } from './count-run.ts';
import { followBatch } from './follow-batch.ts';
import { type ReadFiles, readFiles } from './read-files.ts';
import type { BatchesParts } from './register-batches.ts';
import { runNow } from './run-now.ts';
import { type RunEnd, type RunParts, type RunWatch, usualPace } from './run-parts.ts';
import { showRunProgress } from './run-progress.ts';
import { RunStore } from './run-store.ts';
import { sendBatch } from './send-batch.ts';

/** The API takes 256 MB in a batch; a run of more characters than this was hardly meant. */
const mostCharacters = 50_000_000;

/** What a run is asked for with. */
export interface RunAsked {
  /** Files and folders; empty where the user is to choose. */
  readonly uris: readonly vscode.Uri[];
  /** Null where the user is to choose it. */
  readonly prompt: string | null;
}

/** A run that this window watches. */
interface Active {
  /** Stops it: what was answered stays. */
  readonly stop: () => void;
  readonly done: Promise<void>;
}

/** The entry of the lazily loaded chunk: a prompt on many files, without streaming. */
export class FileRuns implements vscode.Disposable {
  readonly #parts: BatchesParts;
  readonly #run: RunParts;
  readonly #choosePrompt: ChoosePrompt;
  readonly #closing = new AbortController();
  readonly #active = new Map<string, Active>();

  /** @param choose where prompts come from */
  constructor(parts: BatchesParts, choose: ChoosePrompt = choosePrompt, pace = usualPace) {
    this.#parts = parts;
    this.#choosePrompt = choose;
    const { connections, settings, spending, storage } = parts;
    const log = (error: unknown): void => this.#log(error);
    this.#run = {
      store: new RunStore(storage),
      connect: () => connections.openWithKey(),
      prices: () => settings.read().prices,
      count: async (id, answer) => {
        if (!hasUsage(answer.usage)) return;
        try {
          const { ledger } = await spending.load();
          await ledger.record(id, receiptOfAnswer(answer));
        } catch (error) {
          log(error);
        }
      },
      onProblem: log,
      pace,
    };
  }

  get store(): RunStore {
    return this.#run.store;
  }

  isActive(id: string): boolean {
    return this.#active.has(id);
  }

  /** From files and a prompt to a run that goes on; resolves when that has begun, or nothing has. */
  async start(asked: RunAsked): Promise<void> {
    const uris = await chooseFiles(asked.uris);
    if (uris === null || uris.length === 0 || !isWithinLimit(uris.length)) return;
    const title = filesText(uris.length, vscode.l10n);
    const prompt = asked.prompt === null ? await this.#choosePrompt(title) : inWords(asked.prompt);
    if (prompt === null || !(await this.#parts.connections.ensureKey())) return;
    const read = await readFiles(uris);
    if (!isSendable(read)) return;
    const requests = this.#requests(prompt, read);
    const count = await this.#count(requests);
    if (count === null) return;
    const plan = this.#plan(prompt, read);
    const mode = await chooseMode(titleOf({ plan }, vscode.l10n), count, read.leftOut);
    if (mode === null || !(await this.#isInBudget(count, mode))) return;
    this.#send({ ...plan, mode }, requests);
  }

  /** Follows the batches that no window follows any more, or that another one follows too. */
  async resume(): Promise<void> {
    for (const { plan, hasEnded } of await this.store.list()) {
      if (plan.mode === 'batch' && !hasEnded) this.follow(plan, vscode.ProgressLocation.Window);
    }
  }

  /** Watches a batch that was sent before. */
  follow(plan: RunPlan, location = vscode.ProgressLocation.Notification): void {
    this.#watch(plan, location, (watch) => followBatch(plan.id, this.#run, watch));
  }

  /** Stops a run that this window watches, or a batch; resolves when that is asked for. */
  async stop({ plan, batchId }: FileRun): Promise<void> {
    const active = this.#active.get(plan.id);
    if (active !== undefined) active.stop();
    else if (batchId !== null) await this.#cancel(plan.id);
  }

  /** Forgets a run and its answers; one that goes on is stopped before. */
  async remove(run: FileRun): Promise<void> {
    const { id } = run.plan;
    if (!run.hasEnded) await this.stop(run);
    // A batch that is forgotten isn't waited for: what it brings nobody wants.
    if (run.plan.mode === 'now') await this.#active.get(id)?.done;
    await this.store.delete(id);
  }

  async openResults(run: FileRun): Promise<void> {
    const content = resultsMarkdown(run, vscode.l10n);
    const document = await vscode.workspace.openTextDocument({ content, language: 'markdown' });
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    this.#closing.abort();
  }

  #requests(prompt: FilePrompt, { files }: ReadFiles): readonly ClaudeRequest[] {
    // A summary of the thinking would be written for nobody.
    const settings = { ...this.#parts.settings.read(), showThinking: false };
    return files.map((file) => buildRequest({ kind: 'free', text: prompt.text }, [file], settings));
  }

  #plan({ name }: FilePrompt, { files, leftOut }: ReadFiles): RunPlan {
    const id = crypto.randomUUID().replaceAll('-', '');
    const items = files.map(({ file }, index) => ({ id: itemId(id, index), file }));
    const { model } = this.#parts.settings.read();
    return { id, at: Date.now(), mode: 'batch', prompt: name, model, items, leftOut };
  }

  /** Null where the user didn't wait for it. */
  async #count(requests: readonly ClaudeRequest[]): Promise<RunCount | null> {
    const claude = await this.#run.connect();
    if (claude === null) return null;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Counting tokens'),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (progress, token) => {
      const cancel = new AbortController();
      const subscription = token.onCancellationRequested(() => cancel.abort());
      const step = 100 / requests.length;
      const signal = AbortSignal.any([cancel.signal, this.#closing.signal]);
      const prices = this.#run.prices();
      const count = await countRun(requests, claude, prices, signal, (done) =>
        progress.report({ increment: step, message: `${done} / ${requests.length}` }),
      );
      subscription.dispose();
      return signal.aborted ? null : count;
    });
  }

  async #isInBudget(count: RunCount, mode: RunMode): Promise<boolean> {
    if (this.#parts.settings.read().dailyBudget === 0) return true;
    const { budget } = await this.#parts.spending.load();
    return budget.allowsInput({ cost: count.cost(mode), costExact: count.exact });
  }

  #send(plan: RunPlan, requests: readonly ClaudeRequest[]): void {
    const { Notification } = vscode.ProgressLocation;
    if (plan.mode === 'batch') {
      let isSent = false;
      let isUnwanted = false;
      this.#watch(
        plan,
        Notification,
        (watch) =>
          sendBatch(plan, requests, this.#run, watch, () => {
            isSent = true;
            if (isUnwanted) void this.#cancel(plan.id);
          }),
        () => {
          isUnwanted = true;
          if (isSent) void this.#cancel(plan.id);
        },
      );
      return;
    }
    const stop = new AbortController();
    this.#watch(
      plan,
      Notification,
      (watch) => runNow(plan, requests, this.#run, watch, stop.signal),
      () => stop.abort(),
    );
  }

  /** @param stop stops it; left out for a batch that was sent before */
  #watch(
    plan: RunPlan,
    location: vscode.ProgressLocation,
    go: (watch: RunWatch) => Promise<RunEnd>,
    stop: () => void = () => void this.#cancel(plan.id),
  ): void {
    if (this.#active.has(plan.id)) return;
    const hurry = new Emitter<void>();
    const stopNow = (): void => {
      stop();
      hurry.fire();
    };
    const watched = showRunProgress(plan, location, stopNow, (report) =>
      go({ report, signal: this.#closing.signal, onHurry: hurry.event }),
    );
    // It doesn't reject.
    const done = watched.then((end) => this.#tell(plan, end)).catch((error) => this.#log(error));
    this.#active.set(plan.id, { stop: stopNow, done });
    void done.finally(() => this.#active.delete(plan.id));
  }

  async #cancel(id: string): Promise<void> {
    const [run, claude] = await Promise.all([this.store.read(id), this.#run.connect()]);
    if (run === null || run.batchId === null || claude === null) return;
    const canceled = await claude.batches.cancel(run.batchId, this.#closing.signal);
    // One that has just ended can't be cancelled: its results say how it ended.
    if (!canceled.ok) this.#log(describeFailure(canceled.failure, vscode.l10n).message);
  }

  async #tell(plan: RunPlan, end: RunEnd): Promise<void> {
    switch (end.kind) {
      case 'left':
        return;
      case 'ended': {
        if (!end.isNews) return;
        await this.#countToday();
        const { run } = end;
        this.#parts.log.info(`${plan.mode} run: ${totalLine(run, english)}`);
        // Who watched it wants to read it; a batch may end in the middle of something else.
        if (plan.mode === 'now') await this.openResults(run);
        else this.#tellEnded(run);
        return;
      }
      case 'unsent':
        if (end.failure !== null) this.#tellFailed(end.failure, null);
        else {
          void vscode.window.showWarningMessage(
            vscode.l10n.t(
              'The batch “{0}” never reached the API. It has cost nothing; run it again.',
              titleOf({ plan }, vscode.l10n),
            ),
          );
        }
        return;
      case 'failed':
        this.#tellFailed(end.failure, plan);
        return;
    }
  }

  #tellEnded(run: FileRun): void {
    const open = vscode.l10n.t('Open Results');
    const ended = vscode.l10n.t('The batch “{0}” has ended.', titleOf(run, vscode.l10n));
    const told = vscode.window.showInformationMessage(
      `${ended} ${totalLine(run, vscode.l10n)}`,
      open,
    );
    void told.then((pressed) => (pressed === open ? this.openResults(run) : undefined));
  }

  /** @param plan of a batch that can be followed again; null where there is none */
  #tellFailed(failure: Failure, plan: RunPlan | null): void {
    const { message, action, logLevel } = describeFailure(failure, vscode.l10n);
    this.#parts.log[logLevel](`run on files: ${failure.kind}`);
    const again = {
      label: vscode.l10n.t('Try Again'),
      run: () => {
        if (plan !== null) this.follow(plan);
      },
    };
    const help = { label: actionLabel(action), run: () => runAction(action, again.run) };
    const buttons = action === 'retry' ? [] : [help];
    void showFailure(message, plan === null ? buttons : [...buttons, again]);
  }

  /** The status bar's sum of the day. */
  async #countToday(): Promise<void> {
    try {
      const { ledger } = await this.#parts.spending.load();
      this.#parts.usage.today = await ledger.today();
    } catch (error) {
      this.#log(error);
    }
  }

  #log(error: unknown): void {
    this.#parts.log.error(error instanceof Error ? error : String(error));
  }
}

/** The log is in English: it is made to be pasted into a bug report. */
const english = {
  t: (message: string, ...given: (string | number | boolean)[]): string =>
    message.replace(/\{(\d+)\}/g, (whole, index) => String(given[Number(index)] ?? whole)),
};

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
