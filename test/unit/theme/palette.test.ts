import assert from 'node:assert/strict';
import {
  isPalette,
  resolvePalette,
  type TokenKind,
  tokenKinds,
} from '../../../src/core/theme/palette.ts';
import { readCustomisations, readTokenRules } from '../../../src/core/theme/token-rules.ts';

const red = '#ff0000';
const green = '#00ff00';
const blue = '#0000ff';

interface Entry {
  readonly scope?: unknown;
  readonly settings?: unknown;
}

/** The colour of a kind in a theme of these entries. */
function colourOf(kind: TokenKind, entries: readonly Entry[], setting?: unknown): string | null {
  const rules = [...readTokenRules(entries), ...readCustomisations(setting, 'My Theme')];
  const found = resolvePalette(rules).find((colour) => colour.kind === kind);
  assert.ok(found !== undefined);
  return found.colour;
}

const rule = (scope: unknown, foreground: unknown): Entry => ({ scope, settings: { foreground } });

describe('palette of a theme', () => {
  const cases: readonly [
    name: string,
    kind: TokenKind,
    entries: readonly Entry[],
    string | null,
  ][] = [
    ['the same scope', 'regexp', [rule('string.regexp', red)], red],
    ['a wider scope', 'regexp', [rule('string', red)], red],
    ['not a scope that only begins alike', 'string', [rule('str', red)], null],
    ['not a narrower scope', 'comment', [rule('comment.line.double-slash', red)], null],
    ['a list of scopes', 'number', [rule(['string', 'constant'], red)], red],
    ['scopes behind commas', 'number', [rule('string, constant,', red)], red],
    ['the longer of two', 'control', [rule('keyword.control', red), rule('keyword', blue)], red],
    ['the later of two alike', 'comment', [rule('comment', red), rule('comment', blue)], blue],
    [
      'one with the scope around it before one without',
      'escape',
      [rule('string constant.character', red), rule('constant.character', blue)],
      red,
    ],
    ['not one with another scope around it', 'escape', [rule('comment constant', red)], null],
    ['one right inside another', 'escape', [rule('string > constant', red)], red],
    ['the colour of what is around it', 'escape', [rule('string', red)], red],
    ['the second-best scope', 'keyword', [rule('keyword', red)], red],
    ['the best scope before it', 'keyword', [rule('keyword', red), rule('storage', blue)], blue],
    ['nothing from a rule without scope', 'comment', [rule(undefined, red)], null],
    ['nothing from a rule without colour', 'comment', [rule('comment', undefined)], null],
    ['a colour in short', 'comment', [rule('comment', '#F0a')], '#ff00aa'],
    ['a colour with transparency', 'comment', [rule('comment', '#FF000080')], '#ff000080'],
    ['nothing that is no colour', 'comment', [rule('comment', 'red;}')], null],
  ];
  for (const [name, kind, entries, expected] of cases) {
    it(`takes ${name}`, () => assert.equal(colourOf(kind, entries), expected));
  }

  it('has every kind once, and fits the guard', () => {
    const palette = resolvePalette(readTokenRules([rule('comment', '#ABC')]));
    assert.deepEqual(
      palette.map(({ kind }) => kind),
      [...tokenKinds],
    );
    assert.ok(isPalette(palette));
  });

  const notPalettes: readonly [name: string, value: unknown][] = [
    ['another kind', [{ kind: 'background', colour: red }]],
    ['a colour with more in it', [{ kind: 'comment', colour: 'red; background: url(x)' }]],
    ['a colour in capitals', [{ kind: 'comment', colour: '#FF0000' }]],
    ['no list', { kind: 'comment', colour: red }],
  ];
  for (const [name, value] of notPalettes) {
    it(`is not ${name}`, () => assert.ok(!isPalette(value)));
  }

  for (const value of [null, 'x', 3, {}, [null], [3], [{ scope: 3, settings: 4 }]]) {
    it(`takes nothing from ${JSON.stringify(value)}`, () =>
      assert.deepEqual(readTokenRules(value), []));
  }
});

describe("the user's own colours", () => {
  const theme = [rule('comment', blue), rule('keyword', blue), rule('keyword.control', blue)];
  const cases: readonly [name: string, kind: TokenKind, setting: unknown, string | null][] = [
    ['a group', 'comment', { comments: red }, red],
    ['a group as an object', 'comment', { comments: { foreground: red } }, red],
    ['keywords', 'control', { keywords: red }, red],
    ['a TextMate rule', 'comment', { textMateRules: [rule('comment', red)] }, red],
    [
      'a rule before a group',
      'comment',
      { comments: red, textMateRules: [rule('comment', green)] },
      green,
    ],
    ['this theme', 'comment', { '[My Theme]': { comments: red } }, red],
    ['this theme before all', 'comment', { '[My Theme]': { comments: red }, comments: green }, red],
    ['one of several themes', 'comment', { '[Other][My Theme]': { comments: red } }, red],
    ['themes by a pattern', 'comment', { '[My*]': { comments: red } }, red],
    ['not another theme', 'comment', { '[Other]': { comments: red } }, blue],
    ['not another pattern', 'comment', { '[*Their*]': { comments: red } }, blue],
    ['nothing that is no setting', 'comment', 'red', blue],
  ];
  for (const [name, kind, setting, expected] of cases) {
    it(`count: ${name}`, () => assert.equal(colourOf(kind, theme, setting), expected));
  }
});
