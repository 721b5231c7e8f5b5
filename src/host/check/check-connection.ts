import * as vscode from 'vscode';
import { decisive, headline, reportOf, stepTitle } from '../../core/check/report.ts';
import { runCheck } from '../../core/check/run-check.ts';
import type { StepResult } from '../../core/check/step.ts';
import { testTokens } from '../../core/check/test-request.ts';
import { redactor } from '../../core/claude/api-key.ts';
import { formatCost } from '../../core/conversation/format-figures.ts';
import { languageOf } from '../../core/l10n.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import { actionLabel, runAction } from './check-actions.ts';
import { type Gathered, type GatherParts, gatherParts } from './gather-parts.ts';
import { ReportDocument } from './report-document.ts';

export interface ConnectionCheckParts extends GatherParts {
  /** The extension's own. */
  readonly version: string;
}

/** Check Connection. */
export function registerCheck(commands: Commands, parts: ConnectionCheckParts): vscode.Disposable {
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
  readonly #parts: ConnectionCheckParts;
  readonly #document = new ReportDocument();
  #isRunning = false;

  constructor(parts: ConnectionCheckParts) {
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
      const gathered = await gatherParts(this.#parts);
      const results = await check(gathered);
      if (results !== null) await this.#show(results, gathered);
    } finally {
      this.#isRunning = false;
    }
  }

  async #show(results: readonly StepResult[], { key, secrets }: Gathered): Promise<void> {
    const redact = redactor(key?.value ?? '', secrets);
    const report = reportOf(results, this.#versions(), redact, vscode.l10n);
    await this.#document.show(report);
    void offer(results, redact(headline(results, vscode.l10n)), report);
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
async function check(gathered: Gathered): Promise<readonly StepResult[] | null> {
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
          mayStream,
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
async function mayStream(cost: number | null): Promise<boolean> {
  const stream = vscode.l10n.t('Stream a Test Reply');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t('The requests that cost nothing pass. Test the streaming, too?'),
    {
      modal: true,
      detail:
        cost === null
          ? vscode.l10n.t(
              'A reply of at most {0} tokens is asked for. Its price is not known.',
              testTokens,
            )
          : vscode.l10n.t(
              'A reply of at most {0} tokens is asked for: {1} at the most.',
              testTokens,
              formatCost(cost, languageOf(vscode.l10n)),
            ),
    },
    stream,
  );
  return pressed === stream;
}

async function offer(
  results: readonly StepResult[],
  message: string,
  report: string,
): Promise<void> {
  const result = decisive(results);
  const copy = vscode.l10n.t('Copy Report');
  const action = result?.action ?? null;
  const help = action === null ? [] : [actionLabel(action)];
  const pressed = await (result?.verdict === 'failed'
    ? vscode.window.showWarningMessage(message, ...help, copy)
    : vscode.window.showInformationMessage(message, ...help, copy));
  if (pressed === copy) {
    await vscode.env.clipboard.writeText(report);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Report copied'), 5000);
  } else if (pressed !== undefined && action !== null) {
    runAction(action);
  }
}
