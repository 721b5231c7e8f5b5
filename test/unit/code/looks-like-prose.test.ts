import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { looksLikeProse } from '../../../src/core/code/looks-like-prose.ts';

const source = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe('a reply without a fence', () => {
  const prose: readonly string[] = [
    'The selection is fine as it is.',
    'I can’t change this without the rest of the file. Which module does `retry` come from?',
    'This code retries a request:\n\n- it waits twice as long each time\n- it gives up after five tries',
    'Diese Funktion ist schon so kurz, wie sie sein kann.',
    'この関数はこれ以上短くできません。',
  ];
  for (const text of prose)
    it(`is prose: ${text.slice(0, 30)}`, () => assert.ok(looksLikeProse(text)));

  const code: readonly string[] = [
    'return a + b;',
    'x = compute(y)',
    'def add(a, b):\n    return a + b',
    'if a > b:\n    print(a)\nelse:\n    print(b)',
    'SELECT name FROM users\nWHERE id = 1;',
    '<div class="row">\n  some text\n</div>',
    'a: 1\nb: 2',
    '',
    source('test/sample/retry.ts'),
    source('src/core/code/code-reader.ts'),
    source('esbuild.js'),
    source('package.json'),
  ];
  for (const text of code)
    it(`is code: ${text.slice(0, 30)}`, () => assert.ok(!looksLikeProse(text)));
});
