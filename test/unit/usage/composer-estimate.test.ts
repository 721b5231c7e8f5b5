import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import type { Attachment } from '../../../src/core/prompt/attachment.ts';
import type { ToWebview } from '../../../src/core/protocol/to-webview.ts';
import type { InputCount } from '../../../src/core/usage/input-count.ts';
import { ComposerAttachments } from '../../../src/host/panel/composer-attachments.ts';
import { defaultSettings } from '../../fakes/settings.ts';

const { Preflight } = await import('../../../src/host/ask/preflight.ts');
const { ComposerEstimate } = await import('../../../src/host/panel/composer-estimate.ts');

const noQuestions = (): never => assert.fail('A draft asks the user nothing.');
const count: InputCount = {
  tokens: 1234,
  exact: true,
  cost: 0.0025,
  costExact: true,
  contextTokens: 10_000,
};
const selection: Attachment = {
  kind: 'selection',
  file: 'a.ts',
  language: 'typescript',
  lines: { from: 1, to: 1 },
  text: 'let a;',
  surroundings: [],
};

describe('the composer’s estimate', () => {
  let posted: ToWebview[];
  let counted: { readonly userText: string | undefined; readonly mayAskApi: boolean }[];
  let answer: InputCount | null;
  let warning: string | null;
  let checks: number;
  let conversation: Conversation;
  let attachments: ComposerAttachments;
  let estimate: InstanceType<typeof ComposerEstimate>;

  beforeEach(() => {
    posted = [];
    counted = [];
    answer = count;
    warning = null;
    checks = 0;
    conversation = new Conversation(() => 0);
    attachments = new ComposerAttachments();
    estimate = new ComposerEstimate({
      conversation,
      attachments,
      preflight: new Preflight({
        connections: { getCapabilities: () => null },
        keyPrompt: { ensureKey: noQuestions, open: noQuestions },
        settings: { read: () => defaultSettings },
        spending: { budget: { confirmRequests: noQuestions, confirmInput: noQuestions } },
      }),
      post: (message) => posted.push(message),
      counter: {
        follow: (show) => ({
          update: (draft) => {
            const { request, countable = null } = draft ?? {};
            counted.push({ userText: request?.userText, mayAskApi: countable !== null });
            show(answer);
          },
          dispose: () => {},
        }),
      },
      budget: {
        createCheck: async () => {
          checks++;
          return () => warning;
        },
      },
    });
  });
  afterEach(() => estimate.dispose());

  /** What the composer was told last, once all is told. */
  async function told(): Promise<ToWebview | undefined> {
    await new Promise((resolve) => setImmediate(resolve));
    return posted.at(-1);
  }
  const shown = (text: string, why: string | null = null): ToWebview => ({
    type: 'estimate',
    text,
    warning: why,
  });

  it('is in tokens, and in dollars where the price is known', async () => {
    estimate.updateDraft(' Why? ');
    assert.deepEqual(await told(), shown('1,234 tokens · $0.0025'));
    assert.equal(counted.at(-1)?.userText, 'Why?');
    answer = { ...count, cost: null };
    estimate.updateDraft('Why so?');
    assert.deepEqual(await told(), shown('1,234 tokens'));
  });

  it('warns above the budget, and above what the model takes', async () => {
    warning = 'The daily budget is $1.00.';
    estimate.updateDraft('Why?');
    assert.deepEqual(await told(), shown('1,234 tokens · $0.0025', warning));
    answer = { ...count, contextTokens: 1000 };
    estimate.updateDraft('Why so?');
    assert.deepEqual(
      await told(),
      shown('1,234 tokens · $0.0025', 'This is 1,234 tokens, and the model takes 1,000 at most.'),
    );
  });

  it('is nothing without a key, and nothing without a question', async () => {
    answer = null;
    estimate.updateDraft('Why?');
    assert.deepEqual(await told(), shown(''));
    answer = count;
    estimate.updateDraft('Why so?');
    estimate.updateDraft(' \n');
    assert.deepEqual(await told(), shown(''));
  });

  it('follows what goes along, and asks the API only where that may be sent', async () => {
    attachments.add([selection]);
    assert.equal(counted.length, 0);
    estimate.updateDraft('Why?');
    assert.match(counted.at(-1)?.userText ?? '', /let a;/);
    attachments.add([{ ...selection, file: 'b.ts', text: 'x'.repeat(200_001) }]);
    assert.equal(counted.at(-1)?.mayAskApi, false);
    attachments.removeSent(attachments.list);
    assert.deepEqual(counted.at(-1), { userText: 'Why?', mayAskApi: true });
  });

  it('looks up anew what today has cost once a reply has ended', async () => {
    const prompt = { kind: 'free', text: 'First?' } as const;
    const turn = { after: null, prompt, attachments: [], reply: new Reply('a', 'm', 0) };
    conversation.add(turn);
    estimate.updateDraft('Why?');
    estimate.updateDraft('Why so?');
    assert.equal(checks, 1);
    conversation.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
    assert.equal(checks, 2);
    assert.deepEqual(await told(), shown('1,234 tokens · $0.0025'));
  });

  it('says nothing more once it is disposed', async () => {
    estimate.updateDraft('Why?');
    estimate.dispose();
    await told();
    assert.deepEqual(posted, []);
  });
});
