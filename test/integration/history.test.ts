import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import * as vscode from 'vscode';
import type { Turn } from '../../src/core/conversation/conversation.ts';
import { Reply } from '../../src/core/conversation/reply.ts';
import { displayTitle } from '../../src/core/history/history-index.ts';
import { ConversationList, type HistoryStorage } from '../../src/host/history/conversation-list.ts';
import {
  ConversationStore,
  type OpenConversation,
} from '../../src/host/history/conversation-store.ts';

import { searchConversations } from '../../src/host/history/history-pick.ts';
import { historyChildren } from '../../src/host/history/history-tree.ts';
import { WorkspaceStorage } from '../../src/host/storage/workspace-storage.ts';
import { Notifications } from './notifications.ts';

const { fs } = vscode.workspace;

/** A window's view of a folder that windows share. */
class Window {
  readonly places: HistoryStorage;
  readonly list: ConversationList;
  readonly store: ConversationStore;

  constructor(root: vscode.Uri, log: vscode.LogOutputChannel) {
    const storageIn = (folder: string): WorkspaceStorage =>
      new WorkspaceStorage(vscode.Uri.joinPath(root, folder));
    this.places = {
      conversations: storageIn('conversations'),
      index: storageIn('history'),
      changed: new vscode.EventEmitter<void>(),
      prices: () => ({}),
      log,
    };
    this.list = new ConversationList(this.places);
    this.store = new ConversationStore(this.places);
  }

  /** A conversation with a reply, left open. */
  ask(question: string, reply = `About ${question}`): OpenConversation {
    const open = this.store.create();
    say(open, question, reply);
    return open;
  }

  /** A conversation that is written and closed; its id. */
  async keep(question: string, reply?: string): Promise<string> {
    const open = this.ask(question, reply);
    await open.close();
    return open.id;
  }

  async titles(): Promise<readonly string[]> {
    const { listed, missing } = await this.list.read();
    const all = [...listed];
    for await (const found of this.list.recover(missing)) all.push(...found);
    return all.map((each) => `${displayTitle(each)} (${each.replies})`).sort();
  }
}

function say({ conversation }: OpenConversation, question: string, text: string): void {
  const reply = new Reply(crypto.randomUUID(), 'claude-sonnet-5-5', performance.now());
  const after = conversation.branch.at(-1)?.reply.id ?? null;
  const turn: Turn = { after, prompt: { kind: 'free', text: question }, attachments: [], reply };
  conversation.add(turn);
  conversation.apply(turn, { type: 'text', text });
  conversation.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
}

