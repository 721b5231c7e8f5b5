import assert from 'node:assert/strict';
import { overlayStreamedLines } from '../../../src/core/code/line-edits.ts';

describe('a text while another takes its place', () => {
  const old = 'a\nb\nc';
  const cases: readonly [name: string, newText: string, shown: string][] = [
    ['is as it was before anything came', '', old],
    ['gives way line by line', 'A', 'A\nb\nc'],
    ['stands below what came', 'A\nB', 'A\nB\nc'],
    ['is gone once as many lines came', 'A\nB\nC', 'A\nB\nC'],
    ['may give way to more', 'A\nB\nC\nD', 'A\nB\nC\nD'],
  ];
  for (const [name, newText, shown] of cases) {
    it(name, () => assert.equal(overlayStreamedLines(old, newText), shown));
  }
});
