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

const viewType = 'claudeStream.panel';

/** The panel beside the editor in which a conversation's replies stream. */
export class Panel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #conversation: Conversation;
  readonly #starter: ReplyStarter;
  readonly #running: RunningReplies;
  readonly #log: vscode.LogOutputChannel;
  #panel: vscode.WebviewPanel | undefined;

  constructor(
    extensionUri: vscode.Uri,
    conversation: Conversation,
    starter: ReplyStarter,
    running: RunningReplies,
    log: vscode.LogOutputChannel,
  ) {
    this.#extensionUri = extensionUri;
    this.#conversation = conversation;
    this.#starter = starter;
    this.#running = running;
    this.#log = log;
  }

  /** Shows the panel and leaves the focus where it is. */
  show(): void {
    if (this.#panel === undefined) this.#panel = this.#open();
    else this.#panel.reveal(this.#columnBesideTheCode(this.#panel), true);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  /** Where the panel is, unless it would cover the code that is asked about. */
  #columnBesideTheCode({ viewColumn }: vscode.WebviewPanel): vscode.ViewColumn | undefined {
    const covers = vscode.window.activeTextEditor?.viewColumn === viewColumn;
    return covers ? vscode.ViewColumn.Beside : undefined;
  }

  #open(): vscode.WebviewPanel {
    const scripts = vscode.Uri.joinPath(this.#extensionUri, 'dist');
    const media = vscode.Uri.joinPath(this.#extensionUri, 'media');
    const panel = vscode.window.createWebviewPanel(
      viewType,
      'Claude',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableFindWidget: true, localResourceRoots: [scripts, media] },
    );
    panel.iconPath = vscode.Uri.joinPath(media, 'icon-tab.svg');
    const { webview } = panel;
    // Never awaited: the promise may hang while the webview is hidden (microsoft/vscode#159431).
    const feed = new PanelFeed(
      this.#conversation,
      () => performance.now(),
      vscode.l10n,
      (message) => void webview.postMessage(message),
    );
    const subscriptions = [
      feed,
      webview.onDidReceiveMessage((message: unknown) => {
        if (isFromWebview(message)) this.#receive(message, feed);
        else this.#log.warn('The panel sent a message that is none of ours; it was dropped.');
      }),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) feed.disconnect();
      }),
    ];
    panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose();
      this.#panel = undefined;
      for (const { reply } of this.#conversation.turns) this.#running.stop(reply.id);
    });
    webview.html = panelHtml(
      {
        cspSource: webview.cspSource,
        scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(scripts, 'webview.js')).toString(),
        styleUri: webview.asWebviewUri(vscode.Uri.joinPath(media, 'panel.css')).toString(),
      },
      panelStrings(),
    );
    return panel;
  }

  #receive(message: FromWebview, feed: PanelFeed): void {
    switch (message.type) {
      case 'ready':
        feed.connect();
        return;
      case 'stop':
        this.#running.stop(message.replyId);
        return;
      case 'retry-now':
        this.#running.retryNow(message.replyId);
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
    const turn = this.#conversation.turnOf(replyId);
    if (turn === undefined) return;
    switch (action) {
      case 'copy':
        void vscode.env.clipboard.writeText(turn.reply.text);
        return;
      case 'continue':
        this.#starter.continue(this.#conversation, turn);
        return;
      default:
        runAction(action, () =>
          this.#starter.start(this.#conversation, turn.prompt, turn.attachments),
        );
    }
  }
}
