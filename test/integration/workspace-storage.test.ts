import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import * as vscode from 'vscode';
import { JournalDeletedError, journalFiles } from '../../src/host/storage/journal-storage.ts';
import { WorkspaceStorage } from '../../src/host/storage/workspace-storage.ts';

const { fs } = vscode.workspace;

const fileSystems = {
  'the disk': journalFiles,
  'VS Code’s file system': () => Promise.resolve(fs),
} as const;
for (const [name, openFiles] of Object.entries(fileSystems)) {
  describe(`workspace storage on ${name}`, () => storesJournals(openFiles));
}

function storesJournals(openFiles: typeof journalFiles): void {
  let root: vscode.Uri;
  let storage: WorkspaceStorage;

  beforeEach(() => {
    // A folder of its own, which isn't there yet.
    root = vscode.Uri.joinPath(vscode.Uri.file(tmpdir()), `claude-stream-${crypto.randomUUID()}`);
    storage = new WorkspaceStorage(root, openFiles);
  });
  afterEach(async () => {
    await fs.delete(root, { recursive: true, useTrash: false }).then(undefined, () => undefined);
  });

  async function filesOf(name: string): Promise<readonly string[]> {
    const entries = await fs.readDirectory(vscode.Uri.joinPath(root, name));
    return entries.map(([file]) => file).sort();
  }

  async function put(name: string, file: string, text: string): Promise<void> {
    const uri = vscode.Uri.joinPath(root, name, file);
    await fs.writeFile(uri, new TextEncoder().encode(text));
  }

  /** What a new window would read. */
  const reread = (name: string): Promise<string | null> =>
    new WorkspaceStorage(root, openFiles).read(name);

  it('has nothing before the first append', async () => {
    assert.equal(await storage.read('c1'), null);
    assert.deepEqual(await storage.list(), []);
    await storage.tidy('c1');
    await storage.delete('c1');
  });

  it('gives back what was appended, in order', async () => {
    for (const text of ['one\n', 'zwei ß\n', '三 😀\n']) await storage.append('c1', text);
    assert.equal(await storage.read('c1'), 'one\nzwei ß\n三 😀\n');
    assert.equal(await reread('c1'), 'one\nzwei ß\n三 😀\n');
    assert.deepEqual(await storage.list(), ['c1']);
  });

  it('never writes a file twice', async () => {
    await storage.append('c1', 'one\n');
    const [first = ''] = await filesOf('c1');
    const before = await fs.stat(vscode.Uri.joinPath(root, 'c1', first));
    await storage.append('c1', 'two\n');
    assert.equal((await filesOf('c1')).length, 2);
    assert.deepEqual(await fs.stat(vscode.Uri.joinPath(root, 'c1', first)), before);
  });

  it('merges a reply’s segments into one file, and each reply’s alone', async () => {
    for (const reply of [1, 2]) {
      for (const part of ['a', 'b', 'c']) await storage.append('c1', `${reply}${part}\n`);
      await storage.tidy('c1');
      assert.equal((await filesOf('c1')).length, reply);
    }
    assert.deepEqual(
      (await filesOf('c1')).map((file) => file.replace(/^0001-[0-9a-f]{8}/, 'S')),
      ['S.000001-000003.jsonl', 'S.000004-000006.jsonl'],
    );
    assert.equal(await reread('c1'), '1a\n1b\n1c\n2a\n2b\n2c\n');
  });

  it('merges a long reply before it has ended', async () => {
    let expected = '';
    for (let part = 0; part < 150; part++) {
      expected += `${part}\n`;
      await storage.append('c1', `${part}\n`);
    }
    assert.equal((await filesOf('c1')).length, 51);
    assert.equal(await reread('c1'), expected);
  });

  const leftovers: readonly [name: string, files: Readonly<Record<string, string>>][] = [
    [
      'before the merged file was whole',
      {
        '0001-aaaaaaaa.000001-000001.jsonl': 'one\n',
        '0001-aaaaaaaa.000002-000002.jsonl': 'two\n',
        '0001-aaaaaaaa.000001-000002.jsonl.tmp': 'one\nt',
      },
    ],
    [
      'before all segments were gone',
      {
        '0001-aaaaaaaa.000001-000002.jsonl': 'one\ntwo\n',
        '0001-aaaaaaaa.000002-000002.jsonl': 'two\n',
      },
    ],
  ];
  for (const [name, files] of leftovers) {
    it(`reads all once where a crash stopped a merge ${name}, and clears up`, async () => {
      for (const [file, text] of Object.entries(files)) await put('c1', file, text);
      assert.equal(await storage.read('c1'), 'one\ntwo\n');
      await storage.append('c1', 'three\n');
      assert.equal(await reread('c1'), 'one\ntwo\nthree\n');
      const kept = (await filesOf('c1')).filter((file) => file.startsWith('0001-aaaaaaaa'));
      assert.equal(kept.join('').includes('.tmp'), false);
      assert.equal(kept.length, name.includes('whole') ? 2 : 1);
    });
  }

  it('reads on after a write that was cut within a character', async () => {
    const bytes = new TextEncoder().encode('one 😀');
    const uri = vscode.Uri.joinPath(root, 'c1', '0001-aaaaaaaa.000001-000001.jsonl');
    await fs.writeFile(uri, bytes.subarray(0, bytes.length - 2));
    await storage.append('c1', '\ntwo\n');
    assert.equal(await storage.read('c1'), 'one \ufffd\ntwo\n');
  });

  it('keeps two conversations apart, also while both are appended to', async () => {
    const texts = Array.from({ length: 30 }, (_, index) => `${index}\n`);
    await Promise.all(
      ['c1', 'c2'].flatMap((name) => [
        ...texts.map((text) => storage.append(name, `${name} ${text}`)),
        storage.tidy(name),
      ]),
    );
    for (const name of ['c1', 'c2']) {
      assert.equal(await reread(name), texts.map((text) => `${name} ${text}`).join(''));
      assert.equal((await filesOf(name)).length, 1);
    }
    assert.deepEqual([...(await storage.list())].sort(), ['c1', 'c2']);
    await storage.delete('c1');
    assert.deepEqual(await storage.list(), ['c2']);
    assert.equal(await storage.read('c1'), null);
  });

  it('loses nothing where two windows append to one conversation', async () => {
    const other = new WorkspaceStorage(root, openFiles);
    await storage.append('c1', 'a1\n');
    await other.append('c1', 'b1\n');
    await storage.append('c1', 'a2\n');
    await Promise.all([storage.tidy('c1'), other.append('c1', 'b2\n')]);
    await other.tidy('c1');
    assert.equal(await reread('c1'), 'a1\na2\nb1\nb2\n');
  });

  it('begins anew after a journal was deleted', async () => {
    await storage.append('c1', 'old\n');
    await storage.delete('c1');
    await storage.append('c1', 'new\n');
    assert.equal(await storage.read('c1'), 'new\n');
  });

  it('never brings back a journal that was deleted for good, whoever writes it', async () => {
    const other = new WorkspaceStorage(root, openFiles);
    await storage.append('c1', 'one\n');
    await other.append('c1', 'two\n');
    await storage.bury('c1');
    for (const window of [storage, other, new WorkspaceStorage(root, openFiles)]) {
      await assert.rejects(window.append('c1', 'three\n'), JournalDeletedError);
      assert.equal(await window.read('c1'), null);
      assert.deepEqual(await window.list(), []);
    }
    const left = await fs.readDirectory(root);
    assert.deepEqual(left, [['c1.deleted', vscode.FileType.File]]);
  });

  it('deletes all others for good where one can’t be deleted, and lists none', async () => {
    for (const name of ['c1', 'c2', 'c3']) await storage.append(name, 'one\n');
    let tries = 0;
    const real = await openFiles(root);
    const stubborn = new WorkspaceStorage(root, async () => ({
      createDirectory: (uri) => real.createDirectory(uri),
      readDirectory: (uri) => real.readDirectory(uri),
      readFile: (uri) => real.readFile(uri),
      rename: (from, to) => real.rename(from, to),
      writeFile: (uri, bytes) => real.writeFile(uri, bytes),
      delete: (uri, options) => {
        if (!uri.path.endsWith('/c2')) return real.delete(uri, options);
        tries++;
        return Promise.reject(new Error('EBUSY'));
      },
    }));
    await assert.rejects(stubborn.buryAll(), /EBUSY/);
    assert.equal(tries, 4);
    assert.deepEqual(await new WorkspaceStorage(root, openFiles).list(), []);
    const folders = (await fs.readDirectory(root)).filter(
      ([, type]) => type === vscode.FileType.Directory,
    );
    assert.deepEqual(folders, [['c2', vscode.FileType.Directory]]);
  });

  it('fails to append where there can be no folder, and goes on once there can', async () => {
    await fs.writeFile(root, new Uint8Array());
    await assert.rejects(storage.append('c1', 'one\n'));
    await fs.delete(root);
    await storage.append('c1', 'one\n');
    assert.equal(await storage.read('c1'), 'one\n');
  });

  describe('a journal that is written anew', () => {
    const shouted = (text: string): string => text.toUpperCase();

    it('is one file, and goes on behind it', async () => {
      for (const text of ['a\n', 'b\n', 'c\n']) await storage.append('index', text);
      await storage.rewrite('index', shouted);
      assert.equal((await filesOf('index')).length, 1);
      await storage.append('index', 'd\n');
      assert.equal(await storage.read('index'), 'A\nB\nC\nd\n');
      assert.equal(await reread('index'), 'A\nB\nC\nd\n');
    });

    it('keeps what another window appends before, meanwhile and after', async () => {
      const other = new WorkspaceStorage(root, openFiles);
      await storage.append('index', 'a1\n');
      await other.append('index', 'b1\n');
      await Promise.all([storage.rewrite('index', shouted), other.append('index', 'b2\n')]);
      await other.append('index', 'b3\n');
      await other.tidy('index');
      const lines = new Set(((await reread('index')) ?? '').toLowerCase().split('\n'));
      assert.deepEqual([...lines].sort(), ['', 'a1', 'b1', 'b2', 'b3']);
    });

    it('stays as it is in fewer files, or where there is none', async () => {
      await storage.append('index', 'a\n');
      await storage.rewrite('index', shouted, 2);
      await storage.rewrite('none', shouted);
      assert.equal(await storage.read('index'), 'a\n');
      assert.equal(await storage.read('none'), null);
    });
  });

  it('reads more than 9,999 sessions, in their order', async () => {
    await put('c1', '9999-0000000a.000001-000001.jsonl', 'one\n');
    await storage.append('c1', 'two\n');
    await new WorkspaceStorage(root, openFiles).append('c1', 'three\n');
    assert.equal(await reread('c1'), 'one\ntwo\nthree\n');
  });

  it('sets a journal aside without a byte lost, and clears it away with the others', async () => {
    await storage.append('c1', 'not a journal');
    await storage.append('c2', 'one\n');
    assert.equal(await storage.setAside('c1'), 'c1.damaged');
    assert.deepEqual(await storage.list(), ['c2']);
    assert.equal(await storage.read('c1'), null);
    const [file = ''] = await filesOf('c1.damaged');
    const bytes = await fs.readFile(vscode.Uri.joinPath(root, 'c1.damaged', file));
    assert.equal(new TextDecoder().decode(bytes), 'not a journal');
    await storage.clear();
    assert.deepEqual(await storage.list(), []);
    await assert.rejects(Promise.resolve(fs.stat(root)));
    await storage.append('c3', 'new\n');
    assert.deepEqual(await storage.list(), ['c3']);
  });

  it('takes no name that leads elsewhere', async () => {
    for (const name of ['..', 'a/b', '', '../c1']) {
      await assert.rejects(storage.append(name, 'x'));
      await assert.rejects(storage.delete(name));
    }
  });
}
