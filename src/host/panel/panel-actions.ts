import * as vscode from 'vscode';
import type { Conversation, Turn } from '../../core/conversation/conversation.ts';
import { toError } from '../../core/errors.ts';
import { type Attachment, createImageAttachment } from '../../core/prompt/attachment.ts';
import type { Question } from '../../core/prompt/question.ts';
import type { CodeMessage, EditMessage, FromWebview } from '../../core/protocol/from-webview.ts';
import type { PanelAction, ToWebview } from '../../core/protocol/to-webview.ts';
import type { Preflight } from '../ask/preflight.ts';
import type { ReplyService } from '../ask/reply-service.ts';
import type { RunningReplies } from '../ask/running-replies.ts';
import { type ModelSource, pickModel } from '../connection/choose-model.ts';
import type { Connections } from '../connection/connections.ts';
import type { KeyPrompt } from '../connection/key-prompt.ts';
import { type EditorCodeMessage, runCodeAction } from '../editor/code-block-actions.ts';
import { editorColumn } from '../editor/columns.ts';
import type { LastEditor } from '../editor/last-editor.ts';
import { readFiles } from '../editor/read-files.ts';
import { readSelectionsToAttach } from '../editor/read-selections.ts';
import { SourceTracker } from '../editor/source-tracker.ts';
import { runFailureAction } from '../notifications.ts';
import type { Replacements } from '../replace/replacements.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { BudgetGuard } from '../usage/budget-guard.ts';
import type { InputCounter } from '../usage/input-counter.ts';
import type { ComposerAttachments } from './composer-attachments.ts';
import { ComposerEstimate } from './composer-estimate.ts';
import { ComposerImageCheck, ComposerModel } from './composer-model.ts';
import { ComposerQuestions } from './composer-questions.ts';

/**
 * Opens a link of a reply. VS Code asks first and shows where it leads, unless the user trusts the
 * domain. Whatever the webview sends, only http and https lead anywhere, and not with a user in
 * front of the server, which would read like another server.
 */
function openLink(href: string): void {
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return;
  const url = new URL(href);
  if (url.username !== '' || url.password !== '') return;
  void vscode.env.openExternal(vscode.Uri.parse(url.href, true));
}

export interface PanelActionServices {
  readonly preflight: Pick<Preflight, 'draft'>;
  readonly connections: Pick<Connections, 'getCapabilities' | 'onDidLearnCapabilities'>;
  readonly keyPrompt: ModelSource & Pick<KeyPrompt, 'askAndStore'>;
  readonly settings: Pick<SettingsReader, 'read'>;
  readonly replies: Pick<ReplyService, 'continue' | 'submit'>;
  readonly running: Pick<RunningReplies, 'interrupt' | 'retryNow' | 'stop'>;
  readonly lastEditor: Pick<LastEditor, 'current'>;
  readonly spending: {
    readonly counter: Pick<InputCounter, 'follow'>;
    readonly budget: Pick<BudgetGuard, 'createCheck'>;
  };
  readonly replacements: Pick<Replacements, 'propose'>;
  readonly log: Pick<vscode.LogOutputChannel, 'error' | 'warn'>;
}

/** The panel that shows the conversation. */
export interface PanelView {
  /** @returns false where the page is hidden, and the message lost */
  readonly post: (message: ToWebview) => boolean;
  /** Puts the focus where the next question is written, also from elsewhere in the window. */
  readonly compose: () => void;
}

/** What the reader can do in a panel, to its conversation or with it. */
export class PanelActions {
  readonly #conversation: Conversation;
  readonly #attachments: ComposerAttachments;
  readonly #services: PanelActionServices;
  readonly #post: (message: ToWebview) => boolean;
  readonly #sources: SourceTracker;
  readonly #model: ComposerModel;
  readonly #images: ComposerImageCheck;
  readonly #questions: ComposerQuestions;
  /** Undefined until something was written. */
  #estimate: ComposerEstimate | undefined;