describe('history', () => {
  let root: vscode.Uri;
  let log: vscode.LogOutputChannel;
  let one: Window;
  let other: Window;

  before(() => {
    log = vscode.window.createOutputChannel('history test', { log: true });
  });
  after(() => log.dispose());
  beforeEach(() => {
    root = vscode.Uri.joinPath(vscode.Uri.file(tmpdir()), `claude-stream-${crypto.randomUUID()}`);
    one = new Window(root, log);
    other = new Window(root, log);
  });
  afterEach(async () => {
    await fs.delete(root, { recursive: true, useTrash: false }).then(undefined, () => undefined);
  });

  const deleteIndex = (): Thenable<void> =>
    fs.delete(vscode.Uri.joinPath(root, 'history'), { recursive: true, useTrash: false });

  async function putJournal(id: string, text: string): Promise<void> {
    const file = vscode.Uri.joinPath(
      root,
      'conversations',
      id,
      '0001-aaaaaaaa.000001-000001.jsonl',
    );
    await fs.writeFile(file, new TextEncoder().encode(text));
  }

  it('is empty at first', async () => {
    assert.deepEqual(await one.list.read(), { listed: [], missing: [] });
    assert.deepEqual(await historyChildren(one.places, undefined), []);
  });

  it('lists conversations from the index alone, the last one asked in first', async () => {
    const first = one.ask('one');
    const second = await one.keep('two');
    say(first, 'one more', 'yes');
    await first.close();
    const { listed, missing } = await other.list.read();
    assert.deepEqual(
      listed.map(({ id, title, replies }) => [id, title, replies]),
      [
        [first.id, 'one', 2],
        [second, 'two', 1],
      ],
    );
    assert.deepEqual(missing, []);
  });

  it('finds those that the index lacks, once', async () => {
    await one.keep('one');
    await one.keep('two');
    await deleteIndex();
    const again = new Window(root, log);
    assert.equal((await again.list.read()).missing.length, 2);
    assert.deepEqual(await again.titles(), ['one (1)', 'two (1)']);
    const { listed, missing } = await new Window(root, log).list.read();
    assert.deepEqual([listed.length, missing], [2, []]);
  });

  it('renames, also over a lost index and under further questions', async () => {
    const id = await one.keep('one');
    await one.list.rename(id, 'Retries');
    assert.deepEqual(await other.titles(), ['Retries (1)']);
    const again = await other.store.open(id);
    assert.ok(again !== null);
    say(again, 'more', 'yes');
    await again.close();
    assert.deepEqual(await one.titles(), ['Retries (2)']);
    await deleteIndex();
    assert.deepEqual(await new Window(root, log).titles(), ['Retries (2)']);
    await one.list.rename(id, '');
    assert.deepEqual(await other.titles(), ['one (2)']);
  });

  it('keeps a new name where the clock was set back since the last one', async () => {
    const id = await one.keep('one');
    const { now } = Date;
    try {
      Date.now = () => now() + 3_600_000;
      await one.list.rename(id, 'First');
    } finally {
      Date.now = now;
    }
    await other.list.rename(id, 'Second');
    assert.deepEqual(await one.titles(), ['Second (1)']);
    await deleteIndex();
    assert.deepEqual(await new Window(root, log).titles(), ['Second (1)']);
  });

  it('deletes one, and all', async () => {
    const id = await one.keep('one');
    await one.keep('two');
    await one.keep('three');
    await one.list.delete(id);
    assert.deepEqual(await other.titles(), ['three (1)', 'two (1)']);
    await one.list.deleteAll();
    assert.deepEqual(await other.titles(), []);
    assert.equal(await other.store.open(id), null);
    // Of each an empty file is left, which says that it is deleted.
    const left = await fs.readDirectory(vscode.Uri.joinPath(root, 'conversations'));
    assert.equal(left.length, 3);
    assert.ok(left.every(([name, type]) => /^[\w-]+\.deleted$/.test(name) && type === 1));
    assert.deepEqual(
      (await fs.readDirectory(root)).map(([name]) => name),
      ['conversations'],
    );
  });

  for (const which of ['the one', 'all'] as const) {
    it(`keeps ${which} deleted that another window still writes`, async () => {
      const open = await other.store.open(await one.keep('one'));
      assert.ok(open !== null);
      if (which === 'all') await one.list.deleteAll();
      else await one.list.delete(open.id);
      using notifications = new Notifications();
      say(open, 'more', 'This was deleted.');
      assert.match((await notifications.next()).message, /was deleted in another window/);
      say(open, 'even more', 'This too.');
      await open.close();
      for (const window of [one, other, new Window(root, log)]) {
        assert.deepEqual(await window.titles(), []);
        assert.equal(await window.store.open(open.id), null);
      }
      const left = await fs.readDirectory(vscode.Uri.joinPath(root, 'conversations'));
      assert.deepEqual(left, [[`${open.id}.deleted`, vscode.FileType.File]]);
    });
  }

  it('takes a segment of zero bytes for an empty one', async () => {
    await putJournal('empty', '');
    assert.deepEqual(await one.titles(), []);
    assert.deepEqual(await one.places.conversations.list(), ['empty']);
  });

  it('says of one that the disk refuses that it can’t be read now, and leaves it there', async () => {
    const id = await one.keep('one');
    const { conversations } = one.places;
    const busy = {
      ...one.places,
      conversations: Object.assign(Object.create(conversations), {
        read: () => Promise.reject(Object.assign(new Error('busy'), { code: 'EBUSY' })),
      }),
    };
    using notifications = new Notifications();
    assert.equal(await new ConversationStore(busy).open(id), null);
    const { message, buttons } = await notifications.next();
    assert.match(message, /can’t be read now/);
    assert.ok(buttons.includes('Try Again'));
    assert.deepEqual(await other.titles(), ['one (1)']);
  });

  it('loses nothing where two windows write at the same time', async () => {
    const questions = Array.from({ length: 40 }, (_, index) => `q${index}`);
    await Promise.all(
      questions.map((question, index) => (index % 2 === 0 ? one : other).keep(question)),
    );
    const expected = questions.map((question) => `${question} (1)`).sort();
    assert.deepEqual(await one.titles(), expected);
    assert.deepEqual(await other.titles(), expected);
    assert.deepEqual((await one.list.read()).missing, []);
  });

  it('keeps the index in few files, whatever two windows append', async () => {
    const open = one.ask('one');
    const theirs = other.ask('two');
    for (let reply = 0; reply < 80; reply++) {
      await one.list.updateEntry(open.id, open.conversation);
      await other.list.updateEntry(theirs.id, theirs.conversation);
    }
    await Promise.all([open.close(), theirs.close()]);
    const files = await fs.readDirectory(vscode.Uri.joinPath(root, 'history', 'index'));
    assert.ok(files.length < 70, `${files.length} files`);
    const { listed, missing } = await one.list.read();
    assert.deepEqual(listed.map(({ title }) => title).sort(), ['one', 'two']);
    assert.deepEqual(missing, []);
  });

  it('opens both windows’ turns of one conversation', async () => {
    const id = await one.keep('one');
    const [here, there] = [await one.store.open(id), await other.store.open(id)];
    assert.ok(here !== null && there !== null);
    say(here, 'here', 'mine');
    say(there, 'there', 'theirs');
    await Promise.all([here.close(), there.close()]);
    const both = await new Window(root, log).store.open(id);
    const texts = both?.conversation.turns.map(({ reply }) => reply.text).sort();
    assert.deepEqual(texts, ['About one', 'mine', 'theirs']);
  });

  it('sets a damaged one aside, and loads the rest', async () => {
    await putJournal('broken', 'this is no journal\n');
    await one.keep('one');
    assert.deepEqual(await one.titles(), ['one (1)']);
    assert.deepEqual(
      await one.places.conversations.list().then((ids) => ids.includes('broken')),
      false,
    );
    const kept = vscode.Uri.joinPath(root, 'conversations', 'broken.damaged');
    assert.equal((await fs.readDirectory(kept)).length, 1);
  });

  it('sets one aside that turns out damaged when it is opened', async () => {
    const id = await one.keep('one');
    await one.places.conversations.delete(id);
    await putJournal(id, '\0\0\0\0');
    assert.equal(await one.store.open(id), null);
    assert.deepEqual(await one.titles(), []);
  });

  it('leaves one of a later version where it is', async () => {
    await putJournal('later', '{"journal":2,"id":"later","created":0,"sum":"00000000"}\n');
    assert.deepEqual(await one.titles(), []);
    assert.equal(await one.store.open('later'), null);
    assert.deepEqual(await one.places.conversations.list(), ['later']);
  });

  it('searches the texts, as far as it is wanted', async () => {
    await one.keep('one', 'The needle is here.');
    await one.keep('two', 'Nothing.');
    const { listed } = await one.list.read();
    const all = new AbortController();
    const found: string[] = [];
    for await (const step of searchConversations(one.list, listed, 'NEEDLE', all.signal)) {
      found.push(...step.found.map((each) => `${each.listed.title}: ${each.excerpt}`));
      assert.equal(step.searched, 2);
    }
    assert.deepEqual(found, ['one: The needle is here.']);
    all.abort();
    for await (const _ of searchConversations(one.list, listed, 'NEEDLE', all.signal)) {
      assert.fail('it goes on');
    }
  });

  it('shows periods, and a page of a long one at a time', async () => {
    await one.keep('template');
    const [template] = (await one.list.read()).listed;
    assert.ok(template !== undefined);
    const journal = (await one.places.conversations.read(template.id)) ?? '';
    await Promise.all(Array.from({ length: 449 }, (_, index) => putJournal(`c${index}`, journal)));
    const [today, ...others] = await historyChildren(one.places, undefined);
    assert.deepEqual([today?.label, today?.description, others], ['Today', '450', []]);
    const lengths: number[] = [];
    let parent = today;
    while (parent?.collapsibleState !== vscode.TreeItemCollapsibleState.None) {
      const children: vscode.TreeItem[] = await historyChildren(one.places, parent);
      lengths.push(children.length);
      parent = children.at(-1);
    }
    assert.deepEqual(lengths, [201, 201, 50]);
  });
});
