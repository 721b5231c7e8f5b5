import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { commandIds } from '../../../src/host/command-ids.ts';
import { hostPanel } from '../../fakes/panel.ts';
import type { Call } from '../../fakes/vscode.ts';

const replyId = 'reply-1';

function panel(): ReturnType<typeof hostPanel> {
  const conversation = new Conversation(() => 0);
  const reply = new Reply(replyId, 'claude-sonnet-5-5', 0);
  conversation.add({ prompt: { kind: 'free', text: 'Hello?' }, attachments: [], reply });
  return hostPanel(conversation, 'https://panel.example');
}

const commands: readonly unknown[] = [
  ...Object.values(commandIds),
  'workbench.action.openSettings',
];

/** All that a message from the webview may lead to, and with what. */
const allowed: Readonly<Record<string, (given: readonly unknown[]) => boolean>> = {
  'webview.postMessage': () => true,
  'log.warn': () => true,
  'running.stop': ([id]) => typeof id === 'string',
  'running.retryNow': ([id]) => typeof id === 'string',
  'starter.start': () => true,
  'starter.continue': () => true,
  'env.clipboard.writeText': ([text]) => typeof text === 'string',
  'env.openExternal': ([uri]) => /^https?:\/\/[^/@\s]+\/\S*$/.test(String(uri)),
  'commands.executeCommand': ([command, ...rest]) =>
    commands.includes(command) && rest.every((each) => each === '@id:claudeStream.baseUrl'),
};

function isAllowed({ name, given }: Call): boolean {
  return allowed[name]?.(given) ?? false;
}

const types = ['ready', 'stop', 'retry-now', 'act', 'open-link'];
const actions = [
  'continue',
  'retry',
  'copy',
  'set-api-key',
  'choose-model',
  'open-base-url-setting',
  'show-log',
];
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
    action: fc.oneof(fc.constantFrom(...actions), fc.string(), fc.anything()),
    href: fc.oneof(
      fc.constantFrom(...addresses),
      fc.webUrl(),
      fc.tuple(fc.constantFrom(...addresses), fc.string()).map((parts) => parts.join('')),
      fc.anything(),
    ),
    command: fc.constantFrom('workbench.action.quit', ...commands),
  },
  { requiredKeys: [] },
);
const message = fc.oneof(
  { weight: 6, arbitrary: nearly },
  { weight: 2, arbitrary: fc.object({ key: fc.constantFrom('type', 'replyId', 'href', 'a') }) },
  { weight: 1, arbitrary: fc.anything({ withNullPrototype: true, withBigInt: true }) },
  { weight: 1, arbitrary: fc.json().map((text): unknown => JSON.parse(text)) },
);

describe('messages from the webview', () => {
  it('lead to what is allowed and to nothing else, whatever 10,000 of them say', () => {
    const { receive, takeCalls } = panel();
    takeCalls();
    const done = new Set<string>();
    fc.assert(
      fc.property(message, (sent) => {
        receive(sent);
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
    it(`open nothing at ${JSON.stringify(href)}`, () => {
      const { receive, takeCalls } = panel();
      takeCalls();
      receive({ type: 'open-link', href });
      assert.deepEqual(takeCalls(), []);
    });
  }

  it('do nothing for a reply that isn’t there', () => {
    const { receive, takeCalls } = panel();
    takeCalls();
    for (const action of actions) receive({ type: 'act', action, replyId: 'another' });
    assert.deepEqual(takeCalls(), []);
  });
});
