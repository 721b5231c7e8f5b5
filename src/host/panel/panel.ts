import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import { PanelFeed } from '../../core/panel/panel-feed.ts';
import {
  type FromWebview,
  isFromWebview,
  type PanelAction,
  type ToWebview,
} from '../../core/protocol.ts';
import type { QuestionGate } from '../ask/question-gate.ts';
import type { Connections } from '../connections.ts';
import { selected } from '../editor/selected.ts';
import { runAction } from '../failures/run-action.ts';
import type { ReplyStarter } from '../replies/reply-starter.ts';
import type { RunningReplies } from '../replies/running-replies.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';
import { ComposerAttachments } from './composer-attachments.ts';
import { openLink } from './open-link.ts';
import { panelHtml } from './panel-html.ts';
import { panelStrings } from './panel-strings.ts';

export const panelViewType = 'claudeStream.panel';

export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly gate: QuestionGate;
  readonly connections: Connections;
  readonly starter: ReplyStarter;
  readonly running: RunningReplies;
  readonly settings: SettingsReader;
  readonly log: vscode.LogOutputChannel;
}

/** Opens an empty panel beside the editor and leaves the focus where it is. */
export function createWebviewPanel(): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    panelViewType,
    'Claude',
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableFindWidget: true },
  );
}

/** Shows a conversation in a webview panel, for as long as that panel is open. */
export class Panel {
  readonly #webviewPanel: vscode.WebviewPanel;
  readonly #conversationId: string;
  readonly #conversation: Conversation;
  readonly #parts: PanelParts;
  readonly #attachments = new ComposerAttachments();

  constructor(
    webviewPanel: vscode.WebviewPanel,
    conversationId: string,
    conversation: Conversation,
    parts: PanelParts,
  ) {
    this.#webviewPanel = webviewPanel;
    this.#conversationId = conversationId;
    this.#conversation = conversation;
    this.#parts = parts;
    this.#fill();
  }

  get onDidDispose(): vscode.Event<void> {
    return this.#webviewPanel.onDidDispose;
  }

  /** Shows the panel, but not over the code that is asked about, and leaves the focus where it is. */
  reveal(): void {
    const { viewColumn } = this.#webviewPanel;
    const covers = vscode.window.activeTextEditor?.viewColumn === viewColumn;
    this.#webviewPanel.reveal(covers ? vscode.ViewColumn.Beside : undefined, true);
  }

  #fill(): void {
    const { webview } = this.#webviewPanel;
    const { extensionUri, settings, log } = this.#parts;
    const scripts = vscode.Uri.joinPath(extensionUri, 'dist');
    const media = vscode.Uri.joinPath(extensionUri, 'media');
    this.#webviewPanel.iconPath = vscode.Uri.joinPath(media, 'icon-tab.svg');
    webview.options = { enableScripts: true, localResourceRoots: [scripts, media] };
    const feed = new PanelFeed(
      this.#conversation,
      () => performance.now(),
      vscode.l10n,
      // Never awaited: it may hang while the webview is hidden (microsoft/vscode#159431).
      (message) => void webview.postMessage(message),
      settings.read().follow,
    );
    const subscriptions = [
      feed,
      this.#attachments.onDidChange(() => this.#showChips()),
      webview.onDidReceiveMessage((message: unknown) => {
        if (isFromWebview(message)) this.#receive(message, feed);
        else log.warn('The panel sent a message that is none of ours; it was dropped.');
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${settingsSection}.follow`)) {
          feed.follow = settings.read().follow;
        }
      }),
      this.#webviewPanel.onDidChangeViewState(({ webviewPanel }) => {
        if (!webviewPanel.visible) feed.disconnect();
      }),
    ];
    this.#webviewPanel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose();
    });
    webview.html = panelHtml(
      {
        cspSource: webview.cspSource,
        scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(scripts, 'webview.js')).toString(),
        styleUri: webview.asWebviewUri(vscode.Uri.joinPath(media, 'panel.css')).toString(),
      },
      this.#conversationId,
      panelStrings(),
      vscode.env.language,
    );
  }

  #receive(message: FromWebview, feed: PanelFeed): void {
    const { running } = this.#parts;
    switch (message.type) {
      case 'ready':
        feed.connect();
        this.#showChips();
        return;
      case 'stop':
        void running.stop(message.replyId);
        return;
      case 'retry-now':
        running.retryNow(message.replyId);
        return;
      case 'act':
        this.#act(message.action, message.replyId);
        return;
      case 'open-link':
        openLink(message.href);
        return;
      case 'ask':
        void this.#ask(message.text);
        return;
      case 'attach':
        void this.attachSelection();
        return;
      case 'detach':
        this.#attachments.remove(message.chipId);
        return;
      case 'edit':
        void this.#edit(message.replyId, message.text);
        return;
      case 'branch':
        this.#switchBranch(message.replyId, message.to);
        return;
    }
  }

  /** Puts what is selected in the editor among what goes with the next question. */
  async attachSelection(): Promise<void> {
    const attachments = await selected();
    this.#attachments.add(attachments);
    if (attachments.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Select the text that should go with the question first.'),
      );
    }
  }

  #showChips(): void {
    const { chips } = this.#attachments;
    void this.#webviewPanel.webview.postMessage({ type: 'chips', chips } satisfies ToWebview);
  }

  async #ask(words: string): Promise<void> {
    const text = words.trim();
    const attachments = this.#attachments.list;
    if (text === '' || !(await this.#parts.gate.lets(attachments))) return;
    this.#attachments.clear();
    this.#parts.starter.start(this.#conversation, { prompt: { kind: 'free', text }, attachments });
  }

  async #edit(replyId: string, words: string): Promise<void> {
    const turn = this.#conversation.turnOf(replyId);
    const text = words.trim();
    if (turn === undefined || text === '' || !(await this.#parts.gate.lets([]))) return;
    const { attachments } = turn;
    const question = { prompt: { kind: 'free', text }, attachments } as const;
    this.#parts.starter.startInstead(this.#conversation, turn, question);
  }

  #switchBranch(replyId: string, to: 'previous' | 'next'): void {
    const turn = this.#conversation.turnOf(replyId);
    if (turn === undefined) return;
    const branches = this.#conversation.alternatives(turn);
    const other = branches[branches.indexOf(turn) + (to === 'next' ? 1 : -1)];
    if (other !== undefined) this.#conversation.show(other);
  }

  async #retryWith(turn: Turn): Promise<void> {
    const { pickModel } = await import('../model/pick-model.ts');
    const model = await pickModel(this.#parts.connections, turn.reply.receipt().model);
    if (model === null) return;
    const { prompt, attachments } = turn;
    this.#parts.starter.startInstead(this.#conversation, turn, { prompt, attachments, model });
  }

  #act(action: PanelAction, replyId: string): void {
    const { starter } = this.#parts;
    const turn = this.#conversation.turnOf(replyId);
    if (turn === undefined) return;
    switch (action) {
      case 'copy':
        void vscode.env.clipboard.writeText(turn.reply.text);
        return;
      case 'copy-request-id':
        void vscode.env.clipboard.writeText(turn.reply.receipt().requestId ?? '');
        return;
      case 'continue':
        starter.continue(this.#conversation, turn);
        return;
      case 'retry-with':
        void this.#retryWith(turn);
        return;
      default:
        runAction(action, () => {
          const { prompt, attachments } = turn;
          starter.startInstead(this.#conversation, turn, { prompt, attachments });
        });
    }
  }
}
