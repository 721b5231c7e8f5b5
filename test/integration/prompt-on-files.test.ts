import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { createItemId, type FileRun, type RunMode } from '../../src/core/batches/file-run.ts';
import { buildRequest } from '../../src/core/prompt/build-request.ts';
import { Preflight } from '../../src/host/ask/preflight.ts';
import { FileRuns } from '../../src/host/batches/file-runs.ts';
import type { PreparedRun } from '../../src/host/batches/prepare-run.ts';
import { readFiles } from '../../src/host/batches/run-files.ts';
import { showBatches } from '../../src/host/batches/show-batches.ts';
import { commandIds } from '../../src/host/command-ids.ts';
import { ApiKeyStore } from '../../src/host/connection/api-key.ts';
import { Connections } from '../../src/host/connection/connections.ts';
import { KeyPrompt } from '../../src/host/connection/key-prompt.ts';
import { filesIn } from '../../src/host/editor/folder-files.ts';
import { SettingsReader } from '../../src/host/settings-reader.ts';
import { WorkspaceStorage } from '../../src/host/storage/workspace-storage.ts';
import { UsageLedger } from '../../src/host/usage/usage-ledger.ts';
import { createUsageServices } from '../../src/host/usage/usage-services.ts';
import { UsageTotals } from '../../src/host/usage/usage-totals.ts';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../fakes/messages-api/simulator.ts';
import { noMemory } from '../fakes/no-memory.ts';
import { checked } from '../fakes/request.ts';
import { Notifications } from './notifications.ts';
import { closeAllEditors, showDocument, useSimulator } from './workspace.ts';

const noSecrets: vscode.SecretStorage = {
  get: async () => undefined,
  store: async () => {},
  delete: async () => {},
  keys: async () => [],
  onDidChange: () => ({ dispose: () => {} }),
};

