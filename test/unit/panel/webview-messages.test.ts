import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { commandIds } from '../../../src/host/command-ids.ts';
import { hostPanel } from '../../fakes/panel.ts';
import { answers, type Call } from '../../fakes/vscode.ts';

const replyId = 'reply-1';

function panel(...events: readonly ReplyEvent[]): ReturnType<typeof hostPanel> {
  const conversation = new Conversation(() => 0);
  const reply = new Reply(replyId, 'claude-sonnet-5-5', 0);
  conversation.add({
    after: null,
    prompt: { kind: 'free', text: 'Hello?' },
    attachments: [],
    reply,
  });
  for (const event of events) reply.apply(event, 0);
  return hostPanel(conversation, 'https://panel.example');
}

const commands: readonly unknown[] = [
  ...Object.values(commandIds),
  'workbench.action.openSettings',
];

/** All that a message from the webview may lead to, and with what. */
const allowed: Readonly<Record<string, (given: readonly unknown[]) => boolean>> = {
  'webview.postMessage': () => true,
  'keyPrompt.askAndStore': () => true,
  'log.warn': () => true,
  // What was asked about is followed, from the first message on.
  'workspace.onDidOpenTextDocument': () => true,
  'workspace.onDidChangeTextDocument': () => true,
  // So is the model that the next question goes to.
  'workspace.onDidChangeConfiguration': () => true,
  'window.showInformationMessage': () => true,
  'window.showWarningMessage': () => true,
  'window.showTextDocument': () => true,
  // A new one, with nobody's file in it.
  'workspace.openTextDocument': ([options]) => typeof options === 'object',
  // Which is looked at, whether it is as it should be.
  'workspace.openTextDocument().getText': () => true,
  'workspace.openTextDocument().getText().replaceAll': () => true,
  'running.stop': ([id]) => typeof id === 'string',
  'running.retryNow': ([id]) => typeof id === 'string',
  'replies.submit': () => true,
  'replies.continue': () => true,
  // Shown in a diff; nothing is changed before the user accepts it.
  'replacements.propose': ([code, place]) => typeof code === 'string' && place === null,
  'estimate.write': ([draft]) => typeof draft === 'string',
  'env.clipboard.writeText': ([text]) => typeof text === 'string',
  // No file is read that isn't in a folder of the workspace; there is none here.
  'workspace.getWorkspaceFolder': () => true,
  'workspace.asRelativePath': () => true,
  'env.openExternal': ([uri]) => /^https?:\/\/[^/@\s]+\/\S*$/.test(String(uri)),
  'commands.executeCommand': ([command, ...rest]) =>
    commands.includes(command) && rest.every((each) => each === '@id:claudeStream.baseUrl'),
};

function isAllowed({ name, given }: Call): boolean {
  return allowed[name]?.(given) ?? false;
}

const types = [
  'ready',
  'stop',
  'retry-now',
  'act',
  'open-link',
  'ask',
  'unqueue',
  'attach',
  'paste-image',
  'drop-files',
  'choose',
  'draft',
  'quote',
  'detach',
  'edit',
  'branch',
  'open-source',
  'code',
];
const actions = [
  'continue',
  'retry',
  'retry-with',
  'copy',
  'copy-request-id',
  'set-api-key',
  'choose-model',
  'open-base-url-setting',
  'show-log',
];
const codeActions = ['copy', 'insert', 'replace', 'new-file', 'explain'];
const addresses = [
  'https://example.com/',
  'HTTP://example.com',
  'https://example.com@evil.example/',
  'https://user:secret@evil.example/',
  'javascript:alert(1)',
  'command:workbench.action.quit',
  'vscode://evil.evil/run',
  'file:///etc/passwd',
  '//example.com',
  'https:example.com',
  'https://',
  'https://[',
  ' https://example.com',
  'https://example.com\ncommand:x',
  'data:text/html,x',
];

