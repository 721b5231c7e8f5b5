import * as vscode from 'vscode';
import { canContinue } from '../../core/conversation/can-continue.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { describeOutcome } from '../../core/conversation/describe-outcome.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import { actionLabel, runAction } from '../failures/run-action.ts';
import { type NotificationButton, showFailure } from '../failures/show-failure.ts';
import type { Place } from '../replies/place.ts';
import type { Question, ReplyStarter } from '../replies/reply-starter.ts';
import type { RunningReplies } from '../replies/running-replies.ts';
import { ReplyDocument } from './reply-document.ts';

/** Streams replies into new Markdown documents. */
export class DocumentTarget implements vscode.Disposable {
  readonly #starter: ReplyStarter;
  readonly #running: RunningReplies;
  readonly #open = new Set<ReplyDocument>();
  readonly #tabs: vscode.Disposable;

  constructor(starter: ReplyStarter, running: RunningReplies) {
    this.#starter = starter;
    this.#running = running;
    this.#tabs = vscode.window.tabGroups.onDidChangeTabs(() => this.#forgetClosed());
  }

  /** Resolves when the reply has ended and is written. */
  async ask(question: Question): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown' });
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
    const opened = new ReplyDocument(document, this.#starter, this.#running);
    this.#open.add(opened);
    this.#report(opened, await opened.ask(question));
  }

  /** Goes on in the active editor, where its document is an unfinished reply's; else false. */
  continueActive(): boolean {
    const active = [...this.#open].find(isActive);
    if (active === undefined || !active.canContinue) return false;
    void this.#continue(active);
    return true;
  }

  placeOf(conversation: Conversation): Place | null {
    const opened = [...this.#open].find((each) => each.shows(conversation));
    if (opened === undefined) return null;
    const name = vscode.workspace.asRelativePath(opened.uri);
    return { kind: 'document', name, isActive: isActive(opened) };
  }

  dispose(): void {
    this.#tabs.dispose();
    for (const opened of this.#open) opened.dispose();
  }

  async #continue(opened: ReplyDocument): Promise<void> {
    const turn = await opened.continue();
    if (turn !== null) this.#report(opened, turn);
  }

  /** The document says how the reply ended; what can be done about it is said here. */
  #report(opened: ReplyDocument, { prompt, attachments, reply }: Turn): void {
    const { outcome } = reply;
    // Whoever stopped it knows; a closed document needs no words.
    if (outcome === null || !this.#open.has(opened)) return;
    if (outcome.kind !== 'broken' && outcome.kind !== 'cut') return;
    const { sentence, action } = describeOutcome(outcome, vscode.l10n);
    if (sentence === null) return;
    const buttons: NotificationButton[] = [];
    if (canContinue(reply)) {
      const run = (): void => void this.#continue(opened);
      buttons.push({ label: vscode.l10n.t('Continue'), run });
    }
    if (action !== null) {
      const retry = (): void => void this.ask({ prompt, attachments });
      buttons.push({ label: actionLabel(action), run: () => runAction(action, retry) });
    }
    void showFailure(sentence, buttons);
  }

  #forgetClosed(): void {
    for (const opened of this.#open) {
      if (isOpen(opened.uri)) continue;
      this.#open.delete(opened);
      opened.dispose();
    }
  }
}

function isActive({ uri }: ReplyDocument): boolean {
  return vscode.window.activeTextEditor?.document.uri.toString() === uri.toString();
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(
      ({ input }) =>
        input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
    ),
  );
}
