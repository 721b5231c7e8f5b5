import assert from 'node:assert/strict';
import { findDecisive } from '../../../src/core/check/report.ts';
import type { StepName, StepResult } from '../../../src/core/check/steps.ts';
import { startDeafListener } from '../../fakes/fault-server/deaf-listener.ts';
import { type GatewayOptions, startGateway } from '../../fakes/gateway.ts';
import { startHttpProxy } from '../../fakes/http-proxy.ts';
import { page, redirectTo, type Script, say, sayThen } from '../../fakes/messages-api/scripts.ts';
import { rejectedKey, type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { startPortal } from '../../fakes/portal.ts';
import { type CertificateOptions, makeCertificate } from '../../fakes/tls/certificate.ts';
import { trust } from '../../fakes/tls/trust.ts';
import { type CheckOptions, checkIt } from './check-it.ts';

const numbers = Array.from({ length: 60 }, (_, index) => index + 1).join(' ');
/** As a model writes: with a pause before each few characters. */
const steadily = say(numbers, { deltaLength: 4, paceMs: 15 });

function assertStep(result: StepResult | null, step: StepName, said: RegExp): void {
  assert.equal(result?.step, step);
  assert.match(`${result?.message} ${result?.advice}`, said);
}

describe('the check of the connection', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator(steadily);
  });
  afterEach(() => simulator[Symbol.asyncDispose]());
  const paths = (): readonly string[] => simulator.requests.map(({ path }) => path);

  it('finds nothing where all is well, and measures it', async () => {
    const steps: StepName[] = [];
    const { results, verdicts, said } = await checkIt(simulator.url, {
      onStep: (step) => steps.push(step),
    });
    const { certificate, ...looked } = verdicts;
    assert.equal(certificate, 'skipped');
    assert.deepEqual([...new Set(Object.values(looked))], ['ok']);
    assert.equal(findDecisive(results), null);
    assert.deepEqual(paths(), ['/v1/models', '/v1/messages/count_tokens', '/v1/messages']);
    assert.deepEqual(steps, ['name', 'connection', 'answer', 'model', 'streaming']);
    assert.match(said('streaming'), /headers after \d+ ms, first byte after .* 1 of them pings/);
    const [message] = simulator.messages;
    assert.ok(message?.body !== null && (message?.body.max_tokens ?? Infinity) <= 300);
  });

  it('says before what the streaming costs, and asks for none without a yes', async () => {
    const costs: (number | null)[] = [];
    const mayStream = (cost: number | null): Promise<boolean> => {
      costs.push(cost);
      return Promise.resolve(false);
    };
    const { verdicts } = await checkIt(simulator.url, { confirmStream: mayStream });
    assert.equal(verdicts.streaming, 'skipped');
    assert.equal(simulator.messages.length, 0);
    assert.ok(costs.length === 1 && (costs[0] ?? 1) < 0.01);
  });

  it('leaves out what a browser can’t look at', async () => {
    const { verdicts, said } = await checkIt(simulator.url, {
      probe: null,
      proxy: { kind: 'browser' },
    });
    assert.deepEqual(
      [verdicts.name, verdicts.connection, verdicts.certificate, verdicts.streaming],
      ['skipped', 'skipped', 'skipped', 'ok'],
    );
    assert.match(said('proxy'), /The browser’s own/);
  });

  const noCredentials: readonly (readonly [string, CheckOptions, RegExp])[] = [
    ['a key', { credentials: { key: null, missingSecrets: [] } }, /Set API Key/],
    [
      'the secret of a header',
      { credentials: { key: { value: 'k', source: 'stored' }, missingSecrets: ['gateway'] } },
      /gateway.*Set Header Secret/,
    ],
  ];
  for (const [name, options, said] of noCredentials) {
    it(`sends nothing without ${name}`, async () => {
      const { results, verdicts } = await checkIt(simulator.url, options);
      assertStep(findDecisive(results), 'credentials', said);
      assert.equal(verdicts.connection, 'ok');
      assert.deepEqual(paths(), []);
    });
  }

  it('finds a key that isn’t accepted', async () => {
    const { results, verdicts } = await checkIt(simulator.url, { key: rejectedKey });
    assertStep(findDecisive(results), 'key', /Refused.*Set another/);
    assert.deepEqual([verdicts.answer, verdicts.streaming], ['ok', 'skipped']);
  });

  it('finds a model that the key doesn’t have', async () => {
    const { results, verdicts } = await checkIt(simulator.url, { model: 'claude-nobody-1' });
    assertStep(findDecisive(results), 'model', /claude-nobody-1.*Choose Model/);
    assert.deepEqual([verdicts.key, verdicts.streaming], ['ok', 'skipped']);
  });

  it('notes a model that retires', async () => {
    const { results } = await checkIt(simulator.url, { model: 'claude-sonnet-4-5' });
    assertStep(findDecisive(results), 'model', /deprecated.*2026-11-30/);
  });

  const broken: readonly (readonly [string, Script, RegExp])[] = [
    ['breaks off', sayThen('1 2', 'close'), /closed before/],
    ['is overloaded', sayThen('1 2', 'overloaded'), /overloaded/],
    ['is a page', page('text/html', '<p>Sign in'), /text\/html/],
    ['says what can’t be read and ends', sayThen('1 2', 'malformed'), /closed before/],
  ];
  for (const [name, script, said] of broken) {
    it(`finds a stream that ${name}`, async () => {
      simulator.answer(script);
      const { results } = await checkIt(simulator.url);
      assertStep(findDecisive(results), 'streaming', said);
    });
  }

  it('ends when it is told to, and sends nothing more', async () => {
    const ending = new AbortController();
    const { verdicts } = await checkIt(simulator.url, {
      signal: ending.signal,
      onStep: (step) => step === 'answer' && ending.abort(),
    });
    const after = ['answer', 'clock', 'key', 'model', 'streaming'] as const;
    for (const step of after) assert.equal(verdicts[step], 'skipped', step);
    assert.ok(simulator.requests.length <= 1);
  });

  describe('behind a gateway', () => {
    const behind = async (options: GatewayOptions, check: CheckOptions = {}) => {
      await using gateway = await startGateway(simulator.url, options);
      return await checkIt(gateway.url, check);
    };

    it('finds nothing where it hands everything on as it comes', async () => {
      const { results } = await behind({});
      assert.equal(findDecisive(results), null);
    });

    it('finds one that gathers the stream', async () => {
      const { results } = await behind({ buffers: true });
      assertStep(findDecisive(results), 'streaming', /\d+ events came in [1-4] lumps.*buffer/);
    });

    it('finds none in a short reply that just comes at once', async () => {
      simulator.answer(say(numbers, { deltaLength: 4 }));
      const { verdicts } = await behind({ buffers: true });
      assert.equal(verdicts.streaming, 'ok');
    });

    const anHour = 3_600_000;
    const clocks: readonly (readonly [string, number, RegExp])[] = [
      ['ahead', -anHour, /60 min 0\d s ahead/],
      ['behind', anHour, /(60 min 0\d|59 min 5\d) s behind/],
    ];
    for (const [name, off, said] of clocks) {
      it(`notes a clock that is an hour ${name}`, async () => {
        const date = (): string => new Date(Date.now() + off).toUTCString();
        const { results } = await behind({ headers: () => ({ date: date() }) });
        assertStep(findDecisive(results), 'clock', said);
      });
    }

    it('takes the count for the key where it has no list of models', async () => {
      const { results, verdicts } = await behind({ lacks: ['/v1/models'] });
      assert.equal(findDecisive(results), null);
      assert.deepEqual([verdicts.key, verdicts.model, verdicts.streaming], ['ok', 'ok', 'ok']);
    });

    it('lets a reply tell where it has neither', async () => {
      const lacks = ['/v1/models', '/v1/messages/count_tokens'];
      const { verdicts } = await behind({ lacks });
      assert.deepEqual(
        [verdicts.key, verdicts.model, verdicts.streaming],
        ['skipped', 'note', 'ok'],
      );
    });
  });
});

