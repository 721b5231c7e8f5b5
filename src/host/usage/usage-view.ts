import * as vscode from 'vscode';
import { joinSubscriptions } from '../../core/emitter.ts';
import { toError } from '../../core/errors.ts';
import { languageOf } from '../../core/l10n.ts';
import { dayOf } from '../../core/usage/local-day.ts';
import { usageCsv } from '../../core/usage/usage-csv.ts';
import {
  type FromUsageView,
  isFromUsageView,
  type RangeName,
  rangeOf,
  type UsageState,
} from '../../core/usage/usage-protocol.ts';
import { rowsWithin, usageRows } from '../../core/usage/usage-rows.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import { confirmDeletion } from '../confirm-deletion.ts';
import { logButton, showFailure } from '../failures/show-failure.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';
import type { UsageTotals } from '../status-bar/usage-totals.ts';
import { usageHtml } from './usage-html.ts';
import type { UsageLedger } from './usage-ledger.ts';
import { usageStrings } from './usage-strings.ts';

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
      vscode.ViewColumn.Active,
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
      languageOf(vscode.l10n),
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
    const content = usageCsv(rowsWithin(state.rows, state.today, rangeOf(range)));
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
        today: dayOf(Date.now()),
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
    void showFailure(message, [logButton()]);
  }
}
