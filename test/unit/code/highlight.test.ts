import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TokenKind } from '../../../src/core/theme/palette.ts';
import { highlightSections } from '../../../src/webview/code/colour-code.ts';
import { grammars } from '../../../src/webview/code/grammars.ts';
import { highlight } from '../../../src/webview/code/highlight.ts';
import type { TokenRun } from '../../../src/webview/code/highlighter.ts';

/** Pieces of many languages, and what may break one. */
const shreds = [
  ...['function f(', ') {', '}', 'class A<T> ', '"', "'", '`', '${', '/*', '*/', '//', '#', '--'],
  ...['<a href="b">', '</a>', '<script>', '</script>', '<?php ', '?>', '<!-- ', '-->', '<![CDATA['],
  ...['if x', 'def f:', '0x1F', '1e5', 'true', '@a', '\\', '\\n', '\n', '\n\n', '  ', '\t', '>>> '],
  ...[
    '$x',
    'r#"',
    '"""',
    '<<EOF\n',
    'EOF\n',
    '# A',
    '- b',
    '+c',
    '@@ -1 +1 @@',
    '%',
    '&',
    '\u{1F600}',
  ],
  ...['\u0000', '\u2028', '\ud800', '\r\n', 'é', '[', ']', ';', ':', '=', '=>', '/a+/g', 'SELECT '],
];
const code = fc.array(fc.constantFrom(...shreds), { maxLength: 60 }).map((some) => some.join(''));

const total = (runs: readonly TokenRun[]): number =>
  runs.reduce((sum, { length }) => sum + length, 0);

/** The words of some code with their kinds, without what is plain. */
function kindsOf(source: string, language: string): readonly (readonly [string, TokenKind])[] {
  const highlighted = highlight(source, language);
  assert.ok(highlighted !== null);
  let at = 0;
  return highlighted.runs.flatMap(({ length, kind }) => {
    const word = source.slice(at, at + length);
    at += length;
    return kind === null ? [] : [[word, kind] as const];
  });
}

describe('highlighter', () => {
  for (const language of Object.keys(grammars)) {
    it(`covers any ${language} from start to end, without gap or empty run`, () => {
      fc.assert(
        fc.property(code, (source) => {
          const highlighted = highlight(source, language);
          // Null is a fair answer: the code then stays plain.
          if (highlighted === null) return;
          assert.equal(total(highlighted.runs), source.length);
          assert.ok(highlighted.runs.every(({ length }) => length > 0));
          for (const line of highlighted.freshLines) assert.equal(source[line - 1], '\n');
        }),
        { numRuns: 60 },
      );
    });
  }

  it('knows nothing of other languages', () => {
    assert.equal(highlight('x', 'brainfuck'), null);
    assert.equal(highlight('x', '__proto__'), null);
  });

  const samples: readonly [
    language: string,
    source: string,
    expected: readonly (readonly [string, TokenKind])[],
  ][] = [
    [
      'typescript',
      'const a = (b: Foo) => { return this.c; } // d',
      [
        ['const', 'keyword'],
        ['a', 'function'],
        ['b', 'variable'],
        ['Foo', 'type'],
        ['return', 'control'],
        ['this', 'self'],
        ['c', 'variable'],
        ['// d', 'comment'],
      ],
    ],
    [
      'typescript',
      '`a${b}c`; /x/g; 1; null',
      [
        ['`a', 'string'],
        ['b', 'variable'],
        ['c`', 'string'],
        ['/x/g', 'regexp'],
        ['1', 'number'],
        ['null', 'constant'],
      ],
    ],
    [
      'typescript',
      'function a<T>(b: T) {}',
      [
        ['function', 'keyword'],
        ['a', 'function'],
        ['T', 'type'],
        ['b', 'variable'],
        ['T', 'type'],
      ],
    ],
    [
      'python',
      'from a import b\n@c\ndef d(self):\n    return print("e")',
      [
        ['from', 'control'],
        ['import', 'control'],
        ['@c', 'function'],
        ['def', 'keyword'],
        ['d', 'function'],
        ['return', 'control'],
        ['print', 'builtin-function'],
        ['"e"', 'string'],
      ],
    ],
    [
      'xml',
      '<a b="c">d</a>',
      [
        ['<', 'tag-punctuation'],
        ['a', 'tag'],
        ['b', 'attribute'],
        ['=', 'tag-punctuation'],
        ['"c"', 'string'],
        ['>', 'tag-punctuation'],
        ['</', 'tag-punctuation'],
        ['a', 'tag'],
        ['>', 'tag-punctuation'],
      ],
    ],
    [
      'json',
      '{"a": true}',
      [
        ['{', 'punctuation'],
        ['"a"', 'property'],
        [':', 'punctuation'],
        ['true', 'constant'],
        ['}', 'punctuation'],
      ],
    ],
    [
      'yaml',
      'a: b',
      [
        ['a:', 'tag'],
        ['b', 'string'],
      ],
    ],
    [
      'diff',
      '+a\n-b',
      [
        ['+a', 'inserted'],
        ['-b', 'deleted'],
      ],
    ],
    [
      'bash',
      '#!/bin/sh\nif x; then echo "$y"; fi',
      [
        ['#!/bin/sh', 'comment'],
        ['if', 'control'],
        ['then', 'control'],
        ['echo', 'builtin-function'],
        ['"', 'string'],
        ['$y', 'variable'],
        ['"', 'string'],
        ['fi', 'control'],
      ],
    ],
    [
      'sql',
      'SELECT a FROM b',
      [
        ['SELECT', 'keyword'],
        ['FROM', 'keyword'],
      ],
    ],
    [
      'cpp',
      '#include <a>',
      [
        ['#include', 'control'],
        ['<a>', 'string'],
      ],
    ],
  ];
  for (const [language, source, expected] of samples) {
    it(`tells ${language} apart: ${JSON.stringify(source)}`, () => {
      const found = kindsOf(source, language)
        .map(([word, kind]) => [word.trim(), kind])
        .filter(([word]) => word !== '');
      assert.deepEqual(found, expected);
    });
  }
});

describe('sections of long code', () => {
  const piece = 'export function f(a: string): number {\n  return g(`b ${a}`); // c\n}\n\n';

  it('are coloured as the whole would be', () => {
    const source = piece.repeat(400);
    const whole = highlight(source, 'typescript');
    assert.ok(whole !== null);
    const parts = [...highlightSections(source, 'typescript', highlight)].flat();
    assert.deepEqual(flat(parts), flat(whole.runs));
  });

  it('never begin inside of something', () => {
    const comment = `/*\n${'all of this is one comment\n'.repeat(500)}*/\n`;
    const source = piece.repeat(20) + comment + piece.repeat(200);
    const parts = [...highlightSections(source, 'typescript', highlight)].flat();
    const whole = highlight(source, 'typescript');
    assert.ok(whole !== null);
    assert.deepEqual(flat(parts), flat(whole.runs));
  });

  it('leave the rest plain where nothing ever ends', () => {
    const source = `${piece}/*${'x\n'.repeat(100_000)}`;
    const parts = [...highlightSections(source, 'typescript', highlight)].flat();
    assert.ok(total(parts) < source.length);
  });

  /** A kind for each character, so that it doesn't matter where runs are cut. */
  function flat(runs: readonly TokenRun[]): readonly string[] {
    return runs.flatMap(({ length, kind }) => Array.from({ length }, () => kind ?? '-'));
  }
});
