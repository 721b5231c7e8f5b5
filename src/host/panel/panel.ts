import * as vscode from 'vscode';
import type { Conversation, Turn } from '../../core/conversation/conversation.ts';
import { PanelFeed } from '../../core/conversation/panel-feed.ts';
import { joinSubscriptions } from '../../core/emitter.ts';
import { toError } from '../../core/errors.ts';
import { getQuestionTitle } from '../../core/history/summary.ts';
import { getLanguage } from '../../core/l10n.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Question } from '../../core/prompt/question.ts';
import { type FromWebview, isFromWebview } from '../../core/protocol/from-webview.ts';
import type { ToWebview } from '../../core/protocol/to-webview.ts';
import { now } from '../../core/time.ts';
import type { FirstUse } from '../ask/first-use.ts';
import { panelViewType } from '../command-ids.ts';
import { PaletteFeed } from '../editor/palette-feed.ts';
import { readPalette } from '../editor/read-palette.ts';
import { settingsSection } from '../settings-reader.ts';
import { ComposerAttachments } from './composer-attachments.ts';
import { type PanelActionServices, PanelActions } from './panel-actions.ts';
import { panelHtml, panelStrings } from './panel-page.ts';

export const defaultTitle = 'Claude';

/** The title of a column in which a model is compared with another. */
export function comparedTitle(model: string): string {
  return `${defaultTitle} · ${model}`;
}

/** As many characters of a question as a tab has room for. */
const maxTitleLength = 40;

function questionTitle(turn: Turn): string {
  const title = [...getQuestionTitle(turn, vscode.l10n)];
  if (title.length === 0) return defaultTitle;
  return title.length <= maxTitleLength
    ? title.join('')
    : `${title.slice(0, maxTitleLength - 1).join('')}…`;
}

/** The model that a panel's title compares; null where it names none. */
export function comparedModel(title: string): string | null {
  const start = comparedTitle('');
  return title.startsWith(start) ? title.slice(start.length) : null;
}

/** Opens an empty panel; the focus stays where it is unless told otherwise. */
export function createWebviewPanel(
  viewColumn: vscode.ViewColumn,
  { title = defaultTitle, preserveFocus = true } = {},
): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    panelViewType,
    title,
    { viewColumn, preserveFocus },
    { enableFindWidget: true },
  );
}

export interface PanelServices extends PanelActionServices {
  readonly firstUse: Pick<FirstUse, 'takePrivacyNote'>;
  readonly extensionUri: vscode.Uri;
}

/** Shows a conversation in a webview panel, for as long as that panel is open. */
export class Panel {
  readonly #webviewPanel: vscode.WebviewPanel;
  readonly #conversationId: string;
  readonly #conversation: Conversation;
  readonly #services: PanelServices;
  readonly #attachments = new ComposerAttachments();
  /** Made once the page is there: nobody can do anything before. */
  #actions: PanelActions | undefined;
  /** Whether the page has said that it is there, and wasn't hidden since. */
  #isLive = false;
  #composeOnceLive = false;
  #draft = '';

  constructor(
    webviewPanel: vscode.WebviewPanel,
    conversationId: string,
    conversation: Conversation,
    services: PanelServices,
  ) {
    this.#webviewPanel = webviewPanel;
    this.#conversationId = conversationId;
    this.#conversation = conversation;
    this.#services = services;
    this.#initialize();
  }

  /** Shows the panel in its own column. It takes the focus only from an editor that it covers. */
  reveal(): void {
    const { visible, viewColumn } = this.#webviewPanel;
    const covers = !visible && viewColumn === vscode.window.tabGroups.activeTabGroup.viewColumn;
    // Given a column, VS Code would move the panel there, as a preview tab.
    if (covers) this.compose();
    else this.#webviewPanel.reveal(undefined, true);
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

  #initialize(): void {
    const { webview } = this.#webviewPanel;
    const { extensionUri, settings, log } = this.#services;
    const scripts = vscode.Uri.joinPath(extensionUri, 'dist');
    const media = vscode.Uri.joinPath(extensionUri, 'media');
    this.#updateTitle();
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
    const colours = new PaletteFeed({
      read: readPalette,
      post: (palette) => this.#post({ type: 'palette', palette }),
      onError: (error) => log.warn('The colour theme could not be read.', error),
    });
    const subscriptions = joinSubscriptions(
      feed,
      { dispose: () => this.#actions?.dispose() },
      this.#attachments.onDidChange(() => this.#showChips()),
      colours,
      this.#conversation.onDidAdd(() => this.#updateTitle()),
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
      panelStrings(this.#services.firstUse.takePrivacyNote()),
      getLanguage(vscode.l10n),
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
    this.#act(message);
  }

  #act(message: FromWebview): void {
    try {
      this.#actions ??= new PanelActions(this.#conversation, this.#attachments, this.#services, {
        post: (posted) => this.#post(posted),
        compose: () => this.compose(),
      });
      this.#actions.receive(message);
    } catch (error) {
      this.#services.log.error(toError(error));
    }
  }

  /** After its first question; where it compares a model, after that one while it is the one asked. */
  #updateTitle(): void {
    const { model, turns } = this.#conversation;
    const [first] = turns;
    if (first === undefined) return;
    const lastModel = turns.at(-1)?.reply.receipt().model;
    this.#webviewPanel.title =
      model !== null && lastModel?.startsWith(model) === true
        ? comparedTitle(model)
        : questionTitle(first);
  }

  #showChips(): void {
    this.#post({ type: 'chips', chips: this.#attachments.chips(vscode.l10n) });
  }

  /** @returns false where the page is hidden, and the message lost */
  #post(message: ToWebview): boolean {
    // Never awaited: it may hang while the webview is hidden (microsoft/vscode#159431).
    void this.#webviewPanel.webview.postMessage(message);
    return this.#isLive;
  }
}
