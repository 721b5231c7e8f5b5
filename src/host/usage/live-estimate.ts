import * as vscode from 'vscode';
import type { Subscription } from '../../core/emitter.ts';
import {
  contextWarning,
  type Draft,
  formatInputCounts,
  type InputCount,
} from '../../core/usage/input-count.ts';
import type { BudgetGuard } from './budget-guard.ts';
import type { InputCounter, LiveCount } from './input-counter.ts';

/** What a question takes, in words. */
export interface Estimate {
  /** `1,234 tokens · $0.0025` */
  readonly text: string;
  /** Why it had better not be sent as it is, with the numbers; null where nothing is against it. */
  readonly warning: string | null;
}

/** What several requests take that are sent together, as they change. */
export interface LiveEstimates extends Subscription {
  /** As `LiveCount.update` does; empty where there is nothing to count. */
  update(drafts: readonly Draft[]): void;
}

type Counter = Pick<InputCounter, 'follow'>;
type Budget = Pick<BudgetGuard, 'createCheck'>;
type Show = (estimate: Estimate | null) => void;

/**
 * Follows what somebody is writing, until it is disposed. What today has cost is looked up once.
 * @param show must not throw; told null where there is nothing to show
 */
export function followEstimate(counter: Counter, budget: Budget, show: Show): LiveCount {
  const live = followEstimates(counter, budget, show);
  return {
    update: (draft) => live.update(draft === null ? [] : [draft]),
    dispose: () => live.dispose(),
  };
}

/**
 * The same for a question that goes to several models: the figures of each, one warning for all.
 */
export function followEstimates(counter: Counter, budget: Budget, show: Show): LiveEstimates {
  const checked = budget.createCheck();
  const lives: LiveCount[] = [];
  /** By request; none where it isn't known yet. */
  const counts: (InputCount | null)[] = [];
  let requests: readonly Draft['request'][] = [];
  /** Counts what was shown: a warning about older requests comes too late. */
  let version = 0;
  const tell = async (): Promise<void> => {
    const now = ++version;
    const counting = requests;
    if (counting.some((_, index) => counts[index] === undefined)) return;
    const counted = counting.flatMap(({ model }, index) => {
      const count = counts[index] ?? null;
      return count === null ? [] : [{ model, count }];
    });
    if (counted.length === 0 || counted.length < counting.length) {
      show(null);
      return;
    }
    const warning = contextWarningFor(counted) ?? (await checked)(...counting);
    if (now === version) show({ text: formatInputCounts(counted, vscode.l10n), warning });
  };
  const liveAt = (index: number): LiveCount => {
    lives[index] ??= counter.follow((count) => {
      counts[index] = count;
      void tell();
    });
    return lives[index];
  };
  return {
    update: (next) => {
      requests = next.map(({ request }) => request);
      counts.length = 0;
      for (let index = 0; index < Math.max(next.length, lives.length); index++) {
        liveAt(index).update(next[index] ?? null);
      }
    },
    dispose: () => {
      version++;
      for (const live of lives) live.dispose();
    },
  };
}

/** Of the first that its model can't take. */
function contextWarningFor(
  counted: readonly { readonly model: string; readonly count: InputCount }[],
): string | null {
  for (const { model, count } of counted) {
    const warning = contextWarning(count, vscode.l10n);
    if (warning === null) continue;
    return counted.length === 1 ? warning : vscode.l10n.t('{0}: {1}', model, warning);
  }
  return null;
}
