import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { isObject, isString } from '../../core/guard.ts';
import type { ReplyLocation } from '../ask/running-replies.ts';
import { panelColumn } from '../editor/columns.ts';
import type { ConversationStore, OpenConversation } from '../history/conversation-store.ts';
import { comparedModel, createWebviewPanel, Panel, type PanelServices } from './panel.ts';

function streams({ turns }: Conversation): boolean {
  return turns.some(({ reply }) => reply.outcome === null);
}

/** Whether these may be closed: asks where a reply still streams in one. */
async function confirmStop(conversations: readonly Conversation[]): Promise<boolean> {
  if (!conversations.some(streams)) return true;
  const stop = vscode.l10n.t('Stop It');
  const question = vscode.l10n.t('Claude is still answering. Stop the reply?');
  const detail = vscode.l10n.t(
    'If you stop it, the partial reply is kept, and you can continue it later. If you cancel, the reply goes on and its conversation stays open.',
  );
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, stop)) === stop;
}

/** What the webview keeps for us over a reload of the window. */
const isPanelState = isObject({ conversationId: isString });

/** A panel with what it shows. */
interface OpenPanel {
  readonly panel: Panel;
  readonly webviewPanel: vscode.WebviewPanel;
  readonly open: OpenConversation;
}

/** The panels that are open. Its caller makes one change after the other. */
export class OpenPanels {
  readonly #store: Pick<ConversationStore, 'create' | 'open'>;
  readonly #services: PanelServices;
  /** The one in use is the last. */
  #shown: readonly OpenPanel[] = [];
  /** The conversations of closed panels that are still written down. */
  readonly #pendingCloses = new Set<Promise<void>>();

  constructor(store: Pick<ConversationStore, 'create' | 'open'>, services: PanelServices) {
    this.#store = store;
    this.#services = services;
  }

  get current(): OpenPanel | undefined {
    return this.#shown.at(-1);
  }

  /** Whether one of them is the active editor. */
  get isActive(): boolean {
    return this.#shown.some(({ webviewPanel }) => webviewPanel.active);
  }

  find(id: string): OpenPanel | undefined {
    return this.#shown.find(({ open }) => open.id === id);
  }

  locate(conversation: Conversation): ReplyLocation | null {
    const shown = this.#shown.find(({ open }) => open.conversation === conversation);
    if (shown === undefined) return null;
    const { viewColumn = vscode.ViewColumn.One, active: isActive } = shown.webviewPanel;
    return { kind: 'panel', name: vscode.l10n.t('Panel in column {0}', viewColumn), isActive };
  }

  show(): OpenPanel {
    const { current: inUse } = this;
    if (inUse === undefined) {
      return this.#createPanel(createWebviewPanel(panelColumn()), this.#store.create());
    }
    inUse.panel.reveal();
    return inUse;
  }

