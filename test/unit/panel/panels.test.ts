import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type * as vscode from 'vscode';
import { Conversation, type Turn } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import type { OpenConversation } from '../../../src/host/history/conversation-store.ts';
import { watchClosing } from '../../../src/host/panel/watch-closing.ts';
import { fakePanelServices } from '../../fakes/panel.ts';
import { answers, calls, webviewPanels } from '../../fakes/vscode.ts';
import { FakeWebviewPanel } from '../../fakes/webview-panel.ts';

const { Panels } = await import('../../../src/host/panel/panels.ts');

/** Conversations that are read back in some steps, and in which nothing is asked. */
class Store {
  readonly closed: string[] = [];
  /** How many steps the next ones take. */
  steps: readonly number[] = [];
  /** What those that are read hold. */
  turn: Turn | null = null;
  /** Happens while one is read. */
  onOpen = (): void => {};
  #opened = 0;

  create(): OpenConversation {
    return this.#open(crypto.randomUUID());
  }

  async open(id: string): Promise<OpenConversation | null> {
    const steps = this.steps[this.#opened++ % Math.max(1, this.steps.length)] ?? 0;
    for (let step = 0; step < steps; step++) await Promise.resolve();
    this.onOpen();
    return id === 'lost' ? null : this.#open(id);
  }

  #open(id: string): OpenConversation {
    const close = (): Promise<void> => {
      this.closed.push(id);
      return Promise.resolve();
    };
    const conversation = new Conversation(() => 0);
    if (this.turn !== null) conversation.add(this.turn);
    return { id, conversation, close };
  }
}

function setUp() {
  const store = new Store();
  /** How which replies were ended. */
  const ended: string[] = [];
  const services = fakePanelServices('fake:');
  const running = {
    ...services.running,
    stop: (id: string) => Promise.resolve(void ended.push(`${id} stopped`)),
    interrupt: (id: string) => Promise.resolve(void ended.push(`${id} interrupted`)),
  };
  calls.length = 0;
  webviewPanels.length = 0;
  const panels = new Panels(store, { ...services, running });
  /** A panel comes back with its window. */
  const restore = async (id: string, active = false): Promise<FakeWebviewPanel> => {
    const restored = new FakeWebviewPanel('Claude', 2);
    restored.setActive(active);
    webviewPanels.push(restored);
    const state = { conversationId: id };
    const webviewPanel = restored as unknown as vscode.WebviewPanel;
    await panels.restore(webviewPanel, state, watchClosing(webviewPanel));
    return restored;
  };
  return { panels, store, restore, ended };
}

/** The conversations of the panels that are open, in the order in which those were opened. */
const shown = (): readonly (string | undefined)[] =>
  webviewPanels.filter(({ isOpen }) => isOpen).map(({ conversationId }) => conversationId);

