import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { isObject, isString } from '../../core/guard.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import { selectedToAttach } from '../editor/selected.ts';
import type { ConversationPanel } from '../history/history-deps.ts';
import type { Question } from '../replies/reply-starter.ts';
import type { ConversationStore, OpenConversation } from '../storage/conversation-store.ts';
import { createWebviewPanel, Panel, type PanelParts, panelViewType } from './panel.ts';

/** What the webview keeps for us over a reload of the window. */
const isPanelState = isObject({ conversationId: isString });

interface Shown {
  readonly panel: Panel;
  readonly webviewPanel: vscode.WebviewPanel;
  readonly open: OpenConversation;
}

/**
 * The window's one panel and the conversation in it. A closed panel is followed by a new conversation,
 * a reloaded window brings panel and conversation back, history brings back any.
 */
export class PanelSlot implements ConversationPanel, vscode.Disposable {
  readonly #store: ConversationStore;
  readonly #parts: PanelParts;
  readonly #serializer: vscode.Disposable;
  #shown: Shown | null = null;
  /** Settled unless a panel is being restored. */
  #restoring: Promise<void> = Promise.resolve();
  /** Settled unless the conversation of a closed panel is still written down. */
  #ending: Promise<void> = Promise.resolve();

  constructor(store: ConversationStore, parts: PanelParts) {
    this.#store = store;
    this.#parts = parts;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(panelViewType, {
      deserializeWebviewPanel: (webviewPanel, state: unknown) => {
        this.#restoring = this.#restore(webviewPanel, state);
        return this.#restoring;
      },
    });
  }

  /** The conversation in the panel; null where there is no panel. */
  get conversation(): Conversation | null {
    return this.#shown?.open.conversation ?? null;
  }

  get open(): OpenConversation | null {
    return this.#shown?.open ?? null;
  }

  /** Shows the panel, an old one or a new one, and gives the conversation in it. */
  async show(): Promise<Conversation> {
    await this.#restoring;
    if (this.#shown !== null) {
      this.#shown.panel.reveal();
      return this.#shown.open.conversation;
    }
    const open = this.#store.create();
    this.#fill(createWebviewPanel(), open);
    return open.conversation;
  }

  /** Puts what is selected among what goes with the panel's next question; opens it where it isn't. */
  async attachSelection(): Promise<void> {
    // Read first: the panel takes the focus.
    await this.attach(await selectedToAttach());
  }

  /** Puts these among what goes with the panel's next question; opens it where it isn't. */
  async attach(attachments: readonly Attachment[]): Promise<void> {
    if (attachments.length === 0) return;
    await this.show();
    this.#shown?.panel.attach(attachments);
  }

  /** Asks about what is selected in a reply, once the question is written. */
  quoteSelection(): void {
    this.#shown?.panel.quoteSelection();
  }

  /** The question that is being written in the panel, with what goes along; null where there is none. */
  get draft(): Question | null {
    return this.#shown?.panel.draft ?? null;
  }

  async startNew(): Promise<void> {
    if (await this.putAway()) await this.show();
  }

  async openStored(id: string): Promise<void> {
    await this.#restoring;
    await this.#ending;
    if (this.#shown?.open.id === id) {
      this.#shown.panel.reveal();
      return;
    }
    // First, so that what can't be opened takes nothing away.
    const open = await this.#store.open(id);
    if (open === null) return;
    if ((await this.putAway()) && this.#shown === null) this.#fill(createWebviewPanel(), open);
    else await open.close();
  }

  async putAway(): Promise<boolean> {
    await this.#restoring;
    const { conversation } = this;
    const streams = conversation?.turns.some(({ reply }) => reply.outcome === null) ?? false;
    if (streams && !(await confirmStop())) return false;
    this.#shown?.webviewPanel.dispose();
    await this.#ending;
    return true;
  }

  /** Writes down what has happened, and hears no more: the window is closing. */
  async close(): Promise<void> {
    await this.#ending;
    await this.#shown?.open.close();
  }

  /** Leaves the panel open: VS Code brings it back with the window. */
  dispose(): void {
    this.#serializer.dispose();
  }

  async #restore(webviewPanel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const open = isPanelState(state) ? await this.#store.open(state.conversationId) : null;
    // Asked again before the old panel came back: the new one stays.
    if (open === null || this.#shown !== null) webviewPanel.dispose();
    else this.#fill(webviewPanel, open);
  }

  #fill(webviewPanel: vscode.WebviewPanel, open: OpenConversation): void {
    const panel = new Panel(webviewPanel, open.id, open.conversation, this.#parts);
    this.#shown = { panel, webviewPanel, open };
    panel.onDidDispose(() => {
      this.#shown = null;
      // It doesn't reject: what the disk refuses is told where it happens.
      this.#ending = this.#endOf(open);
    });
  }

  /** A closed panel stops its replies; how they ended is still written down. */
  async #endOf({ conversation, close }: OpenConversation): Promise<void> {
    const { running } = this.#parts;
    await Promise.all(conversation.turns.map(({ reply }) => running.stop(reply.id)));
    await close();
  }
}

/** Whether the reply that still streams may be stopped for something else. */
async function confirmStop(): Promise<boolean> {
  const stop = vscode.l10n.t('Stop It');
  const question = vscode.l10n.t('Claude is still answering in the conversation that is open.');
  const detail = vscode.l10n.t('What there is of its reply is kept, and can go on later.');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, stop)) === stop;
}