  async startNew(): Promise<void> {
    const old = this.current;
    if (old === undefined) this.show().panel.compose();
    else if (await this.#confirmClose([old])) await this.#replace(old, this.#store.create());
  }

  startBeside(): void {
    this.#openBeside(this.#store.create()).panel.compose();
  }

  /** The left one comes in the column of the panel in use, which stays open behind it. */
  startPair(titles: readonly [string, string]): readonly [Conversation, Conversation] {
    const { current: inUse } = this;
    const { activeTabGroup } = vscode.window.tabGroups;
    const free = activeTabGroup.tabs.length === 0 ? 0 : 1;
    const viewColumn = inUse?.webviewPanel.viewColumn ?? activeTabGroup.viewColumn + free;
    const preserveFocus = !this.isActive;
    const left = this.#createPanel(
      createWebviewPanel(viewColumn, { title: titles[0], preserveFocus }),
      this.#store.create(),
    );
    const right = this.#createPanel(
      createWebviewPanel(viewColumn + 1, { title: titles[1] }),
      this.#store.create(),
    );
    this.#setCurrent(left);
    return [left.open.conversation, right.open.conversation];
  }

  async openStored(id: string, where: 'here' | 'beside'): Promise<void> {
    await Promise.all(this.#pendingCloses);
    const shown = this.find(id);
    if (shown !== undefined) {
      shown.panel.compose();
      this.#setCurrent(shown);
      return;
    }
    // First, so that what can't be opened takes nothing away.
    const open = await this.#store.open(id);
    if (open === null) return;
    const old = this.current;
    if (where === 'beside') this.#openBeside(open).panel.compose();
    else if (old === undefined)
      this.#createPanel(createWebviewPanel(panelColumn()), open).panel.compose();
    else if (await this.#confirmClose([old])) await this.#replace(old, open);
    else await open.close();
  }

  isStreaming(id?: string): boolean {
    return this.#shown.some(
      ({ open }) => (id === undefined || open.id === id) && streams(open.conversation),
    );
  }

  /** Closes those panels, also where a reply streams. */
  async closePanels(which: (shown: OpenPanel) => boolean): Promise<void> {
    for (const { webviewPanel } of this.#shown.filter(which)) webviewPanel.dispose();
    await Promise.all(this.#pendingCloses);
  }

  /** @param isClosed whether the user has closed it while it waited for what it shows */
  async restore(
    webviewPanel: vscode.WebviewPanel,
    state: unknown,
    isClosed: () => boolean,
  ): Promise<void> {
    if (isClosed()) return;
    const id = isPanelState(state) ? state.conversationId : '';
    const shown = this.find(id);
    const open = shown === undefined ? await this.#store.open(id) : null;
    if (isClosed()) {
      await open?.close();
      return;
    }
    if (open !== null) {
      const { conversation } = open;
      const model = comparedModel(webviewPanel.title);
      // Also a question may begin so: then another model has replied.
      const replied = conversation.branch.at(-1)?.reply.receipt().model ?? '';
      if (model !== null && replied.startsWith(model)) conversation.model = model;
      const restored = this.#createPanel(webviewPanel, open);
      // What was asked since, or is active, stays the one in use.
      const others = this.#shown.filter((other) => other !== restored);
      if (!webviewPanel.active) this.#shown = [restored, ...others];
      return;
    }
    webviewPanel.dispose();
    // It was opened in another panel before this one's tab was looked at again.
    if (shown !== undefined) this.#reveal(shown);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pendingCloses, ...this.#shown.map(({ open }) => open.close())]);
  }

  async #replace({ webviewPanel }: OpenPanel, open: OpenConversation): Promise<void> {
    // The new one first: a column that is empty closes.
    const column = webviewPanel.viewColumn ?? panelColumn();
    this.#createPanel(createWebviewPanel(column), open).panel.compose();
    webviewPanel.dispose();
    await Promise.all(this.#pendingCloses);
  }

  /** As a tab beside the panel in use: columns would get ever narrower. */
  #openBeside(open: OpenConversation): OpenPanel {
    const column = this.current?.webviewPanel.viewColumn ?? panelColumn();
    return this.#createPanel(createWebviewPanel(column, { preserveFocus: false }), open);
  }

  /** Where a panel has the focus, this one gets it: it is to be the active one. */
  #reveal(shown: OpenPanel): void {
    if (this.isActive) shown.webviewPanel.reveal();
    else shown.panel.reveal();
    this.#setCurrent(shown);
  }

  #createPanel(webviewPanel: vscode.WebviewPanel, open: OpenConversation): OpenPanel {
    const panel = new Panel(webviewPanel, open.id, open.conversation, this.#services);
    const shown: OpenPanel = { panel, webviewPanel, open };
    this.#shown = [...this.#shown, shown];
    webviewPanel.onDidChangeViewState(() => {
      if (webviewPanel.active) this.#setCurrent(shown);
    });
    webviewPanel.onDidDispose(() => {
      this.#shown = this.#shown.filter((other) => other !== shown);
      // It doesn't reject: what the disk refuses is told where it happens.
      const ending = this.#closeConversation(open).finally(() =>
        this.#pendingCloses.delete(ending),
      );
      this.#pendingCloses.add(ending);
    });
    return shown;
  }

  #setCurrent(shown: OpenPanel): void {
    this.#shown = [...this.#shown.filter((other) => other !== shown), shown];
  }

  /** Where the user agrees, their replies are stopped: by the user, unlike those of a tab that closes. */
  async #confirmClose(closing: readonly OpenPanel[]): Promise<boolean> {
    const conversations = closing.map(({ open }) => open.conversation);
    if (!(await confirmStop(conversations))) return false;
    const { running } = this.#services;
    const replies = conversations.flatMap(({ turns }) => turns.map(({ reply }) => reply));
    await Promise.all(replies.map(({ id }) => running.stop(id)));
    return true;
  }

  /**
   * A closed panel ends its replies; how they ended is still written down. VS Code closes panels
   * too as its window goes, perhaps before it deactivates the extension, and doesn't say which.
   */
  async #closeConversation({ conversation, close }: OpenConversation): Promise<void> {
    const { running } = this.#services;
    await Promise.all(conversation.turns.map(({ reply }) => running.interrupt(reply.id)));
    await close();
  }
}