/** Close to a message that is allowed, and often one. */
const nearly = fc.record(
  {
    type: fc.oneof(fc.constantFrom(...types), fc.string(), fc.anything()),
    replyId: fc.oneof(fc.constant(replyId), fc.string(), fc.anything()),
    action: fc.oneof(fc.constantFrom(...actions, ...codeActions), fc.string(), fc.anything()),
    href: fc.oneof(
      fc.constantFrom(...addresses),
      fc.webUrl(),
      fc.tuple(fc.constantFrom(...addresses), fc.string()).map((parts) => parts.join('')),
      fc.anything(),
    ),
    text: fc.oneof(fc.string(), fc.anything()),
    language: fc.oneof(fc.constant('typescript'), fc.string(), fc.anything()),
    data: fc.oneof(fc.base64String(), fc.anything()),
    uris: fc.oneof(fc.array(fc.oneof(fc.constantFrom(...addresses), fc.string())), fc.anything()),
    askId: fc.oneof(fc.string(), fc.anything()),
    chipId: fc.oneof(fc.string(), fc.anything()),
    to: fc.oneof(fc.constantFrom('previous', 'next'), fc.anything()),
    what: fc.oneof(fc.constantFrom('model', 'effort'), fc.anything()),
    command: fc.constantFrom('workbench.action.quit', ...commands),
  },
  { requiredKeys: [] },
);
/** So much has to be right that chance hardly finds it. */
const ofCode = fc.record({
  type: fc.constant('code'),
  action: fc.constantFrom(...codeActions),
  replyId: fc.constant(replyId),
  language: fc.oneof(fc.constant('typescript'), fc.string()),
  text: fc.string(),
});
const ofTurn = fc.record({
  type: fc.constantFrom('act', 'stop', 'retry-now', 'edit', 'branch'),
  action: fc.constantFrom(...actions),
  replyId: fc.constant(replyId),
  askId: fc.string(),
  text: fc.string(),
  to: fc.constantFrom('previous', 'next'),
});
const message = fc.oneof(
  { weight: 1, arbitrary: ofCode },
  { weight: 1, arbitrary: ofTurn },
  { weight: 6, arbitrary: nearly },
  { weight: 2, arbitrary: fc.object({ key: fc.constantFrom('type', 'replyId', 'href', 'a') }) },
  { weight: 1, arbitrary: fc.anything({ withNullPrototype: true, withBigInt: true }) },
  { weight: 1, arbitrary: fc.json().map((text): unknown => JSON.parse(text)) },
);

/** The calls of this name, once there are so many. What is done isn't always done at once. */
async function until(
  takeCalls: () => readonly Call[],
  name: string,
  count = 1,
): Promise<readonly Call[]> {
  const found: Call[] = [];
  while (found.length < count) {
    await new Promise((resolve) => setImmediate(resolve));
    found.push(...takeCalls().filter((call) => call.name === name));
  }
  return found;
}

/** All that was done for a message, and for one after it that stops the reply. */
async function doneFor(sent: object): Promise<readonly string[]> {
  const { receive, takeCalls } = panel();
  takeCalls();
  receive(sent);
  receive({ type: 'stop', replyId });
  const done: string[] = [];
  while (!done.includes('running.stop')) {
    await new Promise((resolve) => setImmediate(resolve));
    const names = takeCalls().map(({ name }) => name);
    done.push(...names.filter((name) => !name.startsWith('workspace.onDid')));
  }
  return done;
}

