import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { LazySpending } from './lazy-spending.ts';
import type { UsageView, UsageViewParts } from './usage-view.ts';

/** Show Usage: the view is a chunk that is loaded when it is first shown. */
export function registerUsageView(
  commands: Commands,
  parts: UsageViewParts,
  spending: LazySpending,
): vscode.Disposable {
  let view: UsageView | undefined;
  return vscode.Disposable.from(
    commands.register(commandIds.showUsage, async () => {
      const { UsageView } = await import('./usage-view.ts');
      const { ledger } = await spending.load();
      view ??= new UsageView(parts, ledger);
      view.show();
    }),
    new vscode.Disposable(() => view?.dispose()),
  );
}
