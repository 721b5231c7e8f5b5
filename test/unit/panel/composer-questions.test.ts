import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/core/claude/reply-event.ts';
import { Conversation, type Turn } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import type { QuoteAttachment } from '../../../src/core/prompt/attachment.ts';
import type { Question } from '../../../src/core/prompt/question.ts';
import type { ToWebview } from '../../../src/core/protocol/to-webview.ts';
import { ComposerAttachments } from '../../../src/host/panel/composer-attachments.ts';
import { calls } from '../../fakes/vscode.ts';

const { ComposerQuestions } = await import('../../../src/host/panel/composer-questions.ts');

const quote = (text: string): QuoteAttachment => ({ kind: 'quote', language: '', text });
const complete: Outcome = { kind: 'complete' };

describe('the questions of a composer', () => {
  let conversation: Conversation;
  let attachments: ComposerAttachments;
  let questions: InstanceType<typeof ComposerQuestions>;
  let posted: ToWebview[];
  let isLive: boolean;
  let submitted: Question[];
  /** What becomes of the next question that is submitted. */
  let preflight: () => Promise<boolean>;
  let errors: unknown[];
  let composed: number;

  beforeEach(() => {
    conversation = new Conversation(() => 0);
    attachments = new ComposerAttachments();
    posted = [];
    submitted = [];
    errors = [];
    composed = 0;
    isLive = true;
    calls.length = 0;
    preflight = () => Promise.resolve(true);
    questions = new ComposerQuestions({
      conversation,
      attachments,
      submit: async (question) => {
        if (!(await preflight())) return null;
        submitted.push(question);
        return begin(question);
      },
      post: (message) => {
        if (isLive) posted.push(message);
        return isLive;
      },
      compose: () => composed++,
      log: { error: (error: unknown) => errors.push(error) },
    });
  });
  afterEach(() => questions.dispose());

  function begin(asked: Partial<Question> = {}): Turn {
    const turn: Turn = {
      after: conversation.branch.at(-1)?.reply.id ?? null,
      prompt: { kind: 'free', text: 'Why?' },
      attachments: [],
      ...asked,
      reply: new Reply(crypto.randomUUID(), 'claude-sonnet-5-5', 0),
    };
    conversation.add(turn);
    return turn;
  }
  const end = async (outcome: Outcome = complete): Promise<void> => {
    const turn = conversation.branch.at(-1);
    assert.ok(turn !== undefined);
    conversation.apply(turn, { type: 'outcome', outcome });
    await new Promise((resolve) => setImmediate(resolve));
  };
  const words = (): readonly string[] =>
    submitted.map(({ prompt }) => (prompt.kind === 'free' ? prompt.text : ''));
  const results = () =>
    posted.flatMap((message) =>
      message.type === 'ask-result' ? [`${message.askId} ${message.accepted}`] : [],
    );
  const queued = () => {
    const last = posted.findLast((message) => message.type === 'queue');
    return last?.questions.map(({ text }) => text);
  };
  const returned = () =>
    posted.flatMap((message) =>
      message.type === 'not-sent' ? [[message.text, message.reason]] : [],
    );

  it('are sent at once where no reply streams, and accepted once they are', async () => {
    let pass = (_isSent: boolean): void => {};
    preflight = () => new Promise((resolve) => (pass = resolve));
    const asking = questions.ask('1', ' Why? ');
    assert.deepEqual(results(), []);
    pass(true);
    await asking;
    assert.deepEqual(words(), ['Why?']);
    assert.deepEqual(results(), ['1 true']);
  });

  it('keep what was attached while they were checked', async () => {
    attachments.add([quote('sent')]);
    preflight = async () => {
      attachments.add([quote('later')]);
      return true;
    };
    await questions.ask('1', 'Why?');
    assert.deepEqual(attachments.list, [quote('later')]);
  });

  it('stay with the page where preflight refuses them, or fails', async () => {
    attachments.add([quote('kept')]);
    preflight = () => Promise.resolve(false);
    await questions.ask('1', 'Why?');
    preflight = () => Promise.reject(new Error('no keychain'));
    await questions.ask('2', 'Why?');
    assert.deepEqual(results(), ['1 false', '2 false']);
    assert.deepEqual(attachments.list, [quote('kept')]);
    assert.equal(errors.length, 1);
    assert.deepEqual(
      calls.map(({ name }) => name),
      ['window.showErrorMessage'],
    );
    assert.equal(composed, 2);
  });

  it('wait for the end of a reply, and are sent one after the other', async () => {
    begin();
    attachments.add([quote('of the first')]);
    await questions.ask('1', 'One?');
    await questions.ask('2', 'Two?');
    assert.deepEqual(words(), []);
    assert.deepEqual(results(), ['1 true', '2 true']);
    assert.deepEqual(queued(), ['One?', 'Two?']);
    assert.deepEqual(attachments.list, []);
    await end();
    assert.deepEqual(words(), ['One?']);
    assert.deepEqual(submitted[0]?.attachments, [quote('of the first')]);
    assert.deepEqual(queued(), ['Two?']);
    await end({ kind: 'cut', limit: 'max-tokens' });
    assert.deepEqual(words(), ['One?', 'Two?']);
    assert.deepEqual(queued(), []);
  });

  it('are sent while the page is hidden, and it hears of it when it is back', async () => {
    begin();
    await questions.ask('1', 'One?');
    isLive = false;
    await end();
    assert.deepEqual(words(), ['One?']);
    isLive = true;
    posted.length = 0;
    questions.send();
    assert.deepEqual(results(), ['1 true']);
    assert.deepEqual(queued(), []);
    assert.deepEqual(returned(), []);
  });

  const unsent: readonly [Outcome, string][] = [
    [{ kind: 'stopped' }, 'Not sent: you stopped the reply.'],
    [{ kind: 'broken', failure: { kind: 'no-key' } }, 'Not sent: the reply failed.'],
  ];
  for (const [outcome, reason] of unsent) {
    it(`go back to the composer where the reply was ${outcome.kind}, also of a hidden page`, async () => {
      begin();
      attachments.add([quote('with it')]);
      await questions.ask('1', 'One? ');
      isLive = false;
      await end(outcome);
      assert.deepEqual(words(), []);
      assert.deepEqual(attachments.list, [quote('with it')]);
      isLive = true;
      for (let times = 0; times < 2; times++) questions.send();
      assert.deepEqual(returned(), [['One? ', reason]]);
      assert.deepEqual(queued(), []);
    });
  }

  it('go back where preflight refuses them in the end', async () => {
    begin();
    await questions.ask('1', 'One?');
    await questions.ask('2', 'Two?');
    preflight = () => Promise.resolve(false);
    await end();
    assert.deepEqual(returned(), [
      ['One?', 'Not sent.'],
      ['Two?', 'Not sent.'],
    ]);
  });

  it('go back where another version is in view when the reply ends', async () => {
    const first = begin();
    await end();
    const second: Turn = { ...first, reply: new Reply('2', 'claude-sonnet-5-5', 0) };
    conversation.add(second);
    await questions.ask('1', 'One?');
    conversation.switchTo(first);
    conversation.apply(second, { type: 'outcome', outcome: complete });
    assert.deepEqual(returned(), [['One?', 'Not sent: you moved to another version.']]);
  });

  it('can be taken back, with what goes along', async () => {
    begin();
    attachments.add([quote('with it')]);
    await questions.ask('1', 'One?');
    await questions.ask('2', 'Two?');
    questions.unqueue('1');
    questions.unqueue('unknown');
    assert.deepEqual(returned(), [['One?', null]]);
    assert.deepEqual(queued(), ['Two?']);
    assert.deepEqual(attachments.list, [quote('with it')]);
    await end();
    assert.deepEqual(words(), ['Two?']);
  });

  it('wait no more for the next reply where that has failed already', async () => {
    begin();
    await questions.ask('1', 'One?');
    await questions.ask('2', 'Two?');
    const failure: Outcome = { kind: 'broken', failure: { kind: 'no-key' } };
    conversation.onDidAdd((turn) =>
      conversation.apply(turn, { type: 'outcome', outcome: failure }),
    );
    await end();
    assert.deepEqual(words(), ['One?']);
    assert.deepEqual(returned(), [['Two?', 'Not sent: the reply failed.']]);
  });
});
