import assert from 'node:assert/strict';
import { createRedactor } from '../../../src/core/claude/api-key.ts';
import { connect } from '../../../src/core/claude/connect.ts';
import {
  type ExtraHeaders,
  fillHeaderSecrets,
  findLiteralValues,
  findSecretNames,
  secretPlaceholder,
} from '../../../src/core/claude/extra-headers.ts';
import { say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

describe('extra headers', () => {
  const headers: ExtraHeaders = {
    'x-plain': 'a plain $value {with} signs',
    'x-token': secretPlaceholder('gateway'),
    'x-both': `${secretPlaceholder('user.name-1')}:${secretPlaceholder('gateway')}`,
  };

  it('name their secrets, each once', () => {
    assert.deepEqual(findSecretNames(headers), ['gateway', 'user.name-1']);
  });

  it('go out with the secrets in their places, whatever is in those', () => {
    const secrets = new Map([
      ['gateway', '$&$1'],
      ['user.name-1', secretPlaceholder('gateway')],
    ]);
    assert.deepEqual(fillHeaderSecrets(headers, secrets), {
      'x-plain': headers['x-plain'],
      'x-token': '$&$1',
      'x-both': `${secretPlaceholder('gateway')}:$&$1`,
    });
  });

  it('leave no secret in what others say, also where one is a part of another', () => {
    const redact = createRedactor('key-1', ['se', 'secret-2', 'key-1-and-more']);
    assert.equal(redact('key-1, SECRET-2, Key-1-and-more'), '[API key], [secret], [secret]');
  });

  it('leave no value that is written in the setting, nor its credential without the scheme', () => {
    const filled = { 'x-team': 'blue', 'x-stage': '1', 'x-a': 'Basic dXNlcg==', 'x-b': 'T s3cret' };
    const literals = findLiteralValues(filled, ['s3cret']);
    assert.deepEqual(literals, ['blue', 'Basic dXNlcg==', 'dXNlcg==']);
    const redact = createRedactor('key-1', ['s3cret'], literals);
    assert.equal(
      redact('Team "Blue", stage 1, bluebird, x-a: Basic dXNlcg==, dxnlcg==; s3cret'),
      'Team "[secret]", stage 1, bluebird, x-a: [secret], [secret]; [secret]',
    );
    const others = createRedactor('key-1', [], ['==pad', 'a-long-literal-value']);
    assert.equal(others('k==pad, xa-long-literal-valuex'), 'k[secret], x[secret]x');
  });
});

describe('a connection through a gateway', () => {
  const key = 'sk-ant-unit';
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator(say('Hello.'));
  });
  after(() => simulator[Symbol.asyncDispose]());

  const styles = [
    ['bearer', { authorization: `Bearer ${key}`, 'x-api-key': undefined }],
    ['x-api-key', { authorization: undefined, 'x-api-key': key }],
  ] as const;
  for (const [authorization, expected] of styles) {
    it(`sends the key as ${authorization}, and the headers with every request`, async () => {
      const claude = connect({
        apiKey: key,
        baseUrl: simulator.url,
        authorization,
        headers: { 'x-team': 'blue' },
        idleTimeoutMs: 2000,
        maxRetries: 0,
        onListenerError: (error) => assert.fail(String(error)),
      });
      const { signal } = new AbortController();
      const outcomes: string[] = [];
      await claude.streamReply(checked(anyRequest), {
        signal,
        emit: (event) => event.type === 'outcome' && outcomes.push(event.outcome.kind),
      });
      assert.deepEqual(outcomes, ['complete']);
      assert.ok((await claude.checkKey(signal)).ok);
      assert.ok((await claude.countInput(checked(anyRequest), signal)).ok);
      for (const { headers } of simulator.requests.slice(-3)) {
        const { authorization: bearer, 'x-api-key': apiKey, 'x-team': team } = headers;
        assert.deepEqual({ authorization: bearer, 'x-api-key': apiKey }, expected);
        assert.equal(team, 'blue');
      }
    });
  }
});
