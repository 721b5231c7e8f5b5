import type * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Question } from '../../core/prompt/question.ts';
import type { ReplyLocation } from '../ask/running-replies.ts';
import { readSelectionsToAttach } from '../editor/read-selections.ts';
import type { ConversationStore, OpenConversation } from '../history/conversation-store.ts';
import type { ConversationPanels } from '../history/manage-conversations.ts';
import { OpenPanels } from './open-panels.ts';
import type { PanelServices } from './panel.ts';

/**
 * The window's panels, each with a conversation of its own: none is in two of them. The panel in
 * use is the active one, else the one that was active last.
 */
export class Panels implements ConversationPanels {
  readonly #opened: OpenPanels;
  /** Settled unless a panel is being opened or put away. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(store: Pick<ConversationStore, 'create' | 'open'>, services: PanelServices) {
    this.#opened = new OpenPanels(store, services);
  }

  /**
   * Takes a panel of before a reload of the window back.
   * @param state what its page has kept
   * @param isClosed whether the user has closed it meanwhile
   */
  restore(
    webviewPanel: vscode.WebviewPanel,
    state: unknown,
    isClosed: () => boolean,
  ): Promise<void> {
    return this.#change((panels) => panels.restore(webviewPanel, state, isClosed));
  }

  /** What the panel in use shows; null where there is no panel. */
  get open(): OpenConversation | null {
    return this.#opened.current?.open ?? null;
  }

  /** The conversation in the panel in use; null where there is no panel. */
  get conversation(): Conversation | null {
    return this.open?.conversation ?? null;
  }

  /** Whether one of them is the active editor. */
  get isActive(): boolean {
    return this.#opened.isActive;
  }

  find(id: string): OpenConversation | null {
    return this.#opened.find(id)?.open ?? null;
  }

  locate(conversation: Conversation): ReplyLocation | null {
    return this.#opened.locate(conversation);
  }

  /** Shows the panel in use, or a new one where there is none, and gives the conversation in it. */
  show(): Promise<Conversation> {
    return this.#change((panels) => panels.show().open.conversation);
  }

  /**
   * Puts what is selected among what goes with the panel's next question; opens it where it isn't.
   */
  async attachSelection(): Promise<void> {
    // Read first: the panel takes the focus.
    await this.attach(await readSelectionsToAttach());
  }

  /** Puts these among what goes with the panel's next question; opens it where it isn't. */
  async attach(attachments: readonly Attachment[]): Promise<void> {
    if (attachments.length === 0) return;
    await this.#change((panels) => panels.show().panel.attach(attachments));
  }

  /** Asks about what is selected in a reply, once the question is written. */
  quoteSelection(): void {
    this.#opened.current?.panel.quoteSelection();
  }

  /** The question that is being written in the panel in use, with what goes along; else null. */
  get draft(): Question | null {
    return this.#opened.current?.panel.draft ?? null;
  }

  startNew(): Promise<void> {
    return this.#change((panels) => panels.startNew());
  }

  /** Shows a new conversation beside the panel in use, with the focus where it is written. */
  startBeside(): Promise<void> {
    return this.#change((panels) => panels.startBeside());
  }

  /** Two new conversations, side by side. @param titles of their tabs */
  startPair(titles: readonly [string, string]): Promise<readonly [Conversation, Conversation]> {
    return this.#change((panels) => panels.startPair(titles));
  }

  openStored(id: string, where: 'here' | 'beside'): Promise<void> {
    return this.#change((panels) => panels.openStored(id, where));
  }

  isStreaming(id?: string): boolean {
    return this.#opened.isStreaming(id);
  }

  closePanel(id: string): Promise<void> {
    return this.#change((panels) => panels.closePanels(({ open }) => open.id === id));
  }

  closeAllPanels(): Promise<void> {
    return this.#change((panels) => panels.closePanels(() => true));
  }

  /** Writes down what has happened, and hears no more: the window is closing. */
  close(): Promise<void> {
    return this.#opened.close();
  }

  /** One change after the other: two at once could show one conversation twice. */
  #change<T>(change: (panels: OpenPanels) => T | Promise<T>): Promise<T> {
    const changed = this.#changing.then(() => change(this.#opened));
    this.#changing = changed.catch(() => {});
    return changed;
  }
}
