import * as vscode from 'vscode';
import { Conversation, type Turn } from '../../core/conversation/conversation.ts';
import { canContinue, describeOutcome } from '../../core/conversation/outcome.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { Question } from '../../core/prompt/question.ts';
import { now } from '../../core/time.ts';
import type { ReplyService } from '../ask/reply-service.ts';
import type { ReplyLocation, RunningReplies } from '../ask/running-replies.ts';
import { contextKeys } from '../command-ids.ts';
import { detectIndentation, getWriteProblem } from '../editor/edit-document.ts';
import {
  failureActionLabel,
  type NotificationButton,
  runFailureAction,
  showFailure,
} from '../notifications.ts';
import { type CursorTarget, createCursorTarget } from './cursor-target.ts';
import { InsertionPoint } from './insertion-point.ts';
import { codeFormat, proseFormat, ReplyDocument } from './reply-document.ts';

interface DocumentTargetServices {
  readonly replies: Pick<ReplyService, 'continue' | 'submit'>;
  readonly running: Pick<RunningReplies, 'all' | 'onDidChange' | 'stop'>;
}

/** Streams replies into new documents, and to the cursor in any. */
export class DocumentTarget implements vscode.Disposable {
  readonly #services: DocumentTargetServices;
  readonly #open = new Set<ReplyDocument>();
  readonly #subscriptions: vscode.Disposable;

  constructor(services: DocumentTargetServices) {
    this.#services = services;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.tabGroups.onDidChangeTabs(() => this.#forgetClosed()),
      vscode.workspace.onDidSaveTextDocument((saved) => {
        for (const opened of this.#open) opened.followSave(saved);
        this.#updateContext();
      }),
      services.running.onDidChange(() => this.#updateContext()),
    );
  }

  /**
   * Resolves when the reply has ended and is written, or nothing was sent.
   * @param question what asks for code is answered by code alone
   * @param language of the new document, by VS Code's identifier
   */
  async ask(question: Question, language = 'markdown'): Promise<void> {
    await this.#askInNew(question, language, false);
  }

  /** Streams a reply to the editor's cursor; resolves as `ask` does. */
  askAtCursor(editor: vscode.TextEditor | undefined, askForWords: AskForText): Promise<void> {
    return askAtCursor(this, editor, askForWords);
  }

  /**
   * As `ask` does, at the cursor. False where nothing was sent.
   * @param place is its own from now on, unless nothing was sent
   */
  askAt(place: CursorTarget, question: Question): Promise<boolean> {
    return this.#ask(question, { open: async () => place, again: null, isRepeat: false });
  }

  /**
   * Goes on in the active editor, where its document is an unfinished reply's; else false.
   * @param onNotContinuable called where that reply can't go on after all
   */
  continueActive(onNotContinuable: () => void): boolean {
    const active = [...this.#open].findLast((each) => each.canContinue && isActive(each));
    if (active === undefined) return false;
    void this.#continue(active, null, onNotContinuable);
    return true;
  }

  /** Stops the replies that stream into a document; false where none does. */
  stopIn(uri: vscode.Uri): boolean {
    const replies = this.#streaming.filter(({ opened }) => isSame(opened.uri, uri));
    for (const { replyId } of replies) void this.#services.running.stop(replyId);
    return replies.length > 0;
  }

  locate(conversation: Conversation): ReplyLocation | null {
    const opened = [...this.#open].find((each) => each.shows(conversation));
    if (opened === undefined) return null;
    const name = vscode.workspace.asRelativePath(opened.uri);
    return { kind: 'document', name, isActive: isActive(opened) };
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const opened of this.#open) opened.dispose();
  }

  /** The replies that stream into documents. */
  get #streaming(): readonly { readonly opened: ReplyDocument; readonly replyId: string }[] {
    return this.#services.running.all.flatMap(({ conversation, turn }) =>
      [...this.#open]
        .filter((opened) => opened.shows(conversation))
        .map((opened) => ({ opened, replyId: turn.reply.id })),
    );
  }

  #updateContext(): void {
    const uris = this.#streaming.map(({ opened }) => opened.uri.toString());
    void vscode.commands.executeCommand('setContext', contextKeys.streamingDocuments, uris);
  }

  async #askInNew(question: Question, language: string, isRepeat: boolean): Promise<void> {
    const open = async (): Promise<Opening> => {
      const document = await vscode.workspace.openTextDocument({
        language: await knownLanguage(language),
      });
      await vscode.window.showTextDocument(document, {
        viewColumn: vscode.ViewColumn.Beside,
        preserveFocus: true,
        preview: false,
      });
      const isCode = question.prompt.kind === 'code';
      const format = isCode ? codeFormat('', detectIndentation(document)) : proseFormat();
      return { point: new InsertionPoint(document), format };
    };
    const again = (asked: Question): Promise<void> => this.#askInNew(asked, language, true);
    await this.#ask(question, { open, again, isRepeat });
  }

