import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CodeReader, extractCode, readFencedCode } from '../../../src/core/code/code-reader.ts';

const lines = (...all: readonly string[]): string => all.join('\n');

describe('the code in a reply', () => {
  const cases: readonly [name: string, reply: string, code: string][] = [
    ['is inside the fence', '```ts\na();\n```', 'a();'],
    ['needs no language', '```\na();\n```\n', 'a();'],
    ['may be fenced by tildes', '~~~js\n`a`\n~~~', '`a`'],
    ['keeps its indentation', '```py\n    a\n      b\n```', '    a\n      b'],
    ['keeps blank lines inside, not around', '```\n\n\na\n\n\nb\n\n```', 'a\n\n\nb'],
    ['has no carriage returns', '```\r\na\r\nb\r\n```\r\n', 'a\nb'],
    ['ends where the fence does, without what is said after it', '```\na\n```\nIt is done.', 'a'],
    ['is the first of several blocks', '```\na\n```\nor\n```\nb\n```', 'a'],
    ['comes after words that introduce it', 'Here it is:\n\n```ts\na\n```', 'a'],
    ['may lack the closing fence', '```ts\na\nb', 'a\nb'],
    ['is everything where there is no fence', 'a();\n  b();\n', 'a();\n  b();'],
    [
      'is everything where a fence comes too late to be the code’s',
      lines('1', '2', '3', '4', '5', '```', '6'),
      lines('1', '2', '3', '4', '5', '```', '6'),
    ],
    ['holds shorter fences', '````md\n```js\na\n```\n````', '```js\na\n```'],
    [
      'holds fences with a language, however long',
      '```md\nText\n```js\na\n```\nmore\n```',
      'Text\n```js\na\n```\nmore',
    ],
    [
      'is a document to the fence that closes it, behind bare fences of the same length',
      '```markdown\n# A\n\n```\nnpm i\n```\n\nB\n\n```\nnpm t\n```\n\nC\n```\nDone.',
      '# A\n\n```\nnpm i\n```\n\nB\n\n```\nnpm t\n```\n\nC',
    ],
    [
      'is a document with blocks of both kinds',
      '```md\n```js\na\n```\nor\n```\nb\n```\nend\n```',
      '```js\na\n```\nor\n```\nb\n```\nend',
    ],
    [
      'is a document that ends where another block begins',
      '```md\n# A\n```\nAnd the script:\n```js\na\n```',
      '# A',
    ],
    [
      'is all of a document whose own fence is missing',
      '```md\nA\n```\nb\n```\nC',
      'A\n```\nb\n```\nC',
    ],
    [
      'holds longer fences in a document',
      '```md\nA\n````\n```\n````\nB\n```',
      'A\n````\n```\n````\nB',
    ],
    ['holds what is indented like code', '```py\n    ```\n```', '    ```'],
    ['is nothing where the reply is nothing', '', ''],
    ['is nothing in an empty fence', '```\n```', ''],
  ];
  for (const [name, reply, code] of cases) it(name, () => assert.equal(extractCode(reply), code));

  it('may be Markdown that begins with words and holds fences', () => {
    const markdown = '# Title\n\n```js\na\n```\n\nThe end.';
    assert.equal(extractCode(markdown, { holdsFences: true }), markdown);
    assert.equal(extractCode(`\`\`\`\`md\n${markdown}\n\`\`\`\``, { holdsFences: true }), markdown);
  });

  it('leaves what stands behind it to be read', () => {
    const restOf = (text: string, holdsFences: boolean): string => {
      const reader = new CodeReader({ holdsFences });
      reader.push(text);
      reader.finish();
      return reader.rest;
    };
    assert.equal(restOf('```ts\na\n```\n\nMind b.\nAnd c.\n', false), 'Mind b.\nAnd c.');
    assert.equal(restOf('```md\nA\n\n```\nb\n```\n```\nMind c.', true), 'Mind c.');
    assert.equal(restOf('```\nA\n\n```\nb\n```\n```\nMind c.', true), 'Mind c.');
    assert.equal(restOf('```md\nA\n```\nThen:\n```js\nb\n```', true), 'Then:\n```js\nb\n```');
    assert.equal(restOf('# A\n\n```\nb\n```\nC', true), '');
  });

  it('is found behind any text, once all of the reply is there', () => {
    const reply = lines('1', '2', '3', '4', '5', '', '```', '6', '```');
    assert.deepEqual(readFencedCode(reply), { code: '6', hasMore: false, rest: '' });
    assert.deepEqual(readFencedCode('just words'), { code: '', hasMore: false, rest: '' });
    assert.deepEqual(readFencedCode('```\na\n```\nor\n```\nb\n```'), {
      code: 'a',
      hasMore: true,
      rest: 'or\n```\nb\n```',
    });
  });

  it('comes line by line, as soon as it is known to be code', () => {
    const reader = new CodeReader();
    assert.equal(reader.push('Sure:\n```ts\na('), '');
    assert.equal(reader.push(');\nb'), 'a();');
    assert.equal(reader.push('();\n'), '\nb();');
    assert.equal(reader.push('```\nBye'), '');
    assert.equal(reader.finish(), '');
  });

  const line = fc.oneof(
    fc.string({ unit: fc.constantFrom(' ', 'a', '`', '~', '\t', '\r') }),
    fc.constantFrom('```', '```js', '~~~~', '````', '', 'some words:', '    ```'),
  );
  const reply = fc.array(line, { maxLength: 14 }).map((all) => all.join('\n'));

  it('is the same however the reply is cut', () => {
    fc.assert(
      fc.property(reply, fc.array(fc.nat(80)), fc.boolean(), (text, cuts, holdsFences) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const reader = new CodeReader({ holdsFences });
        const pieces = places.map((at, index) =>
          reader.push(text.slice(places[index - 1] ?? 0, at)),
        );
        assert.equal(pieces.join('') + reader.finish(), extractCode(text, { holdsFences }));
      }),
    );
  });

  it('is what was fenced, for any code without fences', () => {
    const plain = fc.array(fc.string({ unit: fc.constantFrom(' ', 'a', '$', '}', '`b`', '\t') }));
    fc.assert(
      fc.property(plain, (all) => {
        const text = all.filter((one) => !/^ {0,3}```/.test(one)).join('\n');
        const kept = text.split('\n');
        while (kept.length > 0 && kept[0]?.trim() === '') kept.shift();
        while (kept.length > 0 && kept.at(-1)?.trim() === '') kept.pop();
        const blankLinesEmpty = kept.map((one) => (one.trim() === '' ? '' : one)).join('\n');
        assert.equal(extractCode(`\`\`\`x\n${text}\n\`\`\`\n`), blankLinesEmpty);
      }),
    );
  });
});
