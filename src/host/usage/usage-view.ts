import * as vscode from 'vscode';
import { joinSubscriptions } from '../../core/emitter.ts';
import { toError } from '../../core/errors.ts';
import { getLanguage } from '../../core/l10n.ts';
import { toDay } from '../../core/time.ts';
import { pricesAsOf } from '../../core/usage/price.ts';
import {
  type FromUsageView,
  isFromUsageView,
  parseRange,
  type RangeName,
  type UsageState,
  type UsageStrings,
} from '../../core/usage/usage-protocol.ts';
import { formatUsageCsv, rowsWithin, usageRows } from '../../core/usage/usage-rows.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import { editorColumn } from '../editor/columns.ts';
import { confirmDeletion, showFailure, showLogButton } from '../notifications.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';
import { webviewPage } from '../webview-page.ts';
import type { UsageLedger } from './usage-ledger.ts';
import type { UsageTotals } from './usage-totals.ts';

export interface UsageResources {
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/** The usage view's page. @param language of the strings, as BCP 47 has it */
export function usageHtml(
  { styleUri, ...resources }: UsageResources,
  strings: UsageStrings,
  language: string,
): string {
  return webviewPage({
    ...resources,
    language,
    styleUris: [styleUri],
    title: strings.title,
    data: { strings: JSON.stringify(strings) },
    body: '<main id="usage"></main>',
  });
}

export function usageStrings(): UsageStrings {
  return {
    title: vscode.l10n.t('Claude Usage'),
    today: vscode.l10n.t('Today'),
    last7: vscode.l10n.t('Last 7 days'),
    last30: vscode.l10n.t('Last 30 days'),
    all: vscode.l10n.t('All'),
    days: vscode.l10n.t('Days in the table'),
    cost: vscode.l10n.t('Cost'),
    tokens: vscode.l10n.t('Tokens'),
    tokensOf: vscode.l10n.t('{0} tokens'),
    chartShows: vscode.l10n.t('The chart shows'),
    perDay: vscode.l10n.t('The last 30 days'),
    chartSentence: vscode.l10n.t('{0} per day, by model: {1} in 30 days, most on {3} with {2}.'),
    chartWithBudget: vscode.l10n.t('{0} The daily budget is {1}.'),
    budget: vscode.l10n.t('Daily budget {0}'),
    nothing: vscode.l10n.t('Nothing has been used yet.'),
    exportCsv: vscode.l10n.t('Export as CSV'),
    deleteAll: vscode.l10n.t('Delete All…'),
    day: vscode.l10n.t('Day'),
    model: vscode.l10n.t('Model'),
    replies: vscode.l10n.t('Replies'),
    input: vscode.l10n.t('Input'),
    cacheRead: vscode.l10n.t('Cache read'),
    cacheWrite: vscode.l10n.t('Cache written'),
    output: vscode.l10n.t('Output'),
    thinking: vscode.l10n.t('Thinking'),
    sum: vscode.l10n.t('Sum'),
    unpriced: vscode.l10n.t('{0} without a known price'),
    table: vscode.l10n.t('By day and model'),
    footnote: vscode.l10n.t(
      'Tokens as the API counted them. Input includes cache reads and writes; output includes thinking. Costs by the list prices of {0} or your own in claudeStream.prices, as they were when each reply was asked for. ≈ marks what rests on a count or an estimate.',
      pricesAsOf,
    ),
  };
}

export interface UsageViewParts {
  readonly extensionUri: vscode.Uri;
  readonly settings: SettingsReader;
  readonly totals: UsageTotals;
  readonly log: vscode.LogOutputChannel;
}

/** Show Usage. */
export function registerUsageView(
  commands: Commands,
  parts: UsageViewParts,
  ledger: UsageLedger,
): vscode.Disposable {
  const view = new UsageView(parts, ledger);
  return vscode.Disposable.from(
    view,
    commands.register(commandIds.showUsage, () => view.show()),
  );
}

/** The usage by day and model, in a webview panel of its own. */
export class UsageView implements vscode.Disposable {
  readonly #parts: UsageViewParts;
  readonly #ledger: UsageLedger;
  #panel: vscode.WebviewPanel | undefined;

