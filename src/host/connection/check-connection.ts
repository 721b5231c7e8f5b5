import * as vscode from 'vscode';
import { testMaxTokens } from '../../core/check/check-streaming.ts';
import { findDecisive, formatReport, headline, stepTitle } from '../../core/check/report.ts';
import { runCheck } from '../../core/check/run-check.ts';
import type { CheckAction, StepResult } from '../../core/check/steps.ts';
import { formatCost } from '../../core/format-figures.ts';
import { getLanguage } from '../../core/l10n.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import { failureActionLabel, runFailureAction } from '../notifications.ts';
import { type CheckInputs, type GatherParts, gatherCheckInputs } from './check-inputs.ts';

const reportScheme = 'claude-stream-check';
const reportUri = vscode.Uri.from({ scheme: reportScheme, path: '/Claude Connection.md' });

/** The last report, in an editor that can't be written in and asks nothing when it is closed. */
export class ReportDocument implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #report = '';

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(reportScheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#report,
    });
  }

  async show(report: string): Promise<void> {
    this.#report = report;
    this.#changed.fire(reportUri);
    const document = await vscode.workspace.openTextDocument(reportUri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** As beside a failed reply, and what only a connection needs. */
export function checkActionLabel(action: CheckAction): string {
  switch (action) {
    case 'set-header-secret':
      return vscode.l10n.t('Set Header Secret');
    case 'open-proxy-setting':
      return vscode.l10n.t('Proxy Settings');
    default:
      return failureActionLabel(action);
  }
}

export function runCheckAction(action: CheckAction): void {
  switch (action) {
    case 'set-header-secret':
      void vscode.commands.executeCommand(commandIds.setHeaderSecret);
      return;
    case 'open-proxy-setting':
      void vscode.commands.executeCommand('workbench.action.openSettings', 'http.proxy');
      return;
    default:
      // None of these asks anything again.
      void runFailureAction(action, () => {});
  }
}

export interface ConnectionCheckServices extends GatherParts {
  /** The extension's own. */
  readonly version: string;
}

/** Check Connection. */
export function registerCheck(
  commands: Commands,
  parts: ConnectionCheckServices,
): vscode.Disposable {
  let check: ConnectionCheck | undefined;
  return vscode.Disposable.from(
    commands.register(commandIds.checkConnection, () => {
      check ??= new ConnectionCheck(parts);
      return check.run();
    }),
    new vscode.Disposable(() => check?.dispose()),
  );
}

/** Looks at every hop to the API, shows what it found, and offers what helps. */
export class ConnectionCheck implements vscode.Disposable {
  readonly #parts: ConnectionCheckServices;
  readonly #document = new ReportDocument();
  #isRunning = false;

  constructor(parts: ConnectionCheckServices) {
    this.#parts = parts;
  }

  dispose(): void {
    this.#document.dispose();
  }

  /** Resolves when the report is shown; its buttons may be pressed later. */
  async run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      const gathered = await gatherCheckInputs(this.#parts);
      if (gathered === null) return;
      const results = await check(gathered);
      if (results !== null) await this.#show(results, gathered);
    } finally {
      this.#isRunning = false;
    }
  }

  async #show(results: readonly StepResult[], { redact }: CheckInputs): Promise<void> {
    const report = formatReport(results, this.#versions(), redact, vscode.l10n);
    await this.#document.show(report);
    void offerHelp(results, redact(headline(results, vscode.l10n)), report);
  }

  #versions(): readonly string[] {
    const { appHost, remoteName } = vscode.env;
    return [
      new Date().toISOString(),
      `Claude Stream ${this.#parts.version}`,
      `VS Code ${vscode.version}`,
      remoteName === undefined ? appHost : `${appHost}, ${remoteName}`,
    ];
  }
}

/** Null where the user has ended it. */
async function check(gathered: CheckInputs): Promise<readonly StepResult[] | null> {
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t('Checking the connection');
  return vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, token) => {
      const ending = new AbortController();
      const subscription = token.onCancellationRequested(() => ending.abort());
      try {
        const results = await runCheck({
          ...gathered.check,
          confirmStream: confirmStreamTest,
          onStep: (step) => progress.report({ message: stepTitle(step, vscode.l10n) }),
          signal: ending.signal,
        });
        return ending.signal.aborted ? null : results;
      } finally {
        subscription.dispose();
      }
    },
  );
}

/** Nothing that costs is sent without a word before. */
async function confirmStreamTest(cost: number | null): Promise<boolean> {
  const stream = vscode.l10n.t('Stream a Test Reply');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t('The requests that cost nothing pass. Test the streaming, too?'),
    {
      modal: true,
      detail:
        cost === null
          ? vscode.l10n.t(
              'A reply of at most {0} tokens is asked for. Its price is not known.',
              testMaxTokens,
            )
          : vscode.l10n.t(
              'A reply of at most {0} tokens is asked for: {1} at the most.',
              testMaxTokens,
              formatCost(cost, getLanguage(vscode.l10n)),
            ),
    },
    stream,
  );
  return pressed === stream;
}

async function offerHelp(
  results: readonly StepResult[],
  message: string,
  report: string,
): Promise<void> {
  const result = findDecisive(results);
  const copy = vscode.l10n.t('Copy Report');
  const action = result?.action ?? null;
  const help = action === null ? [] : [checkActionLabel(action)];
  const pressed = await (result?.status === 'failed'
    ? vscode.window.showWarningMessage(message, ...help, copy)
    : vscode.window.showInformationMessage(message, ...help, copy));
  if (pressed === copy) {
    await vscode.env.clipboard.writeText(report);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Report copied'), 5000);
  } else if (pressed !== undefined && action !== null) {
    runCheckAction(action);
  }
}
