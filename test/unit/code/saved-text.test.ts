import assert from 'node:assert/strict';
import { findUnsavedText } from '../../../src/core/code/tracked-text.ts';

describe('a copy of a text that is being written', () => {
  const cases: readonly [name: string, saved: string, missing: string | null][] = [
    ['may have all of it', 'above REPLY below', ''],
    ['may lack the end of what is written', 'above REP below', 'LY'],
    ['may lack something else', 'above REPLY bel', null],
    ['may be longer', 'above REPLY!! below', null],
    ['may be another text', 'something else', null],
  ];
  for (const [name, saved, missing] of cases) {
    it(name, () => assert.equal(findUnsavedText(saved, 'above REPLY below', 11), missing));
  }
});
