import assert from 'node:assert/strict';
import type { Endpoint } from '../../../src/core/check/probe.ts';
import { probeSockets } from '../../../src/node/probe-sockets.ts';
import { startDeafListener } from '../../fakes/fault-server/deaf-listener.ts';
import { startHttpProxy } from '../../fakes/http-proxy.ts';
import { say } from '../../fakes/messages-api/scripts.ts';
import { startSimulator } from '../../fakes/messages-api/simulator.ts';
import { startSpy } from '../../fakes/spy.ts';
import { type CertificateOptions, makeCertificate } from '../../fakes/tls/certificate.ts';
import { trust } from '../../fakes/tls/trust.ts';

const probe = probeSockets(1000);
const { signal } = new AbortController();
const here = (url: string): Endpoint => ({ host: '127.0.0.1', port: Number(new URL(url).port) });
/** Nothing listens there. */
const closed: Endpoint = { host: '127.0.0.1', port: 9 };

describe('the probe of names', () => {
  it('finds the addresses of a name', async () => {
    const found = await probe.resolve('localhost', signal);
    assert.ok(found.ok && found.value.includes('127.0.0.1'));
  });

  it('gives an address back', async () => {
    assert.deepEqual(await probe.resolve('127.0.0.1', signal), { ok: true, value: ['127.0.0.1'] });
  });

  it('says that a name is not known, or that nobody could say', async () => {
    const found = await probe.resolve('nowhere.invalid', signal);
    assert.ok(!found.ok && ['ENOTFOUND', 'EAI_AGAIN', 'TIMEOUT'].includes(found.code));
  });
});

describe('the probe of connections', () => {
  it('opens one, says nothing, and closes it', async () => {
    await using spy = await startSpy();
    assert.deepEqual(await probe.open(here(spy.url), signal), { ok: true, value: '127.0.0.1' });
    assert.deepEqual([spy.connections, spy.bytes], [1, 0]);
  });

  it('says that nothing listens', async () => {
    assert.deepEqual(await probe.open(closed, signal), { ok: false, code: 'ECONNREFUSED' });
  });

  it('gives up where nothing ever answers', async () => {
    await using listener = await startDeafListener(true);
    const found = await probe.open(here(listener.origin), signal);
    assert.deepEqual(found, { ok: false, code: 'TIMEOUT' });
  });

  it('ends when it is told to', async () => {
    await using listener = await startDeafListener(true);
    const stop = new AbortController();
    const looking = probeSockets(60_000).open(here(listener.origin), stop.signal);
    stop.abort();
    assert.equal((await looking).ok, false);
  });
});

describe('the probe of certificates', () => {
  const day = 86_400_000;
  const past = new Date(Date.now() - day);
  const farPast = new Date(Date.now() - 10 * day);
  const future = new Date(Date.now() + day);
  const farFuture = new Date(Date.now() + 10 * day);
  const cases: readonly (readonly [string, CertificateOptions, boolean, string | null])[] = [
    ['one that is in order', {}, true, null],
    ['one that nobody trusts', {}, false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['another host’s', { host: 'elsewhere.example' }, true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['an expired one', { validFrom: farPast, validTo: past }, true, 'CERT_HAS_EXPIRED'],
    ['one of tomorrow', { validFrom: future, validTo: farFuture }, true, 'CERT_NOT_YET_VALID'],
  ];
  for (const [name, options, isTrusted, problem] of cases) {
    it(`reads ${name}`, async () => {
      const certificate = makeCertificate(options);
      using _ = trust(...(isTrusted ? [certificate] : []));
      await using simulator = await startSimulator(say('Hello.'), 0, certificate);
      const { port } = new URL(simulator.url);
      const found = await probe.handshake({ host: 'localhost', port: Number(port) }, null, signal);
      assert.ok(found.ok);
      const { issuer, names, protocol, validFrom, validTo } = found.value;
      const host = options.host ?? 'localhost';
      assert.equal(found.value.problem, problem);
      assert.equal(issuer, `Test of ${host}`);
      assert.ok(names.startsWith(`DNS:${host}`));
      assert.equal(protocol, 'TLSv1.3');
      assert.ok(validFrom < validTo);
      assert.equal(simulator.requests.length, 0);
    });
  }

  it('says that the other side speaks no TLS', async () => {
    await using simulator = await startSimulator(say('Hello.'));
    const found = await probe.handshake(here(simulator.url), null, signal);
    assert.ok(!found.ok && found.code.startsWith('ERR_SSL_'));
  });

  it('goes through a proxy’s tunnel', async () => {
    const certificate = makeCertificate();
    await using simulator = await startSimulator(say('Hello.'), 0, certificate);
    await using proxy = await startHttpProxy();
    const endpoint = { host: 'localhost', port: Number(new URL(simulator.url).port) };
    const found = await probe.handshake(endpoint, proxy.endpoint, signal);
    assert.ok(found.ok && found.value.problem === 'DEPTH_ZERO_SELF_SIGNED_CERT');
    assert.deepEqual(proxy.tunnels, [`localhost:${endpoint.port}`]);
  });

  for (const status of [403, 407]) {
    it(`gives the ${status} of a proxy that opens no tunnel`, async () => {
      await using proxy = await startHttpProxy(status);
      const found = await probe.handshake(closed, proxy.endpoint, signal);
      assert.deepEqual(found, { ok: false, code: `PROXY_${status}` });
    });
  }

  it('gives up on a proxy that says nothing', async () => {
    await using spy = await startSpy();
    const found = await probe.handshake(closed, here(spy.url), signal);
    assert.deepEqual(found, { ok: false, code: 'TIMEOUT' });
  });
});