describe('the check finds the hop that fails:', () => {
  it('a name that nobody knows', async () => {
    const { results, verdicts } = await checkIt('https://nowhere.invalid');
    assertStep(findDecisive(results), 'name', /nowhere\.invalid.*base URL/);
    assert.deepEqual(
      [verdicts.connection, verdicts.certificate, verdicts.answer],
      ['skipped', 'skipped', 'failed'],
    );
  });

  it('a port where nothing listens', async () => {
    const { results } = await checkIt('https://127.0.0.1:9');
    assertStep(findDecisive(results), 'connection', /Nothing listens at 127\.0\.0\.1:9/);
  });

  it('a host that never answers', async () => {
    await using listener = await startDeafListener(true);
    const fetch = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));
    const { results } = await checkIt(listener.origin, { fetch });
    assertStep(findDecisive(results), 'connection', /does not answer at all.*http\.proxy/);
  });

  const day = 86_400_000;
  const past = new Date(Date.now() - day);
  const future = new Date(Date.now() + day);
  const certificates: readonly (readonly [string, CertificateOptions, boolean, RegExp])[] = [
    ['that nobody trusts', {}, false, /Nobody.*Test of localhost.*systemCertificates/],
    ['of another host', { host: 'elsewhere.example' }, true, /DNS:elsewhere\.example/],
    ['that has expired', { validFrom: new Date(0), validTo: past }, true, /has expired/],
    [
      'that isn’t valid yet',
      { validFrom: future, validTo: new Date(Date.now() + 2 * day) },
      true,
      /not valid yet.*clock is probably wrong/,
    ],
  ];
  for (const [name, options, isTrusted, said] of certificates) {
    it(`a certificate ${name}`, async () => {
      const certificate = makeCertificate(options);
      using _ = trust(...(isTrusted ? [certificate] : []));
      await using simulator = await startSimulator(steadily, 0, certificate);
      const { results, verdicts } = await checkIt(simulator.url);
      assertStep(findDecisive(results), 'certificate', said);
      assert.equal(verdicts.answer, 'failed');
      assert.equal(simulator.requests.length, 0);
    });
  }

  it('none, with a certificate that is in order', async () => {
    const certificate = makeCertificate();
    using _ = trust(certificate);
    await using simulator = await startSimulator(steadily, 0, certificate);
    const { results, said } = await checkIt(simulator.url);
    assert.equal(findDecisive(results), null);
    assert.match(said('certificate'), /Issued by Test of localhost, valid from .*TLSv1\.3/);
  });

  it('none, where only VS Code’s own requests get through', async () => {
    await using simulator = await startSimulator(steadily);
    const through: typeof fetch = (input, init) =>
      fetch(String(input).replace('https://nowhere.invalid', simulator.url), init);
    const { results, verdicts } = await checkIt('https://nowhere.invalid', { fetch: through });
    assertStep(findDecisive(results), 'name', /pass nonetheless/);
    assert.deepEqual([verdicts.name, verdicts.streaming], ['note', 'ok']);
  });

  const portals: readonly (readonly [string, Script, RegExp])[] = [
    ['a sign-in page', page('text/html', '<form>'), /“text\/html”.*sign-in page/],
    [
      'a way to a sign-in page',
      redirectTo(302, 'https://portal.example/login?token=1'),
      /leads to https:\/\/portal\.example,/,
    ],
    ['a page with an error of its own', page('text/html', '<h1>Bad Gateway', 502), /502/],
  ];
  for (const [name, script, said] of portals) {
    it(`${name} instead of the API`, async () => {
      await using portal = await startPortal(script);
      const { results, verdicts } = await checkIt(portal.url);
      assertStep(findDecisive(results), 'answer', said);
      assert.deepEqual([verdicts.key, verdicts.streaming], ['skipped', 'skipped']);
    });
  }

  it('a proxy that lets nobody through', async () => {
    await using proxy = await startHttpProxy(403);
    const { results, verdicts } = await checkIt('https://api.example', {
      proxy: { kind: 'proxy', from: 'http.proxy', scheme: 'http', endpoint: proxy.endpoint },
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    assertStep(findDecisive(results), 'certificate', /The proxy refuses.*403/);
    assert.deepEqual([verdicts.name, verdicts.connection], ['ok', 'ok']);
    assert.deepEqual(proxy.tunnels, ['api.example:443']);
  });

  it('a proxy that isn’t there', async () => {
    const endpoint = { host: '127.0.0.1', port: 9 };
    const { results } = await checkIt('https://api.example', {
      proxy: { kind: 'proxy', from: 'HTTPS_PROXY', scheme: 'http', endpoint },
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    assertStep(findDecisive(results), 'connection', /address of the proxy/);
  });
});
