import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Indentation, reindent } from '../../../src/core/code/indentation.ts';

const spaces: Indentation = { tabSize: 4, insertSpaces: true };
const tabs: Indentation = { tabSize: 4, insertSpaces: false };

describe('code in place of other code', () => {
  const cases: readonly [
    name: string,
    code: string,
    slot: { leading: string; isWholeLines: boolean; indentation: Indentation },
    expected: string,
  ][] = [
    [
      'stands as deep as what it replaces',
      'if (a) {\n  b();\n}',
      { leading: '    ', isWholeLines: true, indentation: spaces },
      '    if (a) {\n      b();\n    }',
    ],
    [
      'stands no deeper where the model has indented it already',
      '    if (a) {\n      b();\n    }',
      { leading: '    ', isWholeLines: true, indentation: spaces },
      '    if (a) {\n      b();\n    }',
    ],
    [
      'stands right where the model forgot the first line’s indentation',
      'if (a) {\n      b();\n    }',
      { leading: '    ', isWholeLines: true, indentation: spaces },
      '    if (a) {\n      b();\n    }',
    ],
    [
      'keeps a body that is as deep as the place',
      'def a():\n    b()\n    c()',
      { leading: '    ', isWholeLines: true, indentation: spaces },
      '    def a():\n        b()\n        c()',
    ],
    [
      'takes tabs where the file has tabs',
      '  a {\n    b\n  }',
      { leading: '\t', isWholeLines: true, indentation: tabs },
      '\ta {\n\t\tb\n\t}',
    ],
    [
      'takes spaces where the file has spaces',
      'a {\n\tb\n}',
      { leading: '  ', isWholeLines: true, indentation: { tabSize: 2, insertSpaces: true } },
      '  a {\n    b\n  }',
    ],
    [
      'goes on behind other text with its first line',
      '  call(\n  a,\n)',
      { leading: '    ', isWholeLines: false, indentation: spaces },
      'call(\n      a,\n    )',
    ],
    [
      'keeps lines that are indented as in the file already',
      'call(\n      a,\n    )',
      { leading: '    ', isWholeLines: false, indentation: spaces },
      'call(\n      a,\n    )',
    ],
    [
      'has empty lines without whitespace',
      'a\n\nb',
      { leading: '  ', isWholeLines: true, indentation: spaces },
      '  a\n\n  b',
    ],
  ];
  for (const [name, code, slot, expected] of cases) {
    it(name, () => assert.equal(reindent(code, slot), expected));
  }

  it('is not changed by being put there twice', () => {
    const line = fc.tuple(fc.nat(3), fc.constantFrom('a {', '}', 'b();', '$1'));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1 }),
        fc.nat(4),
        fc.boolean(),
        (all, deep, isTabs) => {
          // Its first levels say how many spaces a level has.
          const lines = [[0, 'a {'], [1, 'b'], ...all] as const;
          const code = lines.map(([depth, text]) => '    '.repeat(depth) + text).join('\n');
          const leading = isTabs ? '\t'.repeat(deep) : '    '.repeat(deep);
          const slot = { leading, isWholeLines: true, indentation: isTabs ? tabs : spaces };
          const once = reindent(code, slot);
          assert.equal(reindent(once, slot), once);
        },
      ),
    );
  });
});
