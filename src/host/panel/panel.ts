import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { PanelFeed } from '../../core/panel/panel-feed.ts';
import { type FromWebview, isFromWebview, type PanelAction } from '../../core/protocol.ts';
import { runAction } from '../failures/run-action.ts';
import type { ReplyStarter } from '../replies/reply-starter.ts';
import type { RunningReplies } from '../replies/running-replies.ts';
import { openLink } from './open-link.ts';
import { panelHtml } from './panel-html.ts';
import { panelStrings } from './panel-strings.ts';

export const panelViewType = 'claudeStream.panel';

export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly starter: ReplyStarter;
  readonly running: RunningReplies;
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
    const { extensionUri, log } = this.#parts;
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
    );
    const subscriptions = [
      feed,
      webview.onDidReceiveMessage((message: unknown) => {
        if (isFromWebview(message)) this.#receive(message, feed);
        else log.warn('The panel sent a message that is none of ours; it was dropped.');
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
        styleUris: ['panel.css', 'markdown.css'].map((sheet) =>
          webview.asWebviewUri(vscode.Uri.joinPath(media, sheet)).toString(),
        ),
      },
      this.#conversationId,
      panelStrings(),
    );
  }

  #receive(message: FromWebview, feed: PanelFeed): void {
    const { running } = this.#parts;
    switch (message.type) {
      case 'ready':
        feed.connect();
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
    }
  }

  #act(action: PanelAction, replyId: string): void {
    const { starter } = this.#parts;
    const turn = this.#conversation.turnOf(replyId);
    if (turn === undefined) return;
    switch (action) {
      case 'copy':
        void vscode.env.clipboard.writeText(turn.reply.text);
        return;
      case 'continue':
        starter.continue(this.#conversation, turn);
        return;
      default:
        runAction(action, () => starter.start(this.#conversation, turn.prompt, turn.attachments));
    }
  }
}
