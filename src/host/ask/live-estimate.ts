import * as vscode from 'vscode';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import { contextWarning, type InputCount, inputCountText } from '../../core/usage/input-count.ts';
import type { BudgetGuard } from './budget-guard.ts';
import type { InputCounter, LiveCount } from './input-counter.ts';

/** What a question takes, in words. */
export interface Estimate {
  /** `1,234 tokens · $0.0025` */
  readonly text: string;
  /** Why it had better not be sent as it is, with the numbers; null where nothing is against it. */
  readonly warning: string | null;
}

/**
 * Follows what somebody is writing, until it is disposed. What today has cost is looked up once.
 * @param show must not throw; told null where there is nothing to show
 */
export function followEstimate(
  counter: Pick<InputCounter, 'follow'>,
  budget: Pick<BudgetGuard, 'checker'>,
  show: (estimate: Estimate | null) => void,
): LiveCount {
  const checked = budget.checker();
  let request: ClaudeRequest | null = null;
  /** Counts what was told: a warning about an older request comes too late. */
  let told = 0;
  const tell = async (count: InputCount | null): Promise<void> => {
    const now = ++told;
    const asked = request;
    if (count === null || asked === null) {
      show(null);
      return;
    }
    const warning = contextWarning(count, vscode.l10n) ?? (await checked)(asked);
    if (now === told) show({ text: inputCountText(count, vscode.l10n), warning });
  };
  const live = counter.follow((count) => void tell(count));
  return {
    update: (next, mayAskApi) => {
      request = next;
      live.update(next, mayAskApi);
    },
    dispose: () => {
      told++;
      live.dispose();
    },
  };
}