  constructor(
    conversation: Conversation,
    attachments: ComposerAttachments,
    services: PanelActionServices,
    { post, compose }: PanelView,
  ) {
    this.#conversation = conversation;
    this.#attachments = attachments;
    this.#services = services;
    this.#post = post;
    this.#sources = new SourceTracker(conversation, post);
    this.#model = new ComposerModel(conversation, services, post);
    this.#images = new ComposerImageCheck(conversation, attachments, services);
    this.#questions = new ComposerQuestions({
      conversation,
      attachments,
      submit: (question) => services.replies.submit(question, { conversation }),
      post,
      compose,
      log: services.log,
    });
  }

  receive(message: FromWebview): void {
    const { running } = this.#services;
    switch (message.type) {
      case 'ready':
        this.#sources.postAll();
        this.#model.send();
        this.#questions.send();
        return;
      case 'choose':
        this.#model.choose(message.what);
        return;
      case 'stop':
        void running.stop(message.replyId);
        return;
      case 'retry-now':
        running.retryNow(message.replyId);
        return;
      case 'open-link':
        openLink(message.href);
        return;
      case 'ask':
        // Detached: it doesn't reject.
        void this.#questions.ask(message.askId, message.text);
        return;
      case 'unqueue':
        this.#questions.unqueue(message.askId);
        return;
      case 'draft':
        this.#updateEstimate(message.text);
        return;
      case 'quote':
        this.#quote(message.text);
        return;
      case 'attach':
        void this.#attachSelection();
        return;
      case 'paste-image':
        this.#pasteImage(message.data);
        return;
      case 'drop-files':
        void this.#attachFiles(message.uris);
        return;
      case 'detach':
        this.#attachments.remove(message.chipId);
        return;
      default:
        this.#receiveForTurn(message);
    }
  }

  async #attachSelection(): Promise<void> {
    const attachments = await readSelectionsToAttach();
    this.#attachments.add(attachments);
  }

  async #attachFiles(uris: readonly string[]): Promise<void> {
    const files = uris.flatMap(parseUri);
    // The page names them: it reaches nothing outside of the workspace.
    const isInside = (uri: vscode.Uri): boolean =>
      vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    const outside = files.find((uri) => !isInside(uri));
    if (outside !== undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'Only files of the workspace can be dropped here. Open {0} and use Attach File to Follow-up.',
          vscode.workspace.asRelativePath(outside),
        ),
      );
    }
    const attachments = await readFiles(files.filter(isInside));
    if (attachments.length > 0) this.#attach(attachments);
  }

  dispose(): void {
    this.#sources.dispose();
    this.#model.dispose();
    this.#images.dispose();
    this.#questions.dispose();
    this.#estimate?.dispose();
  }

  #updateEstimate(draft: string): void {
    if (draft === '' && this.#estimate === undefined) return;
    const { preflight, spending } = this.#services;
    this.#estimate ??= new ComposerEstimate({
      conversation: this.#conversation,
      attachments: this.#attachments,
      preflight,
      counter: spending.counter,
      budget: spending.budget,
      post: this.#post,
    });
    this.#estimate.updateDraft(draft);
  }

  #receiveForTurn(
    message: Extract<
      FromWebview,
      { readonly type: 'act' | 'edit' | 'branch' | 'code' | 'open-source' }
    >,
  ): void {
    const turn = this.#conversation.getTurn(message.replyId);
    if (turn === undefined) return;
    switch (message.type) {
      case 'act':
        this.#act(message.action, turn);
        return;
      case 'edit':
        // Detached: it doesn't reject.
        void this.#edit(turn, message);
        return;
      case 'open-source': {
        const { lastEditor } = this.#services;
        void this.#sources.openSource(turn, message.index, editorColumn(lastEditor.current));
        return;
      }
      case 'branch':
        this.#switchBranch(turn, message.to);
        return;
      case 'code': {
        const { action } = message;
        if (action === 'explain') void this.#explain(message);
        else if (action === 'replace') void this.#replace(turn, message.text);
        else this.#runCodeAction({ ...message, action });
        return;
      }
    }
  }

  #act(action: PanelAction, turn: Turn): void {
    switch (action) {
      case 'copy':
        void vscode.env.clipboard.writeText(turn.reply.text);
        return;
      case 'copy-request-id':
        void vscode.env.clipboard.writeText(turn.reply.receipt().requestId ?? '');
        return;
      case 'continue':
        void this.#services.replies.continue(turn, { conversation: this.#conversation });
        return;
      case 'retry-with':
        void this.#retryWith(turn);
        return;
      case 'set-api-key':
        void this.#setKeyAndRetry(turn);
        return;
      default:
        void runFailureAction(action, () => void this.#resubmit(turn, {}));
    }
  }

  /** Asks at once; while a reply streams, the code waits for the next question instead. */
  async #explain({ language, text }: CodeMessage): Promise<void> {
    const attachments = [{ kind: 'quote', language, text }] as const;
    const streams = this.#conversation.branch.some(({ reply }) => reply.outcome === null);
    if (streams) this.#attach(attachments);
    else {
      const to = { conversation: this.#conversation };
      await this.#services.replies.submit({ prompt: { kind: 'explain' }, attachments }, to);
    }
  }

  /** In place of what was asked about; where that is gone, of what is selected now. */
  async #replace(turn: Turn, code: string): Promise<void> {
    const { replacements, lastEditor, log } = this.#services;
    try {
      const place = await this.#sources.locateSource(turn);
      await replacements.propose(code, place, lastEditor.current);
    } catch (error) {
      log.error('replace failed for a code block.', error);
    }
  }

  #quote(text: string): void {
    if (text.trim() !== '') this.#attach([{ kind: 'quote', language: '', text }]);
    else {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Select the words of a reply that you want to ask about first.'),
      );
    }
  }

  #pasteImage(data: string): void {
    const image = createImageAttachment(vscode.l10n.t('Pasted image'), data);
    if (image !== null) this.#attach([image]);
    else {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'The picture can’t go along: it is larger than 3.7 MB, or neither PNG, JPEG, GIF nor WebP.',
        ),
      );
    }
  }

  #attach(attachments: readonly Attachment[]): void {
    this.#attachments.add(attachments);
    this.#post({ type: 'compose' });
  }

  async #edit(turn: Turn, { askId, text: words }: EditMessage): Promise<void> {
    const text = words.trim();
    let isSent = false;
    try {
      isSent = text !== '' && (await this.#resubmit(turn, { prompt: { kind: 'free', text } }));
    } catch (error) {
      this.#services.log.error(toError(error));
    }
    this.#questions.settle(askId, isSent);
  }

  async #retryWith(turn: Turn): Promise<void> {
    const model = await pickModel(this.#services.keyPrompt, turn.reply.receipt().model);
    if (model !== null) await this.#resubmit(turn, { model });
  }

  /** The question that failed for want of a key is asked again once there is one. */
  async #setKeyAndRetry(turn: Turn): Promise<void> {
    if (await this.#services.keyPrompt.askAndStore()) await this.#resubmit(turn, {});
  }

  /**
   * The same question, but for what is to be another: a branch beside the old one.
   * @returns whether it was sent
   */
  async #resubmit(turn: Turn, other: Partial<Question>): Promise<boolean> {
    const { prompt, attachments } = turn;
    const to = { conversation: this.#conversation, insteadOf: turn };
    return (await this.#services.replies.submit({ prompt, attachments, ...other }, to)) !== null;
  }

  #switchBranch(turn: Turn, to: 'previous' | 'next'): void {
    const branches = this.#conversation.alternatives(turn);
    const other = branches[branches.indexOf(turn) + (to === 'next' ? 1 : -1)];
    if (other !== undefined) this.#conversation.switchTo(other);
  }

  #runCodeAction(message: EditorCodeMessage): void {
    const { lastEditor, log } = this.#services;
    runCodeAction(message, lastEditor.current).catch((error: unknown) =>
      log.error(`${message.action} failed for a code block.`, error),
    );
  }
}

/** None where it isn't an address at all. */
function parseUri(text: string): readonly vscode.Uri[] {
  try {
    return [vscode.Uri.parse(text, true)];
  } catch {
    return [];
  }
}
