import assert from 'node:assert/strict';
import { formatReport, headline } from '../../../src/core/check/report.ts';
import { failed, note, ok, type StepResult, skipped } from '../../../src/core/check/steps.ts';
import { createRedactor } from '../../../src/core/claude/api-key.ts';
import { canaryKey, canaryOfHeaders } from '../../fakes/canary-key.ts';
import { english } from '../../fakes/english.ts';
import { startGateway } from '../../fakes/gateway.ts';
import { fail, page, redirectTo, say } from '../../fakes/messages-api/scripts.ts';
import { startSimulator } from '../../fakes/messages-api/simulator.ts';
import { startPortal } from '../../fakes/portal.ts';
import { checkIt } from './check-it.ts';

const redact = createRedactor(canaryKey, [canaryOfHeaders]);
const versions = ['Claude Stream 1', 'VS Code 2'];

function assertClean(results: readonly StepResult[]): void {
  const report = formatReport(results, versions, redact, english);
  const shown = `${report}\n${redact(headline(results, english))}`.toLowerCase();
  for (const secret of [canaryKey, canaryOfHeaders]) {
    assert.ok(!shown.includes(secret.toLowerCase()), report);
  }
}

describe('the report of a check', () => {
  const settings: StepResult = { ...ok('All as\nit\tis.'), step: 'settings', durationMs: null };
  const clock: StepResult = { ...note('Late.', 'Set it.'), step: 'clock', durationMs: 1234 };
  const key: StepResult = { ...failed('Refused.', 'Set another.'), step: 'key', durationMs: 5 };
  const model: StepResult = { ...skipped('Needs a key.'), step: 'model', durationMs: null };

  it('has the verdict first, then every hop on its own, and what it ran on', () => {
    assert.deepEqual(
      formatReport([settings, clock, key, model], versions, redact, english).split('\n'),
      [
        '# Claude Stream: Connection',
        '',
        '**Failed at “Key accepted”. Refused. Set another.**',
        '',
        '## ✓ Settings',
        '',
        'All as it is.',
        '',
        '## ! Clock · 1.2 s',
        '',
        'Late.',
        '',
        '→ Set it.',
        '',
        '## ✗ Key accepted · 5 ms',
        '',
        'Refused.',
        '',
        '→ Set another.',
        '',
        '## – Model',
        '',
        'Needs a key.',
        '',
        'Claude Stream 1 · VS Code 2',
        '',
      ],
    );
  });

  const headlines: readonly (readonly [readonly StepResult[], string])[] = [
    [[settings], 'Everything works.'],
    [[settings, model], 'What was looked at works.'],
    [[settings, clock], 'It works, with a note on “Clock”. Late. Set it.'],
    [[clock, key], 'Failed at “Key accepted”. Refused. Set another.'],
  ];
  for (const [results, expected] of headlines) {
    it(`says “${expected}”`, () => assert.equal(headline(results, english), expected));
  }
});

describe('no secret is in the report', () => {
  it('where all is well', async () => {
    await using simulator = await startSimulator(say('Hello.'));
    const { results } = await checkIt(simulator.url);
    const [request] = simulator.requests;
    assert.equal(request?.headers.authorization, `Bearer ${canaryKey}`);
    assert.equal(request?.headers['x-gateway'], `Bearer ${canaryOfHeaders}`);
    assertClean(results);
  });

  const said = `${canaryKey} ${canaryOfHeaders}`;
  for (const [name, script] of [
    ['the message of an error', fail(400, 'invalid_request_error', said)],
    ['a refusal', fail(403, 'permission_error', said)],
    ['a spending limit', fail(402, 'billing_error', said)],
    ['a content type', page(`text/${canaryOfHeaders}`, said)],
    ['a redirect', redirectTo(302, `https://${canaryOfHeaders}.example/?${canaryKey}`)],
  ] as const) {
    it(`where all answers have them in ${name}`, async () => {
      await using portal = await startPortal(script);
      assertClean((await checkIt(portal.url)).results);
    });

    it(`where the reply has them in ${name}`, async () => {
      await using simulator = await startSimulator(script);
      const { results, verdicts } = await checkIt(simulator.url);
      assert.equal(verdicts.streaming, 'failed');
      assertClean(results);
    });
  }

  it('where a gateway has them in its headers', async () => {
    await using simulator = await startSimulator(say('Hello.'));
    const headers = (): Record<string, string> => ({ date: said, 'request-id': said });
    await using gateway = await startGateway(simulator.url, { headers });
    assertClean((await checkIt(gateway.url)).results);
  });

  it('where the path of the base URL has one', async () => {
    const { said } = await checkIt(`http://127.0.0.1:9/project/${'a1b2'.repeat(8)}/anthropic`);
    assert.match(said('settings'), /http:\/\/127\.0\.0\.1:9\/project\/…\/anthropic\./);
  });
});
