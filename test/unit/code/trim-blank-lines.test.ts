import assert from 'node:assert/strict';
import fc from 'fast-check';
import { trimBlankLines } from '../../../src/core/code/indentation.ts';

describe('blank lines around code', () => {
  it('go, and nothing else', () => {
    const codes = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', 'a', '{') });
    fc.assert(
      fc.property(codes, (code) => {
        assert.equal(trimBlankLines(code), code.replace(/^(?:[ \t]*\n)+|\s+$/g, ''));
      }),
    );
  });
});
