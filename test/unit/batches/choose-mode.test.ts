import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import { answers } from '../../fakes/vscode.ts';

const { chooseMode } = await import('../../../src/host/batches/choose-mode.ts');

interface Row {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

const count = { tokens: 1000, exact: true, cost: () => 0.5 };

describe('how a run on files goes', () => {
  afterEach(() => answers.clear());

  /** Chooses these rows, one after the other, and gives what became of it and what was offered. */
  async function choose(canBatch: boolean, ...labels: readonly string[]) {
    const offered: Row[] = [];
    const left = [...labels];
    answers.set('window.showQuickPick', (rows: readonly Row[]) => {
      offered.splice(0, offered.length, ...rows);
      const label = left.shift() ?? '';
      return Promise.resolve(rows.find((row) => row.label.includes(label)));
    });
    return { mode: await chooseMode('2 files', count, [], canBatch), offered, left };
  }

  it('is a batch or now, as its reader chooses', async () => {
    assert.equal((await choose(true, 'Batch')).mode, 'batch');
    assert.equal((await choose(true, 'Now')).mode, 'now');
  });

  it('is never a batch from a browser, and the list says why', async () => {
    const { mode, offered, left } = await choose(false, 'Batch', 'Now');
    assert.equal(mode, 'now');
    assert.deepEqual(left, []);
    const batch = offered.find(({ label }) => label.includes('Batch'));
    assert.match(`${batch?.description}: ${batch?.detail}`, /not from a browser: .*CORS/);
  });
});