describe('a prompt on many files', () => {
  let simulator: Simulator;
  let folder: string;
  let log: vscode.LogOutputChannel;
  const windows: FileRuns[] = [];

  before(() => {
    log = vscode.window.createOutputChannel('Runs on files', { log: true });
  });
  after(() => log.dispose());
  beforeEach(async () => {
    simulator = await startSimulator(say('An answer.'));
    await useSimulator(simulator);
    folder = await mkdtemp(join(tmpdir(), 'claude-files-'));
  });
  afterEach(async () => {
    for (const window of windows.splice(0)) window.dispose();
    await closeAllEditors();
    await simulator[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const storageIn = (name: string): WorkspaceStorage =>
    new WorkspaceStorage(vscode.Uri.file(join(folder, 'storage', name)));

  /** What each window of VS Code has, over the same folder. */
  function openWindow(): FileRuns {
    const settings = new SettingsReader();
    const keys = new ApiKeyStore(noSecrets, 'sk-ant-files');
    const connections = new Connections({
      keys,
      settings,
      memory: noMemory,
      secrets: noSecrets,
      log,
    });
    const keyPrompt = new KeyPrompt({ keys, settings, secrets: noSecrets, connections });
    const storage = storageIn('usage');
    const spending = createUsageServices({ storage, connections, settings, memory: noMemory, log });
    const parts = {
      preflight: new Preflight({ connections, keyPrompt, settings, spending }),
      storage: storageIn('batches'),
      connections,
      keyPrompt,
      settings,
      spending,
      usage: new UsageTotals(),
      log,
    };
    const pace = { initialMs: 20, maxMs: 50, listingGraceMs: 0 };
    const window = new FileRuns(parts, async () => ({ name: 'Explain', text: 'Explain.' }), pace);
    windows.push(window);
    return window;
  }

  const countedReplies = async (): Promise<number> => {
    const ledger = new UsageLedger({
      storage: storageIn('usage'),
      onProblem: (error) => assert.fail(String(error)),
    });
    return (await ledger.entries()).length;
  };

  async function write(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, content);
    return vscode.Uri.file(path);
  }

  async function prepare(mode: RunMode, count = 3): Promise<PreparedRun> {
    const uris = await Promise.all(
      Array.from({ length: count }, (_, index) => write(`${index}.ts`, `const n = ${index};\n`)),
    );
    const { files, leftOut } = await readFiles(uris);
    const settings = new SettingsReader().read();
    const id = crypto.randomUUID().replaceAll('-', '');
    const items = files.map(({ file }, index) => ({ id: createItemId(id, index), file }));
    const { model } = settings;
    return {
      plan: { id, at: Date.now(), mode, prompt: 'Explain', model, items, leftOut },
      requests: files.map((file) =>
        checked(buildRequest({ kind: 'free', text: 'Why?' }, [file], settings)),
      ),
    };
  }

  /** Resolves with the run as soon as it is `ready` on the disk. */
  async function runThat(window: FileRuns, ready: (run: FileRun) => boolean): Promise<FileRun> {
    for (;;) {
      const run = (await window.store.list()).find(ready);
      if (run !== undefined) return run;
      await sleep(20);
    }
  }

  /** What the list of batches says of the only run; nothing is chosen. */
  async function listedState(window: FileRuns): Promise<string | undefined> {
    const real = vscode.window.showQuickPick;
    let state: string | undefined;
    const value = async (rows: readonly vscode.QuickPickItem[]): Promise<void> => {
      [state] = rows[0]?.description?.split(' · ') ?? [];
    };
    Object.defineProperty(vscode.window, 'showQuickPick', { value, configurable: true });
    try {
      await showBatches(window);
    } finally {
      Object.defineProperty(vscode.window, 'showQuickPick', { value: real, configurable: true });
    }
    return state;
  }

  const nextDocument = (): Promise<vscode.TextDocument> =>
    new Promise((resolve) => {
      const subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.languageId !== 'markdown') return;
        subscription.dispose();
        resolve(editor.document);
      });
    });

  /** Enter in whatever list opens, until that has led somewhere. */
  async function acceptUntil<T>(end: Promise<T>): Promise<T> {
    let isOver = false;
    const over = end.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await Promise.race([over, sleep(100)]);
    }
    return over;
  }

  it('goes as a batch, by the command, with every file whole', async () => {
    const uris = await Promise.all([write('a.ts', 'let a = 1;\n'), write('b.py', 'b = 2\n')]);
    const created = new Promise<void>((resolve) => {
      const { resultOf } = simulator.batches;
      simulator.batches.endAfterPolls = 1;
      simulator.batches.resultOf = (request) => {
        resolve();
        return resultOf(request);
      };
    });
    await acceptUntil(
      Promise.resolve(vscode.commands.executeCommand(commandIds.runPromptOnFiles, uris[0], uris)),
    );
    await created;
    const [batch] = simulator.batches.created;
    const questions = batch?.requests.map(({ params }) => String(params.messages[0]?.content));
    assert.equal(questions?.length, 2);
    assert.match(questions?.[0] ?? '', /language="typescript" lines="1">\nlet a = 1;\n\n</);
    assert.match(questions?.[1] ?? '', /language="python" lines="1">\nb = 2\n\n</);
    assert.ok(batch?.requests.every(({ params }) => params.stream === false));
    const counted = simulator.requests.filter(({ path }) => path.endsWith('count_tokens'));
    assert.equal(counted.length, 2);

    const results = nextDocument();
    // Until it has ended the first choice is to ask the API now.
    let text: string | null = null;
    const opened = results.then((document) => {
      text = document.getText();
    });
    while (text === null) {
      const closed = Promise.resolve(vscode.commands.executeCommand(commandIds.showBatches));
      await acceptUntil(Promise.race([closed, opened]));
      await Promise.race([opened, sleep(100)]);
    }
    assert.match(text, /^# Explain · 2 files\n\n## `.*a\.ts`\n\nAnswer to \w+-0001\./);
    assert.match(text, /half the price as a batch/);
  });

  it('goes on in a new window after a restart, and is counted once', async () => {
    const first = openWindow();
    first.send(await prepare('batch'));
    await runThat(first, ({ batchId }) => batchId !== null);
    first.dispose();
    simulator.batches.end();

    const second = openWindow();
    await second.resume();
    const run = await runThat(second, ({ hasEnded }) => hasEnded);
    assert.equal(run.answers.size, 3);
    assert.equal(await countedReplies(), 3);

    await openWindow().resume();
    assert.equal(await countedReplies(), 3);
  });

  it('can be cancelled as a batch: what was answered is there', async () => {
    const window = openWindow();
    window.send(await prepare('batch'));
    const sent = await runThat(window, ({ batchId }) => batchId !== null);
    const [batch] = simulator.batches.created;
    assert.ok(batch !== undefined);
    batch.answeredBefore = 1;
    using notifications = new Notifications();
    await window.stop(sent);
    assert.equal(batch.phase, 'canceling');
    assert.equal(await listedState(window), 'cancelling');
    simulator.batches.end();
    const run = await runThat(window, ({ hasEnded }) => hasEnded);
    const kinds = [...run.answers.values()].map(({ outcome }) => outcome.kind);
    assert.deepEqual(kinds, ['complete', 'stopped', 'stopped']);
    assert.equal(await countedReplies(), 1);
    assert.match((await notifications.next()).message, /^The batch “.*” was cancelled\./);
    assert.equal(await listedState(window), 'cancelled');
  });

  it('goes one by one, four at a time, into a document in the order of the files', async () => {
    const gate = new Gate();
    let asked = 0;
    simulator.answer((exchange) => {
      asked++;
      if (asked === 4) gate.open();
      return say(`Answer ${asked}.`, { gate })(exchange);
    });
    const document = nextDocument();
    openWindow().send(await prepare('now', 9));
    const text = (await document).getText();
    assert.equal(simulator.mostAtOnce, 4);
    const headings = [...text.matchAll(/^## `.*?(\d)\.ts`$/gm)].map(([, number]) => number);
    assert.deepEqual(headings, ['0', '1', '2', '3', '4', '5', '6', '7', '8']);
    assert.equal([...text.matchAll(/^Answer \d\.$/gm)].length, 9);
    assert.match(text, /\*\*9 files: 9 complete · /);
    assert.equal(await countedReplies(), 9);
  });

  it('stops one by one, and shows what was answered', async () => {
    const gate = new Gate();
    let asked = 0;
    simulator.answer((exchange) => say('Answered.', ++asked > 1 ? { gate } : {})(exchange));
    const window = openWindow();
    const document = nextDocument();
    window.send(await prepare('now', 6));
    await window.stop(await runThat(window, ({ answers }) => answers.size > 0));
    const text = (await document).getText();
    assert.equal([...text.matchAll(/^Answered\.$/gm)].length, 1);
    assert.equal([...text.matchAll(/^\*Stopped by you\.\*$/gm)].length, 5);
  });

  it('leaves nothing behind once it is removed', async () => {
    const window = openWindow();
    window.send(await prepare('batch'));
    await window.remove(await runThat(window, ({ batchId }) => batchId !== null));
    while ((await window.store.list()).length > 0) await sleep(20);
    assert.equal(simulator.batches.created[0]?.phase, 'canceling');
  });

  describe('reads files', () => {
    const contents: readonly [name: string, content: string | Uint8Array, reason: RegExp | null][] =
      [
        ['plain.ts', 'let a = 1;\n', null],
        ['windows.ts', 'let a = 1;\r\n', null],
        ['bom.txt', Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x62, 0]), null],
        ['no-language.xyzzy', 'text', null],
        ['image.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), /binary/],
        ['empty.ts', ' \n', /empty/],
        ['large.ts', 'x'.repeat(1_000_001), /larger than 1\.0 MB/],
      ];
    for (const [name, content, reason] of contents) {
      it(`${reason === null ? 'as text' : 'and leaves out'}: ${name}`, async () => {
        const { files, leftOut } = await readFiles([await write(name, content)]);
        if (reason === null) assert.equal(files.length, 1);
        else assert.match(leftOut[0]?.reason ?? '', reason);
        assert.equal(files.length + leftOut.length, 1);
      });
    }

    it('as they stand in their editors', async () => {
      const uri = await write('edited.ts', 'saved');
      const editor = await showDocument(await vscode.workspace.openTextDocument(uri));
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'un'));
      const { files } = await readFiles([uri]);
      assert.deepEqual([files[0]?.text, files[0]?.language], ['unsaved', 'typescript']);
    });

    it('says which can’t be read', async () => {
      const { leftOut } = await readFiles([vscode.Uri.file(join(folder, 'none.ts'))]);
      assert.match(leftOut[0]?.reason ?? '', /can’t be read/);
    });

    it('and leaves out links, and what stands behind a linked folder', async () => {
      const [root] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(root !== undefined);
      await write('secret/d.ts', 'd');
      const inside = join(root.uri.fsPath, 'linked-folder');
      await symlink(join(folder, 'secret'), inside);
      try {
        await symlink(join(folder, 'secret', 'd.ts'), join(folder, 'linked.ts'));
        const { files, leftOut } = await readFiles([
          vscode.Uri.file(join(folder, 'linked.ts')),
          vscode.Uri.file(join(inside, 'd.ts')),
        ]);
        assert.deepEqual(files, []);
        for (const { reason } of leftOut) assert.match(reason, /symbolic link/);
        assert.equal(leftOut.length, 2);
      } finally {
        await rm(inside);
      }
    });

    it('in folders at every depth, but follows no link and opens no node_modules', async () => {
      await Promise.all([
        write('src/a.ts', 'a'),
        write('src/deep/b.ts', 'b'),
        write('src/node_modules/c.ts', 'c'),
        write('secret/d.ts', 'd'),
      ]);
      await symlink(join(folder, 'secret'), join(folder, 'src', 'linked'));
      await symlink(join(folder, 'secret', 'd.ts'), join(folder, 'src', 'linked.ts'));
      const found = await filesIn([vscode.Uri.file(join(folder, 'src'))], 100);
      assert.deepEqual(
        found.files.map(({ path }) => path.slice(path.indexOf('/src/'))).toSorted(),
        ['/src/a.ts', '/src/deep/b.ts'],
      );
      assert.equal(found.hasFolder, true);
    });
  });
});
