import assert from 'node:assert/strict';
import {
  likelyThemes,
  type ThemeKind,
  type ThemeSettings,
} from '../../../src/core/theme/choose-theme.ts';

const settings: ThemeSettings = {
  colorTheme: 'chosen',
  preferredLight: 'light',
  preferredDark: 'dark',
  preferredHighContrast: 'hc-dark',
  preferredHighContrastLight: 'hc-light',
  followsColorScheme: false,
  followsHighContrast: false,
};

describe('the active theme', () => {
  const cases: readonly [
    name: string,
    changed: Partial<ThemeSettings>,
    kind: ThemeKind,
    expected: readonly string[],
  ][] = [
    ['is the chosen one', {}, 'vs-dark', ['chosen', 'dark']],
    ['follows a dark system', { followsColorScheme: true }, 'vs-dark', ['dark', 'chosen']],
    ['follows a light system', { followsColorScheme: true }, 'vs', ['light', 'chosen']],
    [
      'is the chosen high contrast one where only light and dark are followed',
      { followsColorScheme: true },
      'hc-black',
      ['chosen', 'hc-dark'],
    ],
    ['follows high contrast', { followsHighContrast: true }, 'hc-black', ['hc-dark', 'chosen']],
    [
      'follows light high contrast',
      { followsHighContrast: true },
      'hc-light',
      ['hc-light', 'chosen'],
    ],
  ];
  for (const [name, changed, kind, expected] of cases) {
    it(name, () => assert.deepEqual(likelyThemes({ ...settings, ...changed }, kind), expected));
  }
});