describe('messages from the webview', () => {
  before(() => answers.set('workspace.getWorkspaceFolder', () => undefined));
  after(() => answers.clear());

  it('lead to what is allowed and to nothing else, whatever 10,000 of them say', async () => {
    const { receive, takeCalls } = panel();
    takeCalls();
    const done = new Set<string>();
    await fc.assert(
      fc.asyncProperty(message, async (sent) => {
        receive(sent);
        // Some of it is done a moment later.
        await new Promise((resolve) => setImmediate(resolve));
        for (const call of takeCalls()) {
          assert.ok(isAllowed(call), `${call.name}(${call.given.map(String).join(', ')})`);
          done.add(call.name);
        }
      }),
      { numRuns: 10_000 },
    );
    // Everything that is allowed did happen, so the table has no idle entry.
    assert.deepEqual([...done].sort(), Object.keys(allowed).sort());
  });

  const unopened = addresses.filter((href) => !/^https?:\/\/[a-z.]+(?:$|[/\n])/i.test(href));
  for (const href of unopened) {
    it(`open nothing at ${JSON.stringify(href)}`, async () => {
      assert.deepEqual(await doneFor({ type: 'open-link', href }), ['running.stop']);
    });
  }

  it('do nothing for a reply that isn’t there', async () => {
    for (const action of actions) {
      const done = await doneFor({ type: 'act', action, replyId: 'another' });
      assert.deepEqual(done, ['running.stop'], action);
    }
  });

  const quote = { kind: 'quote', language: 'typescript', text: 'let a;' };
  const explain = {
    type: 'code',
    action: 'explain',
    replyId,
    language: 'typescript',
    text: 'let a;',
  };

  it('explain a block of code at once', async () => {
    const { receive, takeCalls } = panel({ type: 'outcome', outcome: { kind: 'complete' } });
    takeCalls();
    receive(explain);
    const [started] = await until(takeCalls, 'replies.submit');
    assert.deepEqual(started?.given[0], { prompt: { kind: 'explain' }, attachments: [quote] });
  });

  it('leave the words to the composer where the question isn’t sent', async () => {
    const { receive, takeCalls } = panel({ type: 'outcome', outcome: { kind: 'complete' } });
    takeCalls();
    receive({ type: 'ask', askId: '1', text: ' not now\n' });
    const [given] = await until(takeCalls, 'webview.postMessage');
    assert.deepEqual(given?.given, [{ type: 'ask-result', askId: '1', accepted: false }]);
  });

  it('say that an edited question isn’t sent', async () => {
    const { receive, takeCalls } = panel({ type: 'outcome', outcome: { kind: 'complete' } });
    takeCalls();
    receive({ type: 'edit', askId: '1', replyId, text: 'not now' });
    const [given] = await until(takeCalls, 'webview.postMessage');
    assert.deepEqual(given?.given, [{ type: 'ask-result', askId: '1', accepted: false }]);
  });

  it('give the focus back to the composer after a box that was left', async () => {
    const { receive, takeCalls } = panel({ type: 'outcome', outcome: { kind: 'complete' } });
    receive({ type: 'ready' });
    takeCalls();
    receive({ type: 'ask', askId: '1', text: 'not now' });
    const posted = await until(takeCalls, 'webview.postMessage', 2);
    assert.deepEqual(posted.at(-1)?.given, [{ type: 'compose' }]);
  });

  it('ask the failed question again once there is a key', async () => {
    const failure = { kind: 'auth' } as const;
    const { receive, takeCalls } = panel({ type: 'outcome', outcome: { kind: 'broken', failure } });
    takeCalls();
    receive({ type: 'act', action: 'set-api-key', replyId });
    const [submitted] = await until(takeCalls, 'replies.submit');
    assert.deepEqual(submitted?.given[0], {
      prompt: { kind: 'free', text: 'Hello?' },
      attachments: [],
    });
  });

  it('keep code for the next question while a reply streams', async () => {
    const { receive, takeCalls } = panel();
    takeCalls();
    receive(explain);
    const posted = await until(takeCalls, 'webview.postMessage', 2);
    assert.deepEqual(
      posted.map(({ given: [said] }) => said),
      [
        { type: 'chips', chips: [{ id: 'let a;', label: '“let a;”', fault: null }] },
        { type: 'compose' },
      ],
    );
  });

  it('put selected words of a reply among what goes with the next question', async () => {
    const { receive, takeCalls } = panel();
    takeCalls();
    const text = 'These words\nare more than forty characters long.';
    receive({ type: 'quote', text });
    const [chips, compose] = await until(takeCalls, 'webview.postMessage', 2);
    assert.deepEqual(chips?.given[0], {
      type: 'chips',
      chips: [{ id: text, label: '“These words are more than forty characte…”', fault: null }],
    });
    assert.deepEqual(compose?.given[0], { type: 'compose' });
  });

  it('say what to do where no words are selected', async () => {
    const { receive, takeCalls } = panel();
    takeCalls();
    receive({ type: 'quote', text: ' ' });
    const [said] = await until(takeCalls, 'window.showInformationMessage');
    assert.match(String(said?.given[0]), /^Select the words/);
  });
});
