import assert from 'node:assert/strict';
import { fail, page, type Script, say, sayThen } from '../fakes/messages-api/scripts.ts';
import { askInPanel } from './looking.ts';
import type { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

describe('when a reply fails', () => {
  // What is tried again first is told in retry-and-continue.test.ts.
  const session = useSession({ userSettings: { 'claudeStream.maxRetries': 0 } });

  async function askAndFail(script: Script): Promise<PanelPage> {
    const { workbench, simulator } = session();
    simulator.answer(script);
    const panel = await askInPanel(workbench, 'What now?');
    await panel.waitForOutcome('broken');
    return panel;
  }

  const cases: readonly [name: string, Script, kind: string, says: RegExp, actions: string[]][] = [
    [
      'a rejected key',
      fail(401, 'authentication_error', 'invalid'),
      'auth',
      /did not accept the key/,
      ['set-api-key', 'retry'],
    ],
    [
      'a key without the permission',
      fail(403, 'permission_error', 'no access to this resource'),
      'permission',
      /no access to this resource/,
      ['set-api-key', 'retry'],
    ],
    [
      'too much text',
      fail(413, 'request_too_large', 'too large'),
      'too-large',
      /Select less text/,
      ['retry'],
    ],
    [
      'the rate limit',
      fail(429, 'rate_limit_error', 'slow down', { 'retry-after': '12' }),
      'rate-limited',
      /\(429\).*12 s/,
      ['retry', 'retry-with'],
    ],
    [
      'an overloaded API',
      fail(529, 'overloaded_error', 'Overloaded'),
      'overloaded',
      /overloaded \(529\)/,
      ['retry', 'retry-with'],
    ],
    [
      'a sign-in page',
      page('text/html', '<h1>Sign in</h1>'),
      'not-a-stream',
      /“text\/html”.*base URL/,
      ['open-base-url-setting', 'retry'],
    ],
    [
      'JSON instead of a stream',
      page('application/json', '{"ok":true}'),
      'not-a-stream',
      /“application\/json”/,
      ['open-base-url-setting', 'retry'],
    ],
  ];
  for (const [name, script, kind, says, actions] of cases) {
    it(`says what happened and what helps: ${name}`, async () => {
      const panel = await askAndFail(script);
      assert.equal(await panel.failure(), kind);
      assert.match(await panel.endSentence(), says);
      assert.deepEqual(await panel.actions(), actions);
    });
  }

  it('keeps the text that had arrived, and asks again on Retry', async () => {
    const { simulator } = session();
    const panel = await askAndFail(sayThen('What had arrived', 'close'));
    assert.equal(await panel.text(), 'What had arrived');
    assert.equal(await panel.failure(), 'truncated');
    assert.deepEqual(await panel.actions(), ['continue', 'retry', 'copy']);
    const before = await panel.replies();
    simulator.answer(say('The whole answer.'));
    await panel.press('retry');
    await panel.waitForText('The whole answer.');
    await panel.waitForOutcome('complete');
    assert.equal(await panel.replies(), before, 'in its place');
    await panel.frame.locator('[data-action=branch-previous]').last().click();
    await panel.waitForText('What had arrived');
    assert.equal(simulator.messages.at(-1)?.body?.messages.at(-1)?.content, 'What now?');
  });

  it('offers the key’s box after a rejected key', async () => {
    const { workbench } = session();
    const panel = await askAndFail(fail(401, 'authentication_error', 'invalid'));
    await panel.press('set-api-key');
    assert.equal((await workbench.quickInput.read()).title, 'Anthropic API Key');
    await workbench.quickInput.cancel();
  });

  it('marks a reply that was cut or refused as that', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('A long story', { stopReason: 'max_tokens' }));
    const panel = await askInPanel(workbench, 'A story');
    await panel.waitForOutcome('cut');
    assert.match(await panel.endSentence(), /maxTokens/);
    simulator.answer(say('', { stopReason: 'refusal', stopDetails: { type: 'refusal' } }));
    await askInPanel(workbench, 'Something bad');
    await panel.waitForOutcome('refused');
    assert.match(await panel.endSentence(), /declined/);
  });
});

describe('with an unknown model', () => {
  const session = useSession({ userSettings: { 'claudeStream.model': 'claude-none' } });

  it('says so, offers the list, and answers with the one that was chosen', async () => {
    const { workbench, simulator } = session();
    const panel = await askInPanel(workbench, 'Hello?');
    await panel.waitForOutcome('broken');
    assert.equal(await panel.failure(), 'model-not-found');
    assert.match(await panel.endSentence(), /“claude-none” is not available/);

    await panel.press('choose-model');
    await workbench.quickInput.focusRow('Claude Opus 5.5');
    const { rows } = await workbench.quickInput.read();
    const [opus] = rows.filter(({ label }) => label === 'Claude Opus 5.5');
    assert.equal(opus?.description, 'claude-opus-5-5');
    assert.equal(opus?.detail, '1M context · 128k output · active');
    assert.match(rows.at(-1)?.detail ?? '', /deprecated, retires on 2026-11-30/);
    await workbench.quickInput.accept();
    await workbench.page
      .locator('.statusbar-item', { hasText: 'Claude model: claude-opus-5-5' })
      .waitFor();

    await panel.press('retry');
    await panel.waitForOutcome('complete');
    assert.equal(simulator.messages.at(-1)?.body?.model, 'claude-opus-5-5');
  });
});

describe('with bad settings', () => {
  const session = useSession({
    userSettings: {
      'claudeStream.maxTokens': 999_999,
      'claudeStream.effort': 'extreme',
      'claudeStream.idleTimeoutSeconds': 1,
    },
  });

  it('says which, once, and uses the defaults', async () => {
    const { workbench, simulator } = session();
    const panel = await askInPanel(workbench, 'Hello?');
    await panel.waitForOutcome('complete');
    const { body } = simulator.messages.at(-1) ?? {};
    assert.equal(body?.max_tokens, 32_000);
    assert.equal(body?.output_config, undefined);
    // A toast goes by itself; this list keeps them.
    await workbench.runCommand('Notifications: Show Notifications');
    await workbench.waitForNotification('claudeStream.maxTokens is 999999');
    const told = await workbench.notifications();
    assert.equal(told.filter((text) => text.includes('maxTokens')).length, 1);
    assert.match(told.join('\n'), /a whole number from 1 to 128000\. The default is used: 32000/);
    assert.match(told.join('\n'), /claudeStream\.effort is "extreme"/);
    assert.match(told.join('\n'), /claudeStream\.idleTimeoutSeconds is 1/);
  });
});

describe('with a base URL that ends in /v1', () => {
  const session = useSession({ baseUrlPath: '/v1/' });

  it('asks at the right address all the same', async () => {
    const { workbench } = session();
    const panel = await askInPanel(workbench, 'Hello?');
    await panel.waitForOutcome('complete');
    assert.equal(await panel.text(), 'Hello.');
  });
});
