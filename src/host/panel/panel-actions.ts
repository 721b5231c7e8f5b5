import * as vscode from 'vscode';
import type { Conversation, Turn } from '../../core/conversation/conversation.ts';
import { type Attachment, createImageAttachment } from '../../core/prompt/attachment.ts';
import type { Question } from '../../core/prompt/question.ts';
import type { CodeMessage, FromWebview, PanelAction, ToWebview } from '../../core/protocol.ts';
import type { Preflight } from '../ask/preflight.ts';
import type { ReplyService } from '../ask/reply-service.ts';
import type { RunningReplies } from '../ask/running-replies.ts';
import { pickModel } from '../connection/choose-model.ts';
import type { Connections } from '../connection/connections.ts';
import type { KeyPrompt } from '../connection/key-prompt.ts';
import { type EditorCodeMessage, runCodeAction } from '../editor/code-block-actions.ts';
import { editorColumn } from '../editor/columns.ts';
import type { LastEditor } from '../editor/last-editor.ts';
import { readSelectionsToAttach } from '../editor/read-selections.ts';
import { SourceTracker } from '../editor/source-tracker.ts';
import { runFailureAction } from '../notifications.ts';
import type { Replacements } from '../replace/replacements.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { UsageServices } from '../usage/usage-services.ts';
import type { ComposerAttachments } from './composer-attachments.ts';
import { ComposerEstimate } from './composer-estimate.ts';
import { ComposerImageCheck, ComposerModel } from './composer-model.ts';

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
  readonly preflight: Preflight;
  readonly connections: Connections;
  readonly keyPrompt: KeyPrompt;
  readonly settings: SettingsReader;
  readonly replies: ReplyService;
  readonly running: RunningReplies;
  readonly lastEditor: LastEditor;
  readonly spending: Pick<UsageServices, 'counter' | 'budget'>;
  readonly replacements: Pick<Replacements, 'propose'>;
  readonly log: vscode.LogOutputChannel;
}

/** What the reader can do in a panel, to its conversation or with it. */
export class PanelActions {
  readonly #conversation: Conversation;
  readonly #attachments: ComposerAttachments;
  readonly #parts: PanelActionServices;
  readonly #post: (message: ToWebview) => void;
  readonly #sources: SourceTracker;
  readonly #model: ComposerModel;
  readonly #images: ComposerImageCheck;
  /** Undefined until something was written. */
  #estimate: ComposerEstimate | undefined;

  constructor(
    conversation: Conversation,
    attachments: ComposerAttachments,
    parts: PanelActionServices,
    post: (message: ToWebview) => void,
  ) {
    this.#conversation = conversation;
    this.#attachments = attachments;
    this.#parts = parts;
    this.#post = post;
    this.#sources = new SourceTracker(conversation, post);
    this.#model = new ComposerModel(conversation, parts, post);
    this.#images = new ComposerImageCheck(
      conversation,
      attachments,
      parts.settings,
      parts.connections,
    );
  }

  receive(message: FromWebview): void {
    const { running } = this.#parts;
    switch (message.type) {
      case 'ready':
        this.#sources.postAll();
        this.#model.send();
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
        void this.#ask(message.text);
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

  dispose(): void {
    this.#sources.dispose();
    this.#model.dispose();
    this.#images.dispose();
    this.#estimate?.dispose();
  }

  #updateEstimate(draft: string): void {
    if (draft === '' && this.#estimate === undefined) return;
    const { preflight, spending } = this.#parts;
    this.#estimate ??= new ComposerEstimate(
      {
        conversation: this.#conversation,
        attachments: this.#attachments,
        preflight,
        post: this.#post,
      },
      spending.counter,
      spending.budget,
    );
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
        void this.#edit(turn, message.text);
        return;
      case 'open-source': {
        const { lastEditor } = this.#parts;
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
        void this.#parts.replies.continue(turn, { conversation: this.#conversation });
        return;
      case 'retry-with':
        void this.#retryWith(turn);
        return;
      case 'set-api-key':
        void this.#setKeyAndRetry(turn);
        return;
      default:
        runFailureAction(action, () => void this.#resubmit(turn, {}));
    }
  }

  async #ask(words: string): Promise<void> {
    const text = words.trim();
    if (text === '') return;
    const question = {
      prompt: { kind: 'free', text },
      attachments: this.#attachments.list,
    } as const;
    if (await this.#start(question)) this.#attachments.clear();
    else this.#post({ type: 'not-sent', text: words });
  }

  /** Asks at once; while a reply streams, the code waits for the next question instead. */
  async #explain({ language, text }: CodeMessage): Promise<void> {
    const attachments = [{ kind: 'quote', language, text }] as const;
    const streams = this.#conversation.branch.some(({ reply }) => reply.outcome === null);
    if (streams) this.#attach(attachments);
    else await this.#start({ prompt: { kind: 'explain' }, attachments });
  }

  /** In place of what was asked about; where that is gone, of what is selected now. */
  async #replace(turn: Turn, code: string): Promise<void> {
    const { replacements, lastEditor, log } = this.#parts;
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

  async #start(question: Question): Promise<boolean> {
    const to = { conversation: this.#conversation };
    return (await this.#parts.replies.submit(question, to)) !== null;
  }

  async #edit(turn: Turn, words: string): Promise<void> {
    const text = words.trim();
    if (text !== '') await this.#resubmit(turn, { prompt: { kind: 'free', text } });
  }

  async #retryWith(turn: Turn): Promise<void> {
    const model = await pickModel(this.#parts.keyPrompt, turn.reply.receipt().model);
    if (model !== null) await this.#resubmit(turn, { model });
  }

  /** The question that failed for want of a key is asked again once there is one. */
  async #setKeyAndRetry(turn: Turn): Promise<void> {
    if (await this.#parts.keyPrompt.askAndStore()) await this.#resubmit(turn, {});
  }

  /** The same question, but for what is to be another: a branch beside the old one. */
  async #resubmit(turn: Turn, other: Partial<Question>): Promise<void> {
    const { prompt, attachments } = turn;
    const to = { conversation: this.#conversation, insteadOf: turn };
    await this.#parts.replies.submit({ prompt, attachments, ...other }, to);
  }

  #switchBranch(turn: Turn, to: 'previous' | 'next'): void {
    const branches = this.#conversation.alternatives(turn);
    const other = branches[branches.indexOf(turn) + (to === 'next' ? 1 : -1)];
    if (other !== undefined) this.#conversation.switchTo(other);
  }

  #runCodeAction(message: EditorCodeMessage): void {
    const { lastEditor, log } = this.#parts;
    runCodeAction(message, lastEditor.current).catch((error: unknown) =>
      log.error(`${message.action} failed for a code block.`, error),
    );
  }
}
