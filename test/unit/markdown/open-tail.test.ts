import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Token } from 'markdown-it';
import { OpenTail } from '../../../src/webview/markdown/open-tail.ts';
import { createParser } from '../../../src/webview/markdown/parser.ts';

const parser = createParser();

function render(tokens: readonly Token[]): string {
  return parser.renderer.render([...tokens], parser.options, {});
}

/** What stands on the page after the pieces have come one by one. */
function streamed(pieces: readonly string[]): string {
  const tail = new OpenTail(parser);
  let finished = '';
  let open = '';
  for (const piece of pieces) {
    const split = tail.push(piece);
    finished += render(split.finished);
    open = render(split.open);
  }
  return finished + open;
}

/** Lines that have tripped incremental parsers; no reference definitions, which are mended at the end. */
const trap = fc.constantFrom(
  '',
  'plain words',
  '# heading',
  '===',
  '---',
  '- item',
  '  - nested',
  '1. one',
  '10) ten',
  '> quote',
  'lazy',
  '```ts',
  '```',
  '~~~',
  '````',
  '    indented',
  '\tcode',
  '| a | b |',
  '|---|:-:|',
  '| 1 | 2 |',
  '**bold',
  'still**',
  '`half',
  '<div>',
  '</div>',
  '![image](x.png)',
  '[link](https://x.y)',
  '* * *',
  '- [ ] task',
  'https://example.com',
  '\\',
  '&amp;',
  'trailing  ',
  '+',
  '-',
  '=',
  '#',
  '1.',
);

/** A text and where to cut it. */
const cutText = fc
  .tuple(fc.array(trap, { maxLength: 14 }), fc.constantFrom('\n', '\r\n', '\n\n'))
  .map(([lines, end]) => lines.join(end))
  .chain((text) =>
    fc.tuple(
      fc.constant(text),
      fc.uniqueArray(fc.nat({ max: Math.max(0, text.length) }), { maxLength: 20 }),
    ),
  )
  .map(([text, cuts]) => {
    const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
    return places.slice(1).map((to, index) => text.slice(places[index], to));
  });

describe('open tail', () => {
  it('shows the same for every way of cutting a text as for the whole text', () => {
    fc.assert(
      fc.property(cutText, (pieces) => {
        assert.equal(streamed(pieces), parser.render(pieces.join('')));
      }),
      { numRuns: 2000 },
    );
  });

  it('parses only what is still open', () => {
    const tail = new OpenTail(parser);
    const first = tail.push('One.\n\nTwo.\n\nThr');
    const second = tail.push('ee.');
    assert.deepEqual(
      first.finished.filter(({ type }) => type === 'inline').map(({ content }) => content),
      ['One.'],
    );
    assert.equal(render(second.open), '<p>Two.</p>\n<p>Three.</p>\n');
  });

  for (const text of ['[a]\n\nmore\n\n[a]: https://x.y\n', '> [a]: /u\n\n[a]', '- [a]: /u\n']) {
    it(`knows that ${JSON.stringify(text)} has a reference definition`, () => {
      const tail = new OpenTail(parser);
      for (const character of text) tail.push(character);
      assert.equal(tail.hasDefinitions, true);
    });
  }
});
