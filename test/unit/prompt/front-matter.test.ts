import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type HeadValue, splitFrontMatter } from '../../../src/core/prompt/front-matter.ts';

const head = (...lines: readonly string[]): string => ['---', ...lines, '---', 'Body.'].join('\n');

function textsOf(fields: ReadonlyMap<string, HeadValue>): Record<string, string> {
  return Object.fromEntries([...fields].map(([key, { text }]) => [key, text]));
}

function fieldsOf(text: string): Record<string, string> {
  const split = splitFrontMatter(text);
  assert.ok(split.ok);
  return textsOf(split.fields);
}

describe('front matter', () => {
  const values: readonly [name: string, line: string, value: string][] = [
    ['a plain value', 'key: some words', 'some words'],
    ['an empty value', 'key:', ''],
    ['a value in single quotes', "key: 'it''s: # fine'", "it's: # fine"],
    ['a value in double quotes', 'key: "a \\"b\\"\\tc"', 'a "b"\tc'],
    ['a comment behind a plain value', 'key: words # not these', 'words'],
    ['a comment behind a quoted value', 'key: "words" # not these', 'words'],
    ['a comment with a line separator', 'key: words # not\u2028these', 'words'],
    ['a separator and a quoted value', 'key: "words" # not\u2028these', 'words'],
    ['a line of comment with one', '# not\u2028this\nkey: words', 'words'],
    ['a hash inside a word', 'key: c#', 'c#'],
    ['a colon inside a value', 'key: see: this', 'see: this'],
    ['brackets, as argument hints have them', 'key: [issue] [priority]', '[issue] [priority]'],
    ['a value that goes on', 'key: one\n  two', 'one two'],
    ['a folded block', 'key: >\n  one\n  two\n\n  three', 'one two\nthree\n'],
    ['a literal block', 'key: |\n  one\n    two', 'one\n  two\n'],
    ['quotes over several lines', "key: 'one\n\n  two\n\n  '", 'one\ntwo\n'],
    ['a list over several lines', 'key: [\n  a,\n  b\n]', '[\n  a,\n  b\n]'],
    ['one thing in brackets', 'key: [issue]', '[issue]'],
    ['a colon in a value that goes on', 'key: Use when: x\n  and y', 'Use when: x and y'],
    ['what YAML reserves', 'key: @file `x` %', '@file `x` %'],
    ['a pattern', 'key: **/*.ts', '**/*.ts'],
    ['words that are no text to YAML', 'key: no', 'no'],
    ['a number', 'key: 1.0', '1.0'],
    ['a list below', 'key:\n  - a\n  - b', ''],
    ['a list below that isn’t indented', 'key:\n- a\n- b', ''],
    ['a map below', 'key:\n  a: 1\n  b: 2', ''],
  ];
  for (const [name, line, value] of values) {
    it(`takes ${name}`, () => {
      assert.deepEqual(fieldsOf(head(line, 'next: x')), { key: value, next: 'x' });
    });
  }

  it('has keys of any kind', () => {
    assert.deepEqual(fieldsOf(head('allowed-tools: a', 'a.b: c', '$schema: https://x.example')), {
      'allowed-tools': 'a',
      'a.b': 'c',
      $schema: 'https://x.example',
    });
  });

  it('is what stands between two lines of three dashes; the rest is the body', () => {
    const split = splitFrontMatter(
      '---\r\nkey: a\r\n# a comment\r\n\r\nother: b\r\n---\r\nOne\r\nTwo',
    );
    assert.ok(split.ok);
    assert.deepEqual(textsOf(split.fields), { key: 'a', other: 'b' });
    assert.equal(split.body, 'One\nTwo');
  });

  it('may have keys in quotes, and lists of texts', () => {
    const split = splitFrontMatter(head('"key": &a [x, 1]', 'more:', '  - b', 'same: *a'));
    assert.ok(split.ok);
    assert.deepEqual(
      [...split.fields].map(([key, { items }]) => [key, items]),
      [
        ['key', ['x', '1']],
        ['more', ['b']],
        ['same', ['x', '1']],
      ],
    );
  });

  it('is the parser’s to refuse, in its words', () => {
    assert.deepEqual(splitFrontMatter(head('key: a', 'key: b')), {
      ok: false,
      line: 3,
      message: 'Map keys must be unique',
    });
  });

  it('isn’t what stands between two rules', () => {
    const split = splitFrontMatter('---\nwords alone\n---\nmore');
    assert.deepEqual(split, {
      ok: true,
      fields: new Map(),
      body: '---\nwords alone\n---\nmore',
    });
  });

  it('begins after a byte order mark', () => {
    assert.deepEqual(fieldsOf(`\uFEFF${head('key: a')}`), { key: 'a' });
  });

  it('needn’t be there', () => {
    assert.deepEqual(splitFrontMatter('Just words.\n---\n'), {
      ok: true,
      fields: new Map(),
      body: 'Just words.\n---\n',
    });
  });

  const broken: readonly [name: string, text: string, line: number | null][] = [
    ['without an end', '---\nkey: a\nBody.', 1],
    ['with a line that names nothing', head('key: a', 'words alone'), 3],
    ['with a quote that stays open', head('key: "a'), 2],
    ['with words behind a quote', head("key: 'a' b"), 2],
    ['with a list that stays open', head('key: a', 'more: [a,', 'x: y'), 4],
    ['with a tab for indentation', head('key:', '\ta: b'), 3],
    ['with a key that comes twice', head('key: a', 'key: b'), 3],
  ];
  for (const [name, text, line] of broken) {
    it(`is broken ${name}, and says where`, () => {
      const split = splitFrontMatter(text);
      assert.ok(!split.ok);
      assert.equal(split.line, line);
    });
  }

  it('loses no line of any body', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', '-', ':', ' ', '#') })),
        (lines) => {
          const split = splitFrontMatter(['---', 'key: a', '---', ...lines].join('\n'));
          assert.ok(split.ok);
          assert.equal(split.body, lines.join('\n'));
        },
      ),
    );
  });

  it('throws at no text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('-', '\n', ':', ' ', '"', "'", '|', '>', 'k') }),
        (text) => {
          splitFrontMatter(`---\n${text}\n---\n`);
        },
      ),
    );
  });
});
