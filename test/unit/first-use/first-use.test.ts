import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { TurnChange } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { Emitter } from '../../../src/core/emitter.ts';
import type { FirstUse as FirstUseClass } from '../../../src/host/ask/first-use.ts';
import { calls } from '../../fakes/vscode.ts';

const { FirstUse } = await import('../../../src/host/ask/first-use.ts');

class Memory implements Pick<vscode.Memento, 'get' | 'update'> {
  readonly #kept = new Map<string, unknown>();

  get<T>(key: string): T | undefined {
    return this.#kept.get(key) as T | undefined;
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#kept.set(key, value);
  }
}

describe('the first use', () => {
  let memory: Memory;
  let changed: Emitter<TurnChange>;
  let firstUse: FirstUseClass;
  beforeEach(() => {
    calls.length = 0;
    memory = new Memory();
    changed = new Emitter();
    firstUse = open();
  });
  afterEach(() => firstUse.dispose());

  /** A window of VS Code; all share what is remembered. */
  const open = (): FirstUseClass => new FirstUse(memory, changed.event);

  async function ask(after: string | null = null): Promise<void> {
    const reply = new Reply('r', 'claude-sonnet-5-5', 0);
    const turn = { after, prompt: { kind: 'explain' } as const, attachments: [], reply };
    changed.fire({ turn, event: { type: 'connecting' }, at: 0 });
    await new Promise((resolve) => setImmediate(resolve));
  }
  const notified = (): number =>
    calls.filter(({ name }) => name === 'window.showInformationMessage').length;

  it('is told in a notification, once, where no panel tells it', async () => {
    await ask();
    await ask();
    assert.equal(notified(), 1);
  });

  it('is told by the panel where there is one, and not again', async () => {
    assert.match(firstUse.takePrivacyNote(), /^What you ask goes to the API/);
    await ask();
    assert.equal(firstUse.takePrivacyNote(), '');
    assert.equal(notified(), 0);
  });

  it('is no other window’s', async () => {
    firstUse.takePrivacyNote();
    const other = open();
    assert.equal(other.takePrivacyNote(), '');
    other.dispose();
  });

  it('completes the walkthrough’s step with the first follow-up', async () => {
    const contexts = (): readonly unknown[] =>
      calls.flatMap(({ name, given }) => (name === 'commands.executeCommand' ? [given] : []));
    await ask();
    assert.deepEqual(contexts(), []);
    await ask('r');
    await ask('r');
    assert.deepEqual(contexts(), [['setContext', 'claudeStream.followedUp', true]]);
  });
});
