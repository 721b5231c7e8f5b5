import assert from 'node:assert/strict';
import { APIError } from '@anthropic-ai/sdk/core/error';
import { classifyError } from '../../../src/core/claude/classify-error.ts';
import type { Failure } from '../../../src/core/claude/failure.ts';

type Case = readonly [name: string, status: number, body: unknown, expected: Partial<Failure>];

const nested = JSON.stringify({
  type: 'error',
  error: { type: 'overloaded_error', message: 'Overloaded, sorry' },
});

const cases: readonly Case[] = [
  [
    'error.message',
    400,
    { error: { message: 'Too odd' } },
    { kind: 'invalid-request', detail: 'Too odd' },
  ],
  ['error as a string', 400, { error: 'Too odd' }, { kind: 'invalid-request', detail: 'Too odd' }],
  ['message', 400, { message: 'Too odd' }, { kind: 'invalid-request', detail: 'Too odd' }],
  ['detail', 400, { detail: 'Too odd' }, { kind: 'invalid-request', detail: 'Too odd' }],
  [
    'FastAPI’s list of details',
    422,
    { detail: [{ loc: ['body', 'model'], msg: 'field required', type: 'value_error' }] },
    { kind: 'invalid-request', detail: 'field required' },
  ],
  [
    'JSON in a message',
    500,
    { error: { message: `litellm.APIError: AnthropicException - ${nested}`, code: '500' } },
    { kind: 'overloaded', detail: 'litellm.APIError: AnthropicException - Overloaded, sorry' },
  ],
  [
    'OpenRouter’s raw error of the provider',
    502,
    { error: { code: 502, message: 'Provider returned error', metadata: { raw: nested } } },
    { kind: 'overloaded', detail: 'Provider returned error: Overloaded, sorry' },
  ],
  [
    'a status inside a 500',
    500,
    { error: { message: 'Slow down, please', code: '429' } },
    { kind: 'rate-limited', detail: 'Slow down, please' },
  ],
  [
    'a type inside a 400',
    400,
    { error: { type: 'authentication_error', message: 'Key expired' } },
    { kind: 'auth', detail: 'Key expired' },
  ],
  [
    'Google’s status',
    400,
    [{ error: { code: 429, message: 'Quota exceeded for tokens', status: 'RESOURCE_EXHAUSTED' } }],
    { kind: 'rate-limited', detail: 'Quota exceeded for tokens' },
  ],
  [
    'a deployment that isn’t there',
    404,
    { error: { code: 'DeploymentNotFound', message: 'It does not exist.' } },
    { kind: 'model-not-found', detail: 'It does not exist.' },
  ],
  [
    'a model that a gateway doesn’t know',
    404,
    { message: 'No endpoints found that match, model claude-x' },
    { kind: 'model-not-found' },
  ],
  [
    'the API’s model',
    404,
    { type: 'error', error: { type: 'not_found_error', message: 'model: claude-x' } },
    { kind: 'model-not-found', detail: 'model: claude-x' },
  ],
  [
    'the API’s path',
    404,
    { type: 'error', error: { type: 'not_found_error', message: 'Not Found: /foo/v1/messages' } },
    { kind: 'not-found', detail: 'Not Found: /foo/v1/messages' },
  ],
  [
    'nothing but that it isn’t there',
    404,
    { detail: 'Not Found' },
    { kind: 'not-found', detail: 'Not Found' },
  ],
  [
    'a page that isn’t there',
    404,
    '<title>404</title><p>Nothing of model</p>',
    { kind: 'not-found' },
  ],
  [
    'a firewall’s page',
    403,
    '<html><style>p{}</style><script>alert(1)</script><h1>Access denied</h1><p>by&nbsp;policy',
    { kind: 'blocked', detail: 'Access denied by policy' },
  ],
  [
    'a moderation',
    403,
    {
      error: { code: 403, message: 'Your input was flagged', metadata: { reasons: ['violence'] } },
    },
    { kind: 'blocked' },
  ],
  [
    'a content filter',
    400,
    { error: { code: 'content_filter', message: 'The prompt triggered it.' } },
    { kind: 'blocked', detail: 'The prompt triggered it.' },
  ],
  [
    'a policy by its words alone',
    400,
    { error: { message: 'Blocked by policy: no personal data' } },
    { kind: 'blocked', detail: 'Blocked by policy: no personal data' },
  ],
  [
    'a key without the permission',
    403,
    { type: 'error', error: { type: 'permission_error', message: 'Not for this workspace' } },
    { kind: 'permission', detail: 'Not for this workspace' },
  ],
  [
    'a page of a proxy',
    502,
    '<h1>Bad gateway</h1>',
    { kind: 'server-error', detail: 'Bad gateway' },
  ],
  [
    'words under another name',
    500,
    { fault: { text: 'The upstream is gone' } },
    { kind: 'server-error', detail: 'The upstream is gone' },
  ],
];

const facts = {
  redact: (text: string) => text.replaceAll('secret', '[API key]'),
  model: 'claude-x',
};
const headers = new Headers();

function thrown(status: number, body: unknown): APIError {
  return typeof body === 'string'
    ? APIError.generate(status, undefined, body, headers)
    : APIError.generate(status, body as object, undefined, headers);
}

describe('the server’s words', () => {
  for (const [name, status, body, expected] of cases) {
    it(`${name}: ${expected.kind}`, () => {
      const failure = classifyError(thrown(status, body), facts);
      assert.deepEqual({ ...failure, ...expected }, failure);
    });
  }

  it('are shown short and without secrets, and go into the log in whole', () => {
    const notes: string[] = [];
    const words = `secret ${'and so on '.repeat(200)}`;
    const failure = classifyError(thrown(400, { error: { message: words, trace: 'abc' } }), {
      ...facts,
      onNote: (note) => notes.push(note),
    });
    const detail = failure.kind === 'invalid-request' ? failure.detail : '';
    assert.ok(detail.startsWith('[API key] and so on') && detail.endsWith('…'));
    assert.ok(detail.length <= 601);
    assert.equal(notes.length, 1);
    assert.ok(notes[0]?.includes('abc') && (notes[0]?.length ?? 0) > 2000);
    assert.ok(!notes[0]?.includes('secret'));
  });
});
