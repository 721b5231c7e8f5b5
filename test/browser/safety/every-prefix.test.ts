import assert from 'node:assert/strict';
import { isFromWebview } from '../../../src/core/protocol/from-webview.ts';
import { atDepth } from '../../depth.ts';
import { useBrowser } from '../use-browser.ts';
import type { Variant } from './panel-server.ts';
import { type Payload, payloads } from './payloads/payloads.ts';
import type { Feeding } from './probe.ts';
import { SafetyPage } from './safety-page.ts';

const all = Object.values(payloads).flat();
/** Whole, and without a user in front of the server. */
const openable = /^https?:\/\/[^\s/@?#\\]+\/\S*$/;

/**
 * For what the policy does: unlike the renderer it doesn't know what came before, so whatever it holds
 * back in a beginning of a payload it holds back in the whole.
 */
const forPolicy = atDepth<Feeding>({ quick: 'whole', normal: 'whole', long: 'by character' });

describe('hostile Markdown', () => {
  const browser = useBrowser();

  for (const [from, group] of Object.entries(payloads)) {
    it(`${from}, after each character: the sanitiser alone suffices (${group.length})`, async function () {
      this.timeout(240_000);
      await showsNothingActive({ sanitiser: true, policy: false }, group, 'by character');
    });
  }

  it(`with both: the sanitiser leaves nothing for the policy to hold back (${all.length})`, async function () {
    this.timeout(600_000);
    const variant = { sanitiser: true, policy: true };
    assert.equal(await showsNothingActive(variant, all, forPolicy), 0);
  });

  /** That nothing runs, loads or is active; gives how often the policy has held something back. */
  async function showsNothingActive(
    variant: Variant,
    group: readonly Payload[],
    feeding: Feeding,
  ): Promise<number> {
    await using page = await SafetyPage.open(browser(), variant);
    assert.deepEqual(await page.feed(group, feeding), []);
    assert.deepEqual(page.scripts, []);
    assert.deepEqual(page.requests, []);
    assert.deepEqual(await page.errors(), []);
    // Every link was clicked.
    for (const message of await page.takeSent()) {
      assert.ok(isFromWebview(message), JSON.stringify(message));
      if (message.type === 'open-link') assert.match(message.href, openable);
    }
    return await page.violations();
  }

  it('links do ask the host to open them', async () => {
    await using page = await SafetyPage.open(browser(), { sanitiser: true, policy: true });
    await page.takeSent();
    const text = '[a](https://example.com/b) [c](javascript:d)';
    await page.feed([{ name: 'a link', text }], 'by character');
    assert.deepEqual(await page.takeSent(), [{ type: 'open-link', href: 'https://example.com/b' }]);
  });

  it('without the sanitiser: the policy alone suffices', async function () {
    this.timeout(600_000);
    await using page = await SafetyPage.open(browser(), { sanitiser: false, policy: true });
    const wrong = await page.feed(all, forPolicy);
    assert.ok(wrong.length > 1000, 'the sanitiser is off');
    assert.deepEqual(page.scripts, []);
    assert.deepEqual(page.requests, []);
    const violations = await page.violations();
    const expected = forPolicy === 'whole' ? 400 : 1000;
    assert.ok(violations > expected, `the policy has held back ${violations} times`);
  });

  it('without both: scripts run and requests go out, so the traps do hold', async function () {
    this.timeout(240_000);
    await using page = await SafetyPage.open(browser(), { sanitiser: false, policy: false });
    await page.feed(payloads['our own attacks'] ?? [], 'whole');
    assert.ok(page.scripts.length > 20, `${page.scripts.length} scripts`);
    assert.ok(page.requests.length > 20, `${page.requests.length} requests`);
  });
});
