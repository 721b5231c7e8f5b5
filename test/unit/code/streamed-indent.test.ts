import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Indentation,
  indentCode,
  StreamedIndent,
} from '../../../src/core/code/indentation.ts';

const spaces: Indentation = { tabSize: 4, insertSpaces: true };
const tabs: Indentation = { tabSize: 4, insertSpaces: false };

describe('code that streams to a cursor', () => {
  const cases: readonly [
    name: string,
    pieces: readonly string[],
    indentation: Indentation,
    text: string,
  ][] = [
    [
      'is indented like its line',
      ['if (a) {', '\n  b();', '\n}'],
      spaces,
      'if (a) {\n    b();\n  }',
    ],
    [
      'stands as deep as its first line',
      ['    a {\n      b', '\n    }'],
      spaces,
      'a {\n    b\n  }',
    ],
    ['may come back out of its first line', ['  a', '\nb'], spaces, 'a\n  b'],
    ['takes tabs where the file does', ['a {\n  b {', '\n    c'], tabs, 'a {\n  \tb {\n  \t\tc'],
    ['leaves empty lines empty', ['a\n\n', '\nb'], spaces, 'a\n\n\n  b'],
  ];
  for (const [name, pieces, indentation, text] of cases) {
    it(name, () => {
      const indent = new StreamedIndent('  ', indentation);
      assert.equal(pieces.map((piece) => indent.push(piece)).join(''), text);
    });
  }

  it('is what it would be all at once, where its first line isn’t indented', () => {
    const line = fc.tuple(fc.nat(3), fc.constantFrom('a {', '}', '', '$1'));
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (all, isTabs) => {
        const lines = ['a', '    b', ...all.map(([deep, text]) => '    '.repeat(deep) + text)];
        const indentation = isTabs ? tabs : spaces;
        const indent = new StreamedIndent('\t', indentation);
        const pieces = lines.map((one, index) => indent.push(index === 0 ? one : `\n${one}`));
        assert.equal(pieces.join(''), indentCode(lines.join('\n'), '\t', indentation));
      }),
    );
  });
});