  async #ask(question: Question, { open, again, isRepeat }: DocumentPlace): Promise<boolean> {
    const conversation = new Conversation(now, { mayGoOn: false });
    let opened: ReplyDocument | undefined;
    const turn = await this.#services.replies.submit(question, {
      conversation,
      isRepeat,
      open: async () => {
        const { point, format } = await open();
        const added = new ReplyDocument(point, format, conversation, this.#services);
        added.onDidUndo(() => this.#forget(added));
        this.#open.add(added);
        added.begin();
        opened = added;
        return conversation;
      },
    });
    if (turn === null || opened === undefined) return false;
    const { prompt, attachments } = turn;
    const retry = again === null ? null : () => again({ ...question, prompt, attachments });
    this.#report(opened, await opened.end(turn), retry);
    return true;
  }

  async #continue(
    opened: ReplyDocument,
    again: (() => Promise<void>) | null,
    onNotContinuable?: () => void,
  ): Promise<void> {
    const turn = await opened.continue(onNotContinuable);
    if (turn !== null) this.#report(opened, turn, again);
  }

  /** The document says how the reply ended; what can be done about it is said here. */
  #report(opened: ReplyDocument, { reply }: Turn, again: (() => Promise<void>) | null): void {
    const { outcome } = reply;
    // Whoever stopped it knows; a closed document needs no words.
    if (outcome === null || !this.#open.has(opened)) return;
    const isContinuable = canContinue(reply);
    if (opened.unwritten !== '') {
      notifyUnwritten(reply);
      return;
    }
    const isSaidThere = outcome.kind === 'refused' && opened.showsOutcome;
    if (outcome.kind === 'stopped' || isSaidThere) return;
    const { sentence, action } = describeOutcome(outcome, vscode.l10n);
    if (sentence === null) return;
    const buttons: NotificationButton[] = [];
    if (isContinuable) {
      const run = (): void => void this.#continue(opened, again);
      buttons.push({ label: vscode.l10n.t('Continue'), run });
    }
    if (action !== null && (action !== 'retry' || again !== null)) {
      const retry = (): void => void again?.();
      buttons.push({
        label: failureActionLabel(action),
        run: () => void runFailureAction(action, retry),
      });
    }
    void showFailure(sentence, buttons);
  }

  #forgetClosed(): void {
    for (const opened of this.#open) {
      if (!opened.isOpen) this.#forget(opened);
    }
  }

  #forget(opened: ReplyDocument): void {
    this.#open.delete(opened);
    opened.dispose();
  }
}

/** Where a reply goes in a document. */
type Opening = Pick<CursorTarget, 'point' | 'format'>;

interface DocumentPlace {
  /** Called once the question may be sent. */
  readonly open: () => Promise<Opening>;
  /** Asks the same thing once more; null where its place isn't known any more. */
  readonly again: ((question: Question) => Promise<void>) | null;
  readonly isRepeat: boolean;
}

function isActive({ uri }: ReplyDocument): boolean {
  const active = vscode.window.activeTextEditor?.document.uri;
  return active !== undefined && isSame(active, uri);
}

function isSame(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}

function notifyUnwritten({ text }: Reply): void {
  const copy = vscode.l10n.t('Copy the Reply');
  void showFailure(vscode.l10n.t('The document is read-only: the reply could not be written.'), [
    { label: copy, run: () => void vscode.env.clipboard.writeText(text) },
  ]);
}

/** Plain text where no extension knows the language. */
async function knownLanguage(language: string): Promise<string> {
  return (await vscode.languages.getLanguages()).includes(language) ? language : 'plaintext';
}

/** Asks for the question's words; null where there are none. */
type AskForText = (
  attachments: readonly Attachment[],
  promptFor: (words: string) => Prompt,
) => Promise<string | null>;

/** Streams a reply to the editor's cursor, where it was when it was asked for, however it moves. */
async function askAtCursor(
  target: { askAt(place: CursorTarget, question: Question): Promise<boolean> },
  editor: vscode.TextEditor | undefined,
  askForWords: AskForText,
): Promise<void> {
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Put the cursor where the reply should go first.'),
    );
    return;
  }
  const { document } = editor;
  if ((await getWriteProblem(document)) === 'read-only') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} is read-only: no reply can go there. Nothing was sent.',
        vscode.workspace.asRelativePath(document.uri),
      ),
    );
    return;
  }
  const place = await createCursorTarget(editor);
  const { attachments, promptFor } = place;
  const words = await askForWords(attachments, promptFor);
  const isSent =
    words !== null && (await target.askAt(place, { prompt: promptFor(words), attachments }));
  if (!isSent) place.dispose();
}
