import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Indentation, indentCode } from '../../../src/core/code/indentation.ts';

const spaces: Indentation = { tabSize: 4, insertSpaces: true };
const tabs: Indentation = { tabSize: 4, insertSpaces: false };

describe('code at a place in a document', () => {
  const cases: readonly [
    name: string,
    code: string,
    leading: string,
    indentation: Indentation,
    expected: string,
  ][] = [
    ['keeps one line as it is', 'a();', '    ', spaces, 'a();'],
    ['indents every other line', 'if (a) {\n  b();\n}', '  ', spaces, 'if (a) {\n    b();\n  }'],
    ['leaves empty lines empty', 'a\n\n  \nb', '\t', tabs, 'a\n\n\n\tb'],
    ['makes spaces tabs', 'a\n  b\n    c', '\t', tabs, 'a\n\t\tb\n\t\t\tc'],
    ['makes four spaces one tab', 'a\n    b\n        c', '', tabs, 'a\n\tb\n\t\tc'],
    ['keeps what is left over as alignment', 'a\n  b\n     c', '', tabs, 'a\n\tb\n\t\t c'],
    ['makes tabs spaces', 'a\n\tb\n\t\tc', '', spaces, 'a\n    b\n        c'],
    ['keeps tabs as tabs', 'a\n\tb', '\t', tabs, 'a\n\t\tb'],
    ['leaves whitespace inside a line alone', 'a\t  b', '', spaces, 'a\t  b'],
    ['has nothing special about $ and }', '$1 {a}\n$0}', ' ', spaces, '$1 {a}\n $0}'],
  ];
  for (const [name, code, leading, indentation, expected] of cases) {
    it(name, () => assert.equal(indentCode(code, leading, indentation), expected));
  }

  it('never changes more than whitespace at the beginnings of lines', () => {
    const line = fc.string({ unit: fc.constantFrom(' ', '\t', 'a', '$', '{', '}', '\\') });
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), fc.nat(8), (lines, insertSpaces, tabSize) => {
        const indented = indentCode(lines.join('\n'), '  ', { insertSpaces, tabSize: tabSize + 1 });
        const trimmed = (text: string): string[] => text.split('\n').map((one) => one.trimStart());
        assert.deepEqual(trimmed(indented), trimmed(lines.join('\n')));
      }),
    );
  });
});
