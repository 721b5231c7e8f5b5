import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isFromWebview } from '../../../src/core/protocol/from-webview.ts';
import { atDepth } from '../../depth.ts';
import { useBrowser } from '../use-browser.ts';
import { attacks } from './payloads/attacks.ts';
import { conversationMessages, SafetyPage } from './safety-page.ts';

/** Messages in all; a new page gets each thousand. */
const batches = atDepth({ quick: 1, normal: 3, long: 50 });
const perBatch = 1000;

const valid = attacks
  .slice(0, 40)
  .flatMap((text, index) => conversationMessages(`reply-${index % 8}`, text));

/** A value with one place in it changed, left out, or put in. */
function mutated(value: unknown, path: readonly number[], instead: unknown): unknown {
  const [step, ...rest] = path;
  if (typeof value !== 'object' || value === null || step === undefined) return instead;
  const entries = Object.entries(value);
  const at = entries.length === 0 ? 0 : step % (entries.length + 1);
  const [key = 'extra', old] = entries[at] ?? [];
  if (rest.length === 0 && step % 3 === 0) entries.splice(at, 1);
  else entries[at] = [key, mutated(old, rest, instead)];
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}

const anything = fc.oneof(
  fc.constantFrom(...attacks),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(-1, 0.5, 2 ** 53, null, true, '', '__proto__', [], {}),
  fc.jsonValue(),
);
const message = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...valid) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...valid),
        fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
        anything,
      )
      .map(([given, path, instead]) => mutated(given, path, instead)),
  },
  { weight: 1, arbitrary: anything },
);

describe('messages to the webview', () => {
  const browser = useBrowser();

  it(`${batches * perBatch} of them, most spoilt: no error, nothing runs, loads or is active`, async function () {
    this.timeout(batches * 60_000);
    const seed = Date.now();
    const told = `seed ${seed}`;
    let shown = 0;
    for (let batch = 0; batch < batches; batch++) {
      const messages = fc.sample(message, { numRuns: perBatch, seed: seed + batch });
      await using page = await SafetyPage.open(browser(), { sanitiser: true, policy: true });
      const wrong = await page.frame.evaluate(async (given) => {
        for (const each of given) await window.safety.receive(each);
        return window.safety.examine();
      }, messages);
      assert.deepEqual(wrong, [], told);
      assert.deepEqual(await page.errors(), [], told);
      assert.deepEqual([...page.scripts, ...page.requests], [], told);
      for (const sent of await page.takeSent()) {
        assert.ok(isFromWebview(sent), `${JSON.stringify(sent)}, ${told}`);
      }
      shown += await page.frame.locator('[data-reply]').count();
    }
    assert.ok(shown > 0, 'some of the messages were shown');
  });
});