  constructor(parts: UsageViewParts, ledger: UsageLedger) {
    this.#parts = parts;
    this.#ledger = ledger;
  }

  show(): void {
    if (this.#panel === undefined) this.#panel = this.#create();
    else this.#panel.reveal();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #create(): vscode.WebviewPanel {
    const { extensionUri } = this.#parts;
    const scripts = vscode.Uri.joinPath(extensionUri, 'dist');
    const media = vscode.Uri.joinPath(extensionUri, 'media');
    const strings = usageStrings();
    const panel = vscode.window.createWebviewPanel(
      'claudeStream.usageView',
      strings.title,
      editorColumn(),
      {
        enableScripts: true,
        enableForms: false,
        enableFindWidget: true,
        localResourceRoots: [scripts, media],
      },
    );
    panel.iconPath = vscode.Uri.joinPath(media, 'icon-tab.svg');
    const { webview } = panel;
    const post = (): void => void this.#post(webview);
    const subscriptions = joinSubscriptions(
      webview.onDidReceiveMessage((message: unknown) => {
        if (isFromUsageView(message)) this.#receive(message, post);
        else this.#parts.log.warn('The usage view sent a message that is none of ours.');
      }),
      this.#ledger.onDidChange(post),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${settingsSection}.dailyBudget`)) post();
      }),
    );
    panel.onDidDispose(() => {
      this.#panel = undefined;
      subscriptions.dispose();
    });
    webview.html = usageHtml(
      {
        cspSource: webview.cspSource,
        scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(scripts, 'usage.js')).toString(),
        styleUri: webview.asWebviewUri(vscode.Uri.joinPath(media, 'usage.css')).toString(),
      },
      strings,
      getLanguage(vscode.l10n),
    );
    return panel;
  }

  #receive(message: FromUsageView, post: () => void): void {
    switch (message.type) {
      case 'ready':
        post();
        return;
      case 'export':
        // Detached: it says itself what went wrong.
        void this.#export(message.range);
        return;
      case 'delete':
        // Detached: as the export.
        void this.#delete();
        return;
    }
  }

  async #post(webview: vscode.Webview): Promise<void> {
    const state = await this.#state();
    // Never awaited: it may hang while the webview is hidden (microsoft/vscode#159431).
    if (state !== null) void webview.postMessage(state);
  }

  async #export(range: RangeName): Promise<void> {
    const state = await this.#state();
    if (state === null) return;
    const content = formatUsageCsv(rowsWithin(state.rows, state.today, parseRange(range)));
    const document = await vscode.workspace.openTextDocument({ content, language: 'csv' });
    await vscode.window.showTextDocument(document, { preview: false });
  }

  async #delete(): Promise<void> {
    const question = vscode.l10n.t('Delete the usage of all days?');
    if (!(await confirmDeletion(question))) return;
    try {
      await this.#ledger.clear();
      this.#parts.totals.today = await this.#ledger.today();
    } catch (error) {
      this.#reportFailure(
        error,
        vscode.l10n.t('The usage can’t be deleted from the disk: see the log.'),
      );
    }
  }

  /** Null where the ledger can't be read. */
  async #state(): Promise<UsageState | null> {
    try {
      const rows = usageRows(await this.#ledger.entries());
      return {
        today: toDay(Date.now()),
        budget: this.#parts.settings.read().dailyBudget,
        rows,
      };
    } catch (error) {
      this.#reportFailure(
        error,
        vscode.l10n.t('The usage can’t be read from the disk: see the log.'),
      );
      return null;
    }
  }

  #reportFailure(error: unknown, message: string): void {
    this.#parts.log.error(toError(error));
    void showFailure(message, [showLogButton()]);
  }
}
