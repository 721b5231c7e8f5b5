import assert from 'node:assert/strict';
import { webviewPage } from '../../../src/host/webview-page.ts';

const page = (): string =>
  webviewPage({
    language: 'en',
    cspSource: 'https://source',
    styleUris: ['https://source/a.css'],
    scriptUri: 'https://source/a.js',
    title: 'A',
    data: { strings: '"<&>' },
    body: '<main></main>',
  });
const nonceOf = (html: string): string => /'nonce-([^']+)'/.exec(html)?.[1] ?? '';

describe('a webview’s page', () => {
  it('has one policy, and nothing that it doesn’t name', () => {
    const html = page();
    const policies = [...html.matchAll(/Content-Security-Policy" content="([^"]*)"/g)];
    assert.deepEqual(
      policies.map(([, policy]) => policy),
      [
        `default-src 'none'; script-src 'nonce-${nonceOf(html)}'; style-src https://source; ` +
          "font-src https://source; base-uri 'none'; form-action 'none'",
      ],
    );
    assert.doesNotMatch(html, / style=| on\w+=|<style/);
  });

  it('has a nonce of its own each time, of at least 128 bits', () => {
    const nonces = Array.from({ length: 1000 }, () => nonceOf(page()));
    assert.equal(new Set(nonces).size, nonces.length);
    for (const nonce of nonces) assert.ok(Buffer.from(nonce, 'base64').length >= 16);
  });

  it('lets no word out of its attribute', () => {
    assert.match(page(), /<body data-strings="&quot;&lt;&amp;&gt;">/);
  });
});
