import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InlineParser } from '../../../src/webview/markdown/inline-parser.ts';
import { LinkDefinitions } from '../../../src/webview/markdown/link-definitions.ts';
import { parseOpenInline, scanInline } from '../../../src/webview/markdown/open-inline.ts';
import { createParser } from '../../../src/webview/markdown/parser.ts';
import { textView } from '../../../src/webview/markdown/views.ts';

const newParser = (): InlineParser => new InlineParser(createParser(), new LinkDefinitions());

/** The brackets that nothing closes, by looking back from each that closes. */
function findOpenBrackets(text: string): readonly number[] {
  const open: number[] = [];
  for (const [at, character] of [...text].entries()) {
    if (character === '[') open.push(at);
    if (character !== ']') continue;
    const word = /[^\s[(]*$/.exec(text.slice(0, at))?.[0] ?? '';
    if (!/[<:]/.test(word)) open.pop();
  }
  return open;
}

describe('running text of one mark', () => {
  for (const mark of ['*', '_', '~']) {
    it(`of 100,000 ${mark} is text, and leaves nothing open`, () => {
      const text = `${mark.repeat(100_000)}x`;
      const { views, openers } = newParser().parse(text);
      assert.deepEqual(views, [textView(text)]);
      assert.deepEqual(openers, []);
      assert.deepEqual(parseOpenInline(text, newParser(), true).views, [textView(text)]);
    });
  }

  it('of 100,000 brackets is text, but for a link behind them', () => {
    const { views } = newParser().parse(`${'['.repeat(100_000)}a](https://a.example)`);
    assert.deepEqual(
      views.map(({ kind }) => kind),
      ['text', 'element'],
    );
    const closed = '['.repeat(50_000) + ']'.repeat(50_000);
    assert.deepEqual(newParser().parse(closed).views, [textView(closed)]);
    assert.deepEqual(scanInline(closed).openBrackets, []);
  });

  it('that is short emphasises as ever', () => {
    const [view] = newParser().parse('***a***').views;
    assert.ok(view?.kind === 'element');
    assert.equal(view.tag, 'em');
  });

  it('has the brackets open that looking back from each finds', () => {
    const texts = fc.string({ unit: fc.constantFrom('[', ']', '(', ':', '<', ' ', 'a') });
    fc.assert(
      fc.property(texts, (text) => {
        assert.deepEqual(scanInline(text).openBrackets, findOpenBrackets(text));
      }),
    );
  });
});
