import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { Turn } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import type { Attachment, SelectionAttachment } from '../../../src/core/prompt/attachment.ts';
import { noContext, type Question } from '../../../src/core/prompt/question.ts';
import type { Connections } from '../../../src/host/connection/connections.ts';
import type { KeyPrompt } from '../../../src/host/connection/key-prompt.ts';
import type { SettingsReader } from '../../../src/host/settings-reader.ts';
import type { UsageServices } from '../../../src/host/usage/usage-services.ts';
import { anyRequest } from '../../fakes/request.ts';
import { answers, calls } from '../../fakes/vscode.ts';

const { Preflight } = await import('../../../src/host/ask/preflight.ts');

const selection = (length: number): SelectionAttachment => ({
  kind: 'selection',
  file: 'a.ts',
  language: 'typescript',
  lines: { from: 1, to: 1 },
  text: 'ab '.repeat(length / 3),
  surroundings: [],
});
const about = (...attachments: readonly Attachment[]): Question => ({
  prompt: { kind: 'free', text: 'What is this?' },
  attachments,
});

describe('the size of a request, before it is sent', () => {
  let preflight: InstanceType<typeof Preflight>;
  let pressed: string | undefined;

  beforeEach(() => {
    calls.length = 0;
    pressed = undefined;
    answers.clear();
    answers.set('window.showWarningMessage', () => Promise.resolve(pressed));
    // Only what preflight uses of each.
    preflight = new Preflight({
      connections: { getCapabilities: () => null } as unknown as Connections,
      keyPrompt: { ensureKey: async () => true } as unknown as KeyPrompt,
      settings: {
        read: () => ({ ...anyRequest, systemPrompt: '', dailyBudget: 0 }),
      } as unknown as SettingsReader,
      spending: { budget: { confirmRequests: async () => [] } } as unknown as UsageServices,
    });
  });
  afterEach(() => answers.clear());

  const asked = (): readonly unknown[] =>
    calls
      .splice(0)
      .filter(({ name }) => name === 'window.showWarningMessage')
      .map(({ given: [message, options] }) => [message, options]);

  /** A conversation of one turn about so many characters. */
  function turnAbout(length: number, after: Turn | null = null): Turn {
    const reply = new Reply(crypto.randomUUID(), 'claude-sonnet-5-5', 0);
    reply.apply({ type: 'text', text: 'So.' }, 1);
    return { after: after?.reply.id ?? null, ...about(selection(length)), reply };
  }

  it('is asked about where a follow-up sends a large conversation again, and says what is old', async () => {
    const context = { before: [turnAbout(999_000)], mayGoOn: true };
    assert.equal(await preflight.check(about(), context), null);
    const detail =
      'That is about 278k tokens of input. It would be sent whole.\n' +
      '999 KB of that is from earlier in this conversation, and is sent again.';
    assert.deepEqual(asked(), [['Send 999 KB?', { modal: true, detail }]]);
  });

  it('counts what is new and what is old together', async () => {
    const context = { before: [turnAbout(150_000)], mayGoOn: true };
    assert.notEqual(await preflight.check(about(), context), null);
    assert.deepEqual(asked(), []);
    assert.equal(await preflight.check(about(selection(90_000)), context), null);
    const [[message] = []] = asked() as readonly (readonly unknown[])[];
    assert.equal(message, 'Send 240 KB?');
  });

  it('is asked about again only once much was added', async () => {
    pressed = 'Send It';
    const first = turnAbout(600_000);
    const context = { before: [first], mayGoOn: true };
    assert.notEqual(await preflight.check(about(), context), null);
    assert.equal(asked().length, 1);
    for (const before of [[first], [first, turnAbout(150_000, first)]]) {
      assert.notEqual(await preflight.check(about(), { before, mayGoOn: true }), null);
      assert.equal(asked().length, 0);
    }
    const grown = [first, turnAbout(240_000, first)];
    assert.notEqual(await preflight.check(about(), { before: grown, mayGoOn: true }), null);
    assert.equal(asked().length, 1);
  });

  it('is asked about where a conversation of before is edited or retried', async () => {
    const context = { before: [turnAbout(600_000)], mayGoOn: true };
    assert.equal(await preflight.recheck(about(selection(300_000)), context), null);
    assert.equal(asked().length, 1);
  });

  it('isn’t asked about again for what a retry repeats of its own question', async () => {
    assert.notEqual(await preflight.recheck(about(selection(300_000)), noContext), null);
    assert.deepEqual(asked(), []);
  });

  it('keeps a large conversation from being counted remotely before it was agreed to', async () => {
    const context = { before: [turnAbout(600_000)], mayGoOn: true };
    assert.equal(preflight.draft(about(), context).countable, null);
    pressed = 'Send It';
    await preflight.check(about(), context);
    assert.notEqual(preflight.draft(about(), context).countable, null);
  });

  it('of a first question is told as before', async () => {
    await preflight.check(about(selection(300_000)), noContext);
    await preflight.check(
      about({ kind: 'diff', label: 'Changes', language: 'diff', text: 'ab '.repeat(100_000) }),
      noContext,
    );
    const detail = 'That is about 83k tokens of input. It would be sent whole.';
    assert.deepEqual(asked(), [
      ['Send a selection of 300 KB?', { modal: true, detail }],
      ['Send a diff of 300 KB?', { modal: true, detail }],
    ]);
  });
});
