import * as vscode from 'vscode';
import { now } from '../../core/conversation/clock.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { joinSubscriptions } from '../../core/emitter.ts';
import { toError } from '../../core/errors.ts';
import { languageOf } from '../../core/l10n.ts';
import { PanelFeed } from '../../core/panel/panel-feed.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import { type FromWebview, isFromWebview, type ToWebview } from '../../core/protocol.ts';
import type { FirstUse } from '../first-use/first-use.ts';
import type { Question } from '../replies/reply-starter.ts';
import { settingsSection } from '../settings-reader.ts';
import { loadAndReadPalette, PaletteFeed } from '../theme/palette-feed.ts';
import { ComposerAttachments } from './composer-attachments.ts';
import type { PanelActions, PanelActionsParts } from './panel-actions.ts';
import { panelHtml } from './panel-html.ts';
import { panelStrings } from './panel-strings.ts';
import { plainTitle } from './webview-panel.ts';

export interface PanelParts extends PanelActionsParts {
  readonly firstUse: Pick<FirstUse, 'takeNote'>;
  readonly extensionUri: vscode.Uri;
}

/** Shows a conversation in a webview panel, for as long as that panel is open. */
export class Panel {
  readonly #webviewPanel: vscode.WebviewPanel;
  readonly #conversationId: string;
  readonly #conversation: Conversation;
  readonly #parts: PanelParts;
  readonly #attachments = new ComposerAttachments();
  /** Loaded once the page is there: nobody can do anything before. */
  #actions: Promise<PanelActions> | undefined;
  /** Whether the page has said that it is there, and wasn't hidden since. */
  #isLive = false;
  #composeOnceLive = false;
  #draft = '';

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

  /**
   * Shows the panel, but not over the code that is asked about, and leaves the focus where it is.
   */
  reveal(): void {
    const { viewColumn } = this.#webviewPanel;
    const covers = vscode.window.activeTextEditor?.viewColumn === viewColumn;
    this.#webviewPanel.reveal(covers ? vscode.ViewColumn.Beside : undefined, true);
  }

  /** Puts these among what goes with the next question, and the focus where it is written. */
  attach(attachments: readonly Attachment[]): void {
    this.#attachments.add(attachments);
    this.compose();
  }

  /** Puts the focus where the next question is written. */
  compose(): void {
    this.#webviewPanel.reveal();
    if (this.#isLive) this.#post({ type: 'compose' });
    else this.#composeOnceLive = true;
  }

  /** What is being written. Null where nothing is. */
  get draft(): Question | null {
    const attachments = this.#attachments.list;
    if (this.#draft === '' && attachments.length === 0) return null;
    return { prompt: { kind: 'free', text: this.#draft }, attachments };
  }

  /** Puts what is selected in a reply among what goes with the next question. */
  quoteSelection(): void {
    this.#post({ type: 'quote-selection' });
  }

  #fill(): void {
    const { webview } = this.#webviewPanel;
    const { extensionUri, settings, log } = this.#parts;
    const scripts = vscode.Uri.joinPath(extensionUri, 'dist');
    const media = vscode.Uri.joinPath(extensionUri, 'media');
    this.#webviewPanel.iconPath = vscode.Uri.joinPath(media, 'icon-tab.svg');
    webview.options = {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: [scripts, media],
    };
    const feed = new PanelFeed(
      this.#conversation,
      now,
      vscode.l10n,
      (message) => this.#post(message),
      settings.read().follow,
    );
    const colours = new PaletteFeed(
      loadAndReadPalette,
      (palette) => this.#post({ type: 'palette', palette }),
      (error) => log.warn('The colour theme could not be read.', error),
    );
    const subscriptions = joinSubscriptions(
      feed,
      {
        dispose: () =>
          void this.#actions?.then(
            (actions) => actions.dispose(),
            () => {},
          ),
      },
      this.#attachments.onDidChange(() => this.#showChips()),
      colours,
      this.#conversation.onDidAdd(({ reply }) => {
        // A title that names a model, while another is asked.
        const { title } = this.#webviewPanel;
        if (!title.endsWith(reply.receipt().model)) this.#webviewPanel.title = plainTitle;
      }),
      webview.onDidReceiveMessage((message: unknown) => {
        if (isFromWebview(message)) this.#receive(message, feed, colours);
        else log.warn('The panel sent a message that is none of ours; it was dropped.');
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${settingsSection}.follow`)) {
          feed.follow = settings.read().follow;
        }
      }),
      this.#webviewPanel.onDidChangeViewState(({ webviewPanel }) => {
        if (webviewPanel.visible) return;
        this.#isLive = false;
        feed.disconnect();
      }),
    );
    this.#webviewPanel.onDidDispose(() => {
      subscriptions.dispose();
    });
    webview.html = panelHtml(
      {
        cspSource: webview.cspSource,
        scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(scripts, 'webview.js')).toString(),
        styleUris: ['panel.css', 'markdown.css', 'code.css'].map((name) =>
          webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString(),
        ),
        highlighterUri: webview
          .asWebviewUri(vscode.Uri.joinPath(scripts, 'highlight.js'))
          .toString(),
      },
      this.#conversationId,
      panelStrings(this.#parts.firstUse.takeNote()),
      languageOf(vscode.l10n),
    );
  }

  #receive(message: FromWebview, feed: PanelFeed, colours: PaletteFeed): void {
    if (message.type === 'ready') {
      feed.connect();
      colours.send();
      this.#showChips();
      this.#isLive = true;
      if (this.#composeOnceLive) this.#post({ type: 'compose' });
      this.#composeOnceLive = false;
    }
    if (message.type === 'draft') this.#draft = message.text.trim();
    void this.#act(message);
  }

  /** In the order in which the messages came. */
  async #act(message: FromWebview): Promise<void> {
    try {
      this.#actions ??= this.#loadActions();
      (await this.#actions).receive(message);
    } catch (error) {
      this.#parts.log.error(toError(error));
    }
  }

  async #loadActions(): Promise<PanelActions> {
    // The build turns this import into a chunk of its own.
    const { PanelActions: Actions } = await import('./panel-actions.ts');
    return new Actions(this.#conversation, this.#attachments, this.#parts, (message) =>
      this.#post(message),
    );
  }

  #showChips(): void {
    this.#post({ type: 'chips', chips: this.#attachments.chips(vscode.l10n) });
  }

  #post(message: ToWebview): void {
    // Never awaited: it may hang while the webview is hidden (microsoft/vscode#159431).
    void this.#webviewPanel.webview.postMessage(message);
  }
}
