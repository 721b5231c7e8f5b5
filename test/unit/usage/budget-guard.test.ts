import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { InputCount } from '../../../src/core/usage/input-count.ts';
import { noMemory } from '../../fakes/no-memory.ts';
import { anyRequest } from '../../fakes/request.ts';
import { defaultSettings } from '../../fakes/settings.ts';
import { calls } from '../../fakes/vscode.ts';

const { BudgetGuard } = await import('../../../src/host/usage/budget-guard.ts');

const count: InputCount = {
  tokens: 1000,
  exact: true,
  cost: 0.06,
  costExact: true,
  contextTokens: null,
};

/** A guard of one dollar a day, of which 0.90 are spent, with questions of 0.06 each. */
function makeGuard(): InstanceType<typeof BudgetGuard> {
  return new BudgetGuard({
    ledger: { today: () => Promise.resolve({ cost: 0.9 }) },
    counter: { cachedOrEstimated: () => count },
    settings: { read: () => ({ ...defaultSettings, dailyBudget: 1 }) },
    memory: noMemory,
    log: { error: assert.fail },
  });
}

describe('the daily budget', () => {
  it('bears one question, but not two of the kind at once', async () => {
    const guard = makeGuard();
    calls.length = 0;
    assert.equal(await guard.confirmRequests(anyRequest), true);
    assert.equal(calls.length, 0);
    // The stand-in for VS Code presses no button.
    assert.equal(await guard.confirmRequests(anyRequest, anyRequest), false);
    assert.deepEqual(
      calls.map(({ name, given: [message, options] }) => [name, message, options]),
      [
        [
          'window.showWarningMessage',
          'Today’s replies have cost $0.90; the input of this question adds $0.12. The daily budget is $1.00.',
          { modal: true },
        ],
      ],
    );
  });
});
