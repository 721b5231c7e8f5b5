import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import * as vscode from 'vscode';
import { noUsage } from '../../src/core/claude/usage.ts';
import { Reply } from '../../src/core/conversation/reply.ts';
import type { Receipt } from '../../src/core/usage/receipt.ts';
import { sumRows, usageRows } from '../../src/core/usage/usage-rows.ts';
import { WorkspaceStorage } from '../../src/host/storage/workspace-storage.ts';
import { UsageLedger } from '../../src/host/usage/usage-ledger.ts';

describe('usage ledger on the disk', () => {
  let root: vscode.Uri;
  beforeEach(() => {
    root = vscode.Uri.joinPath(vscode.Uri.file(tmpdir()), `claude-stream-${crypto.randomUUID()}`);
  });
  afterEach(async () => {
    await vscode.workspace.fs
      .delete(root, { recursive: true, useTrash: false })
      .then(undefined, () => undefined);
  });

  /** What each window of VS Code has: a ledger over the same folder. */
  const openWindow = (): UsageLedger =>
    new UsageLedger({
      storage: new WorkspaceStorage(root),
      onProblem: (error) => assert.fail(String(error)),
    });

  function receipt(input: number): Receipt {
    const reply = new Reply('r', 'claude-sonnet-5-5', 0);
    reply.apply({ type: 'usage', usage: { ...noUsage, input, output: 7 }, final: true }, 1);
    return reply.receipt();
  }

  it('is empty where nothing was written', async () => {
    assert.deepEqual(await openWindow().entries(), []);
    assert.equal((await openWindow().today()).replies, 0);
  });

  it('adds up what two windows write at once, and each sees the other’s', async () => {
    const windows = [openWindow(), openWindow()] as const;
    const receipts = Array.from({ length: 40 }, (_, index) => receipt(index));
    await Promise.all(
      receipts.map((each, index) => windows[index % 2 === 0 ? 0 : 1].record(`r${index}`, each)),
    );
    for (const ledger of [...windows, openWindow()]) {
      const today = await ledger.today();
      assert.equal(today.replies, 40);
      assert.equal(today.usage.input, (39 * 40) / 2);
      assert.equal(today.usage.output, 40 * 7);
    }
    await Promise.all(windows.map((ledger) => ledger.close()));
    assert.equal((await openWindow().today()).replies, 40);
  });

  it('counts a reply once that went on in another window', async () => {
    const [one, two] = [openWindow(), openWindow()];
    await one.record('r1', receipt(10));
    await two.record('r1', receipt(30));
    const sum = sumRows(usageRows(await one.entries()));
    assert.deepEqual([sum.replies, sum.usage.input], [1, 30]);
  });
});
