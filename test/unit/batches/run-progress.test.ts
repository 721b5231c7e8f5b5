import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { RunPlan } from '../../../src/core/batches/file-run.ts';
import type { RunProgress } from '../../../src/host/batches/run-services.ts';
import { answers, calls, ProgressLocation } from '../../fakes/vscode.ts';

const { showRunProgress } = await import('../../../src/host/batches/run-notifications.ts');

const plan: RunPlan = {
  id: 'r',
  at: 0,
  mode: 'now',
  prompt: 'Explain',
  model: 'm',
  items: ['a.ts', 'b.ts', 'c.ts', 'd.ts'].map((file) => ({ id: `r-${file}`, file })),
  leftOut: [],
};

describe('a run’s progress', () => {
  let reports: object[];
  let cancel: () => void;
  beforeEach(() => {
    calls.length = 0;
    answers.clear();
    reports = [];
    const progress = { report: (report: object) => reports.push(report) };
    const token = {
      onCancellationRequested: (listener: () => void) => {
        cancel = listener;
        return { dispose: () => {} };
      },
    };
    answers.set('window.withProgress', (_options: unknown, run: (...given: unknown[]) => unknown) =>
      run(progress, token),
    );
  });
  afterEach(() => answers.clear());

  const show = (mode: RunPlan['mode'], stop: () => void, ...steps: readonly RunProgress[]) =>
    showRunProgress({ ...plan, mode }, ProgressLocation.Notification, stop, async (report) => {
      for (const step of steps) report(step);
      return 'done';
    });

  it('says how many files are answered, and fills its bar by them', async () => {
    const progress = (answered: number): RunProgress => ({ type: 'progress', answered });
    assert.equal(await show('now', assert.fail, progress(1), progress(3), progress(4)), 'done');
    assert.deepEqual(reports, [
      { message: '1 of 4', increment: 25 },
      { message: '3 of 4', increment: 50 },
      { message: '4 of 4', increment: 25 },
    ]);
  });

  it('is named after what is asked, and can be cancelled', async () => {
    let stopped = 0;
    await show('batch', () => stopped++);
    const [options] = calls.find(({ name }) => name === 'window.withProgress')?.given ?? [];
    assert.deepEqual(options, {
      location: ProgressLocation.Notification,
      title: 'Claude batch “Explain · 4 files”',
      cancellable: true,
    });
    cancel();
    assert.equal(stopped, 1);
  });

  it('says of a batch that it goes on by itself, and what is waited for', async () => {
    await show(
      'batch',
      assert.fail,
      { type: 'progress', answered: 0 },
      { type: 'retrying', failure: { kind: 'overloaded', retryAfterMs: null }, waitMs: 1500 },
      { type: 'canceling' },
    );
    const messages = reports.map((report) => ('message' in report ? String(report.message) : ''));
    assert.match(messages[0] ?? '', /goes on while VS Code is closed/);
    assert.match(messages[1] ?? '', /Trying again in 2 s\.$/);
    assert.match(messages[2] ?? '', /^Cancelling\. What is answered already stays\.$/);
  });
});