describe('panels', () => {
  it('open one after the other, each with a conversation of its own', async () => {
    const { panels } = setUp();
    const first = await panels.show();
    await panels.startBeside();
    const second = await panels.show();
    assert.notEqual(second, first);
    assert.equal(webviewPanels.length, 2);
    assert.equal(new Set(shown()).size, 2);
  });

  it('are in use as they were active, and as they are left', async () => {
    const { panels } = setUp();
    const first = await panels.show();
    await panels.startBeside();
    const second = panels.conversation;
    const [left, right] = webviewPanels;
    right?.setActive(false);
    left?.setActive(true);
    assert.equal(panels.conversation, first);
    // Into the editor: the panel stays the one in use.
    left?.setActive(false);
    assert.equal(await panels.show(), first);
    left?.dispose();
    assert.equal(panels.conversation, second);
    right?.dispose();
    assert.equal(panels.conversation, null);
  });

  it('tell where a conversation is', async () => {
    const { panels } = setUp();
    const conversation = await panels.show();
    const [panel] = webviewPanels;
    assert.ok(panel !== undefined);
    panel.viewColumn = 3;
    const name = 'Panel in column 3';
    assert.deepEqual(panels.locate(conversation), { kind: 'panel', name, isActive: true });
    panel.setActive(false);
    assert.equal(panels.locate(conversation)?.isActive, false);
    assert.equal(panels.locate(new Conversation(() => 0)), null);
  });

  it('put another conversation in the place of the one in use', async () => {
    const { panels, store } = setUp();
    await panels.openStored('a', 'here');
    await panels.openStored('b', 'beside');
    await panels.openStored('c', 'here');
    assert.deepEqual(shown(), ['a', 'c']);
    assert.deepEqual(store.closed, ['b']);
    assert.equal(panels.find('a')?.id, 'a');
    assert.equal(panels.find('b'), null);
  });

  it('take nothing away for what can’t be opened', async () => {
    const { panels } = setUp();
    await panels.openStored('a', 'here');
    await panels.openStored('lost', 'here');
    assert.deepEqual(shown(), ['a']);
  });

  it('keep a reply that streams, unless the user gives it up', async () => {
    const { panels, store } = setUp();
    await panels.openStored('a', 'here');
    const reply = new Reply('r1', 'claude-x', 0);
    const prompt = { kind: 'free', text: 'Why?' } as const;
    panels.conversation?.add({ after: null, prompt, attachments: [], reply });
    // The stand-in for VS Code presses no button.
    await panels.openStored('b', 'here');
    await panels.startNew();
    assert.deepEqual([panels.isStreaming(), panels.isStreaming('a')], [true, true]);
    assert.deepEqual([shown(), store.closed], [['a'], ['b']]);
    await panels.openStored('b', 'beside');
    assert.equal(panels.isStreaming('b'), false);
    await panels.closePanel('b');
    assert.deepEqual(shown(), ['a']);
    await panels.closeAllPanels();
    assert.deepEqual(shown(), []);
  });

  it('interrupt what streams where they are closed, and stop it where the user agrees', async () => {
    const { panels, ended } = setUp();
    const stream = async (id: string): Promise<void> => {
      const conversation = await panels.show();
      const prompt = { kind: 'free', text: 'Why?' } as const;
      conversation.add({ after: null, prompt, attachments: [], reply: new Reply(id, '', 0) });
    };
    await stream('r1');
    webviewPanels[0]?.dispose();
    assert.deepEqual(ended, ['r1 interrupted']);
    await stream('r2');
    answers.set('window.showWarningMessage', () => Promise.resolve('Stop It'));
    await panels.startNew();
    answers.clear();
    assert.equal(ended[1], 'r2 stopped');
  });

  it('show a pair side by side, the left one in use', async () => {
    const { panels } = setUp();
    const pair = await panels.startPair(['left', 'right']);
    assert.deepEqual(
      webviewPanels.map(({ title, viewColumn }) => [title, viewColumn]),
      [
        ['left', 1],
        ['right', 2],
      ],
    );
    assert.equal(panels.conversation, pair[0]);
    assert.notEqual(pair[0], pair[1]);
  });

  it('name no model any more once another is asked', async () => {
    const { panels } = setUp();
    const [conversation] = await panels.startPair(['Claude · claude-x', 'Claude · claude-y']);
    conversation.model = 'claude-x';
    const prompt = { kind: 'free', text: 'Why?' } as const;
    const ask = (model: string): void => {
      const reply = new Reply(crypto.randomUUID(), model, 0);
      conversation.add({ after: null, prompt, attachments: [], reply });
    };
    ask('claude-x');
    assert.equal(webviewPanels[0]?.title, 'Claude · claude-x');
    ask('claude-z');
    assert.equal(webviewPanels[0]?.title, 'Why?');
  });

  it('take new and chosen conversations where the focus is written, in the same column', async () => {
    const { panels } = setUp();
    await panels.openStored('a', 'here');
    const [first] = webviewPanels;
    assert.ok(first !== undefined);
    first.viewColumn = 3;
    const before = first.revealed;
    await panels.openStored('a', 'here');
    assert.equal(first.revealed, before + 1);
    await panels.startNew();
    await panels.openStored('b', 'here');
    await panels.openStored('c', 'beside');
    await panels.startBeside();
    await panels.show();
    for (const { revealed } of webviewPanels) assert.ok(revealed > 0);
    assert.deepEqual(
      webviewPanels
        .slice(1)
        .filter(({ isOpen }) => isOpen)
        .map(({ viewColumn }) => viewColumn),
      [3, 3, 3],
    );
    assert.deepEqual(
      webviewPanels.map(({ revealedIn }) => revealedIn),
      webviewPanels.map(() => []),
    );
  });

  it('are titled after their first questions, cut to what a tab has room for', async () => {
    const { panels } = setUp();
    for (const text of ['The  first\nquestion?', 'word '.repeat(20), 'And more?']) {
      const conversation = await panels.show();
      const prompt = { kind: 'free', text } as const;
      const after = conversation.branch.at(-1)?.reply.id ?? null;
      const reply = new Reply(text, 'claude-x', 0);
      conversation.add({ after, prompt, attachments: [], reply });
      reply.apply({ type: 'outcome', outcome: { kind: 'complete' } }, 0);
      if (!text.startsWith('word')) await panels.startBeside();
    }
    assert.deepEqual(
      webviewPanels.map(({ title }) => title),
      ['The first question?', `${'word '.repeat(7)}word…`, 'Claude'],
    );
  });

  it('come back with the model that they compare', async () => {
    const { panels, store } = setUp();
    const reply = new Reply('r1', 'claude-x-20261201', 0);
    store.turn = { after: null, prompt: { kind: 'free', text: 'Why?' }, attachments: [], reply };
    for (const [title, model] of [
      ['Claude · claude-x', 'claude-x'],
      ['Claude · claude-y', null],
      ['Why?', null],
    ] as const) {
      const restored = new FakeWebviewPanel(title, 2) as unknown as vscode.WebviewPanel;
      await panels.restore(restored, { conversationId: title }, () => false);
      assert.equal(panels.find(title)?.conversation.model, model);
      assert.equal(restored.title, model === null ? 'Why?' : title);
    }
  });

  it('come back with the window, the active one in use', async () => {
    const { panels, restore } = setUp();
    await Promise.all([restore('a'), restore('b', true), restore('c')]);
    assert.deepEqual(shown(), ['a', 'b', 'c']);
    assert.equal(panels.open?.id, 'b');
  });

  it('come back behind what was asked since', async () => {
    const { panels, restore } = setUp();
    const asked = await panels.show();
    await restore('a');
    assert.equal(panels.conversation, asked);
  });

  it('don’t come back with what is lost, or is in another panel by now', async () => {
    const { panels, restore } = setUp();
    await panels.openStored('a', 'here');
    const [panel] = webviewPanels;
    const revealed = panel?.revealed ?? 0;
    assert.equal((await restore('a')).isOpen, false);
    assert.equal(panel?.revealed, revealed + 1);
    assert.equal((await restore('lost')).isOpen, false);
    assert.deepEqual(shown(), ['a']);
  });

  it('don’t come back that were closed before they were read', async () => {
    const { panels, store, restore } = setUp();
    const restored = restore('a');
    webviewPanels[0]?.dispose();
    await restored;
    assert.deepEqual([panels.open, store.closed], [null, []]);
    store.onOpen = () => webviewPanels[1]?.dispose();
    await restore('a');
    assert.deepEqual([panels.open, store.closed], [null, ['a']]);
  });

  it('never show one conversation twice, whatever happens at once', async () => {
    const anyId = fc.constantFrom('a', 'b', 'c', 'lost');
    const anyAct = fc.oneof(
      fc.record({ kind: fc.constant('open'), id: anyId, where: fc.constantFrom('here', 'beside') }),
      fc.record({ kind: fc.constant('restore'), id: anyId }),
      fc.record({ kind: fc.constantFrom('new', 'new beside', 'pair', 'show', 'put all away') }),
      fc.record({ kind: fc.constantFrom('close', 'go to'), at: fc.nat(5) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyAct, { maxLength: 12 }),
        fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }),
        async (acts, steps) => {
          const { panels, store, restore } = setUp();
          store.steps = steps;
          const begun = acts.map(async (act, index): Promise<unknown> => {
            for (let step = 0; step < (steps[index % steps.length] ?? 0); step++) {
              await Promise.resolve();
            }
            if ('where' in act) return panels.openStored(act.id, act.where as 'here' | 'beside');
            if ('id' in act) return restore(act.id);
            if ('at' in act) {
              const panel = webviewPanels.filter(({ isOpen }) => isOpen)[act.at];
              if (act.kind === 'close') panel?.dispose();
              else panel?.setActive(true);
              return undefined;
            }
            if (act.kind === 'new') return panels.startNew();
            if (act.kind === 'new beside') return panels.startBeside();
            if (act.kind === 'pair') return panels.startPair(['', '']);
            return act.kind === 'show' ? panels.show() : panels.closeAllPanels();
          });
          await Promise.all(begun);
          await panels.openStored('lost', 'here');
          const ids = shown();
          assert.ok(!ids.includes(undefined), 'a panel is empty');
          assert.equal(new Set(ids).size, ids.length, 'one conversation is in two panels');
          for (const id of ids) assert.ok(panels.find(id ?? '') !== null);
          assert.equal(panels.open === null, ids.length === 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
