import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { isFromWebview } from '../../../src/core/protocol.ts';
import { launchBrowser } from '../../vscode/ensure-browser.ts';
import { payloads } from './payloads/payloads.ts';
import { SafetyPage } from './safety-page.ts';

const all = Object.values(payloads).flat();
/** Whole, and without a user in front of the server. */
const openable = /^https?:\/\/[^\s/@?#\\]+\/\S*$/;

describe('hostile Markdown, looked at after every character', () => {
  let browser: Browser;
  before('start a browser', async function () {
    this.timeout(600_000);
    browser = await launchBrowser();
  });
  after('close the browser', () => browser.close());

  for (const [from, group] of Object.entries(payloads)) {
    it(`${from}: nothing runs, nothing loads, nothing is active (${group.length})`, async function () {
      this.timeout(240_000);
      await using page = await SafetyPage.open(browser, { sanitiser: true, policy: true });
      assert.deepEqual(await page.feed(group), []);
      assert.deepEqual(page.scripts, []);
      assert.deepEqual(page.requests, []);
      assert.deepEqual(await page.errors(), []);
      assert.equal(await page.violations(), 0);
      // Every link was clicked.
      for (const message of await page.takeSent()) {
        assert.ok(isFromWebview(message), JSON.stringify(message));
        if (message.type === 'open-link') assert.match(message.href, openable);
      }
    });
  }

  it('links do ask the host to open them', async () => {
    await using page = await SafetyPage.open(browser, { sanitiser: true, policy: true });
    await page.takeSent();
    await page.feed([{ name: 'a link', text: '[a](https://example.com/b) [c](javascript:d)' }]);
    assert.deepEqual(await page.takeSent(), [{ type: 'open-link', href: 'https://example.com/b' }]);
  });

  it('without the policy: the sanitiser alone suffices', async function () {
    this.timeout(240_000);
    await using page = await SafetyPage.open(browser, { sanitiser: true, policy: false });
    assert.deepEqual(await page.feed(all), []);
    assert.deepEqual(page.scripts, []);
    assert.deepEqual(page.requests, []);
    assert.deepEqual(await page.errors(), []);
  });

  it('without the sanitiser: the policy alone suffices', async function () {
    this.timeout(240_000);
    await using page = await SafetyPage.open(browser, { sanitiser: false, policy: true });
    const wrong = await page.feed(all);
    assert.ok(wrong.length > 1000, 'the sanitiser is off');
    assert.deepEqual(page.scripts, []);
    assert.deepEqual(page.requests, []);
    assert.ok((await page.violations()) > 1000, 'the policy has held back');
  });

  it('without both: scripts run and requests go out, so the traps do hold', async function () {
    this.timeout(240_000);
    await using page = await SafetyPage.open(browser, { sanitiser: false, policy: false });
    await page.feed((payloads['our own attacks'] ?? []).slice(-60));
    assert.ok(page.scripts.length > 20, `${page.scripts.length} scripts`);
    assert.ok(page.requests.length > 20, `${page.requests.length} requests`);
  });
});
