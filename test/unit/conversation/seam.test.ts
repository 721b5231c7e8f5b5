import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  ContinuationSplicer,
  findOpenFence,
} from '../../../src/core/conversation/continuation-splicer.ts';

/** The whole reply after a continuation came in these pieces. */
function joined(before: string, pieces: readonly string[]): string {
  const seam = new ContinuationSplicer(before);
  return before + pieces.map((piece) => seam.push(piece)).join('') + seam.finish();
}

const cases: readonly [name: string, before: string, continuation: string, whole: string][] = [
  ['in the middle of a word', 'The quick br', 'own fox', 'The quick brown fox'],
  ['after a blank', 'The quick ', 'brown fox', 'The quick brown fox'],
  [
    'with its last words said again',
    'It waits longer after each failure, so',
    'after each failure, so that the server rests',
    'It waits longer after each failure, so that the server rests',
  ],
  ['in a code block', '```ts\nconst a', ' = 1;\n```\n', '```ts\nconst a = 1;\n```\n'],
  [
    'in a code block opened anew',
    '```ts\nconst a',
    '```ts\n = 1;\n```\n',
    '```ts\nconst a = 1;\n```\n',
  ],
  [
    'in a code block opened anew, with its last line said again',
    '~~~py\nfirst = one\nsecond = tw',
    '~~~py\nsecond = two\n~~~\n',
    '~~~py\nfirst = one\nsecond = two\n~~~\n',
  ],
  [
    'with a code block of its own',
    'Like this:\n\n',
    '```ts\nx\n```\n',
    'Like this:\n\n```ts\nx\n```\n',
  ],
  ['with the fence that closes', '```ts\nx\n', '```\nDone.', '```ts\nx\n```\nDone.'],
  [
    'with the fence that closes, on the next line',
    '```ts\nx',
    '\n```\nDone.',
    '```ts\nx\n```\nDone.',
  ],
  ['in a code block opened anew without a language', '```\nabc', '```\ndef', '```\nabcdef'],
  ['in a list', '- one\n- tw', 'o\n- three', '- one\n- two\n- three'],
  ['with brackets that repeat by right', '    }\n  }\n', '  }\n}\n', '    }\n  }\n  }\n}\n'],
  ['with nothing', 'The end', '', 'The end'],
];

describe('seam of a continued reply', () => {
  for (const [name, before, continuation, whole] of cases) {
    it(`is invisible ${name}`, () => {
      assert.equal(joined(before, [continuation]), whole);
    });
    it(`is the same one character at a time: ${name}`, () => {
      assert.equal(joined(before, [...continuation]), whole);
    });
  }

  it('is the same for every way of cutting the continuation', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(fc.nat({ max: 60 }), { maxLength: 6 }),
        ([, before, continuation, whole], cuts) => {
          const places = [0, ...cuts.toSorted((a, b) => a - b), continuation.length];
          const pieces = places.slice(1).map((to, index) => continuation.slice(places[index], to));
          assert.equal(joined(before, pieces), whole);
        },
      ),
    );
  });

  it('keeps every character of a model that goes on properly', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, continuation) => {
        // Ten characters said again may be a repetition: anything shorter is not.
        const first = before.slice(-9);
        assert.equal(joined(first, [continuation]), first + continuation);
      }),
    );
  });

  it('holds nothing back once it is clear that nothing is repeated', () => {
    const seam = new ContinuationSplicer('It waits longer after each failure.');
    assert.equal(seam.push(' Quite'), ' Quite');
    assert.equal(seam.push(' so'), ' so');
  });
});

describe('open code block', () => {
  const texts: readonly [string, string | null][] = [
    ['```ts\nx', '```'],
    ['```ts\nx\n```\n', null],
    ['````md\n```\n', '````'],
    ['~~~\n```\n~~~\n', null],
    ['- item\n\n  ```sh\n  ls', '```'],
    ['an inline ```code``` span', null],
    ['', null],
  ];
  for (const [markdown, open] of texts) {
    it(`at the end of ${JSON.stringify(markdown)} is ${open}`, () => {
      assert.equal(findOpenFence(markdown), open);
    });
  }
});
