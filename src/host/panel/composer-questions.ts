import * as vscode from 'vscode';
import type { Outcome } from '../../core/claude/reply-event.ts';
import type { Conversation, Turn } from '../../core/conversation/conversation.ts';
import { toError } from '../../core/errors.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Question } from '../../core/prompt/question.ts';
import type { NotSentMessage, ToWebview } from '../../core/protocol/to-webview.ts';
import type { ComposerAttachments } from './composer-attachments.ts';

/** So many results are told again to a page that comes back. */
const maxResults = 20;

interface QueuedQuestion {
  readonly askId: string;
  /** As it was typed. */
  readonly words: string;
  readonly attachments: readonly Attachment[];
}

interface ComposerQuestionsServices {
  readonly conversation: Conversation;
  readonly attachments: ComposerAttachments;
  /** Resolves with the turn once it is in the conversation; null where nothing was sent. */
  readonly submit: (question: Question) => Promise<Turn | null>;
  /** @returns false where the page is hidden, and the message lost */
  readonly post: (message: ToWebview) => boolean;
  /** Puts the focus where the next question is written. */
  readonly compose: () => void;
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
}

/**
 * The questions that are typed in a panel. One that is asked while a reply streams is queued, and
 * sent when that reply has ended; where that can't be, the composer gets its words back. No words
 * are lost: the page keeps them until it is told that they were accepted.
 */
export class ComposerQuestions {
  readonly #services: ComposerQuestionsServices;
  readonly #subscription: { dispose(): void };
  readonly #session = crypto.randomUUID();
  readonly #results = new Map<string, boolean>();
  #queue: readonly QueuedQuestion[] = [];
  /** The queued question that preflight is checking now; null where there is none. */
  #checking: QueuedQuestion | null = null;
  /** What a hidden page couldn't be told. */
  readonly #untold: NotSentMessage[] = [];

  constructor(services: ComposerQuestionsServices) {
    this.#services = services;
    this.#subscription = services.conversation.onDidChange(({ turn, event }) => {
      // Detached: it doesn't reject.
      if (event.type === 'outcome') void this.#onEnd(turn, event.outcome);
    });
  }

  async ask(askId: string, words: string): Promise<void> {
    const { conversation, attachments, compose } = this.#services;
    const { list } = attachments;
    const streams = conversation.branch.some(({ reply }) => reply.outcome === null);
    if (words.trim() !== '' && (streams || this.#queue.length > 0)) {
      attachments.removeSent(list);
      this.#setQueue([...this.#queue, { askId, words, attachments: list }]);
      this.settle(askId, true);
      return;
    }
    const isSent = await this.#submit({ askId, words, attachments: list });
    if (isSent) attachments.removeSent(list);
    this.settle(askId, isSent);
    // A box for what was missing has taken the focus, and was left.
    if (!isSent && words.trim() !== '') compose();
  }

  /** Gives a queued question back to the composer, with its attachments. */
  unqueue(askId: string): void {
    const question = this.#queue.find((queued) => queued.askId === askId);
    if (question !== undefined && question !== this.#checking) this.#giveBack([question], null);
  }

  /** Tells the page whether a question was accepted. */
  settle(askId: string, accepted: boolean): void {
    this.#results.set(askId, accepted);
    const [oldest] = this.#results.keys();
    if (this.#results.size > maxResults && oldest !== undefined) this.#results.delete(oldest);
    this.#services.post({ type: 'ask-result', askId, accepted });
  }

  /** The page is there, or is back: tells it how its questions stand. */
  send(): void {
    const { post } = this.#services;
    for (const [askId, accepted] of this.#results) post({ type: 'ask-result', askId, accepted });
    for (const message of this.#untold.splice(0)) post(message);
    this.#postQueue();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Sends the next question, unless the user or a failure has put an end to the reply. */
  async #onEnd(turn: Turn, outcome: Outcome): Promise<void> {
    const { conversation } = this.#services;
    const [next] = this.#queue;
    if (next === undefined || this.#checking !== null) return;
    const last = conversation.branch.at(-1);
    if (last !== turn) {
      // Another branch: the question is about a reply that isn't in view any more.
      if (last?.reply.outcome !== null) {
        this.#giveBack(this.#queue, vscode.l10n.t('Not sent: you moved to another version.'));
      }
      return;
    }
    if (outcome.kind === 'stopped') {
      this.#giveBack(this.#queue, vscode.l10n.t('Not sent: you stopped the reply.'));
      return;
    }
    if (outcome.kind === 'broken') {
      this.#giveBack(this.#queue, vscode.l10n.t('Not sent: the reply failed.'));
      return;
    }
    this.#checking = next;
    const isSent = await this.#submit(next);
    this.#checking = null;
    if (!isSent) {
      this.#giveBack(this.#queue, vscode.l10n.t('Not sent.'));
      return;
    }
    this.#setQueue(this.#queue.filter((queued) => queued !== next));
    // It may have failed already.
    const sent = conversation.branch.at(-1);
    if (sent?.reply.outcome) await this.#onEnd(sent, sent.reply.outcome);
  }

  /** Doesn't reject. */
  async #submit({ words, attachments }: QueuedQuestion): Promise<boolean> {
    const text = words.trim();
    if (text === '') return false;
    const { submit, log } = this.#services;
    try {
      return (await submit({ prompt: { kind: 'free', text }, attachments })) !== null;
    } catch (error) {
      log.error(toError(error));
      void vscode.window.showErrorMessage(
        vscode.l10n.t('The question couldn’t be sent. The log says why.'),
      );
      return false;
    }
  }

  /** @param reason in a sentence; null where the user knows */
  #giveBack(questions: readonly QueuedQuestion[], reason: string | null): void {
    const { attachments, post } = this.#services;
    this.#setQueue(this.#queue.filter((queued) => !questions.includes(queued)));
    for (const { words: text, attachments: list } of questions) {
      attachments.add(list);
      const message: NotSentMessage = { type: 'not-sent', text, reason };
      if (!post(message)) this.#untold.push(message);
    }
  }

  #setQueue(queue: readonly QueuedQuestion[]): void {
    this.#queue = queue;
    this.#postQueue();
  }

  #postQueue(): void {
    const questions = this.#queue.map(({ askId, words: text }) => ({ askId, text }));
    this.#services.post({ type: 'queue', session: this.#session, questions });
  }
}
