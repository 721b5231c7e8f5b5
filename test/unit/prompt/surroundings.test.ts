import assert from 'node:assert/strict';
import type { LineRange } from '../../../src/core/prompt/attachment.ts';
import { dropRepeated, findSurroundings } from '../../../src/core/prompt/surroundings.ts';

function around(
  text: string,
  selection: LineRange,
  enclosing: LineRange | null = null,
): readonly string[] {
  const lines = text.split('\n');
  const source = { lineCount: lines.length, line: (number: number) => lines[number - 1] ?? '' };
  return findSurroundings(source, selection, enclosing).map(
    ({ part, lines: range }) => `${part} ${range.from}-${range.to}`,
  );
}

const file = [
  "import { a } from './a';", // 1
  'import {', // 2
  '  b,', // 3
  "} from './b';", // 4
  '', // 5
  'function outer() {', // 6
  '  const x = a();', // 7
  '  return b(x);', // 8
  '}', // 9
].join('\n');

describe('surroundings of a selection', () => {
  const line = (number: number): LineRange => ({ from: number, to: number });
  const cases: readonly [string, LineRange, LineRange | null, readonly string[]][] = [
    [
      'the imports and the enclosing function',
      line(7),
      { from: 6, to: 9 },
      ['imports 1-4', 'enclosing 6-9'],
    ],
    [
      'nearby lines where no function is known',
      line(7),
      null,
      ['imports 1-4', 'before 5-6', 'after 8-9'],
    ],
    [
      'no function that is the selection itself',
      { from: 6, to: 9 },
      { from: 6, to: 9 },
      ['imports 1-4'],
    ],
    ['nothing for the whole file', { from: 1, to: 9 }, null, []],
    ['no imports that are selected', { from: 1, to: 4 }, null, ['after 5-9']],
  ];
  for (const [name, selection, enclosing, expected] of cases) {
    it(`are ${name}`, () => {
      assert.deepEqual(around(file, selection, enclosing), expected);
    });
  }

  it('leave out a function that is too long rather than half of it', () => {
    const long = ['function f() {', ...Array(500).fill(`  ${'x'.repeat(50)}`), '}'].join('\n');
    assert.deepEqual(around(long, line(250), { from: 1, to: 502 }), [
      'before 230-249',
      'after 251-270',
    ]);
  });

  const languages: readonly [string, string][] = [
    ['Python', 'from os import path'],
    ['C', '#include <stdio.h>'],
    ['Rust', 'use std::fmt;'],
    ['Go', 'import "fmt"'],
    ['C#', 'using System;'],
    ['Java', 'package a.b;'],
    ['CommonJS', "const fs = require('fs');"],
    ['Ruby', "require 'json'"],
    ['Sass', "@use 'base';"],
  ];
  for (const [language, statement] of languages) {
    it(`know an import in ${language}`, () => {
      assert.deepEqual(around(`${statement}\n\n\nx`, line(4)), ['imports 1-1']);
    });
  }
});

describe('the surroundings of several selections', () => {
  it('have each piece once', () => {
    const piece = (from: number, to: number) =>
      ({ part: 'enclosing', lines: { from, to }, text: `${from}` }) as const;
    const imports = { ...piece(1, 3), part: 'imports' } as const;
    assert.deepEqual(
      dropRepeated([[imports, piece(5, 20)], [], [imports, piece(5, 20), piece(22, 30)]]),
      [[imports, piece(5, 20)], [], [piece(22, 30)]],
    );
  });
});
