import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ThemeKind } from '../../src/core/theme/choose-theme.ts';
import { type Palette, resolvePalette } from '../../src/core/theme/palette.ts';
import { toFields } from '../../src/core/theme/token-rules.ts';
import { PaletteFeed } from '../../src/host/editor/palette-feed.ts';
import { findTheme, readPalette, readThemeRules } from '../../src/host/editor/read-palette.ts';

const { Dark, Light, HighContrast, HighContrastLight } = vscode.ColorThemeKind;

function coloursOf(palette: Palette | null): Readonly<Record<string, string | null>> {
  assert.ok(palette !== null, 'the theme can be read');
  return Object.fromEntries(palette.map(({ kind, colour }) => [kind, colour]));
}

async function update(section: string, name: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration(section)
    .update(name, value, vscode.ConfigurationTarget.Global);
}

async function wear(theme: string, kind: vscode.ColorThemeKind): Promise<void> {
  // Where the setting says so already, whatever the window wears, setting it again changes nothing.
  const other = theme === 'Light Modern' ? 'Dark Modern' : 'Light Modern';
  await update('workbench', 'colorTheme', other);
  await update('workbench', 'colorTheme', theme);
  if (vscode.window.activeColorTheme.kind === kind) return;
  await new Promise<void>((resolve) => {
    const subscription = vscode.window.onDidChangeActiveColorTheme((active) => {
      if (active.kind !== kind) return;
      subscription.dispose();
      resolve();
    });
  });
}

describe('palette of the active theme', () => {
  // Not awaited to be worn: what the window wore at first needn't be what the default setting says.
  after(() => update('workbench', 'colorTheme', undefined));
  afterEach(() => update('editor', 'tokenColorCustomizations', undefined));

  const themes: readonly [
    theme: string,
    kind: vscode.ColorThemeKind,
    colours: Readonly<Record<string, string>>,
  ][] = [
    [
      'Dark Modern',
      Dark,
      {
        comment: '#6a9955',
        string: '#ce9178',
        keyword: '#569cd6',
        control: '#c586c0',
        number: '#b5cea8',
        function: '#dcdcaa',
        type: '#4ec9b0',
        variable: '#9cdcfe',
        regexp: '#d16969',
        tag: '#569cd6',
      },
    ],
    [
      'Light Modern',
      Light,
      {
        comment: '#008000',
        string: '#a31515',
        keyword: '#0000ff',
        control: '#af00db',
        number: '#098658',
        function: '#795e26',
        type: '#267f99',
        variable: '#001080',
        tag: '#800000',
      },
    ],
    ['Monokai', Dark, { keyword: '#66d9ef', control: '#f92672', string: '#e6db74' }],
    [
      'Default High Contrast',
      HighContrast,
      { comment: '#7ca668', keyword: '#569cd6', control: '#c586c0', string: '#ce9178' },
    ],
    [
      'Default High Contrast Light',
      HighContrastLight,
      { comment: '#515151', keyword: '#0f4a85', control: '#b5200d', string: '#0f4a85' },
    ],
  ];
  for (const [theme, kind, expected] of themes) {
    it(`has the colours of ${theme}`, async () => {
      await wear(theme, kind);
      const colours = coloursOf(await readPalette());
      for (const [name, colour] of Object.entries(expected)) {
        assert.equal(colours[name], colour, name);
      }
    });
  }

  it("has the user's own colours", async () => {
    await wear('Dark Modern', Dark);
    await update('editor', 'tokenColorCustomizations', {
      comments: '#112233',
      '[Dark Modern]': { strings: '#445566' },
      '[Light Modern]': { numbers: '#778899' },
    });
    const { comment, string, number } = coloursOf(await readPalette());
    assert.deepEqual([comment, string, number], ['#112233', '#445566', '#b5cea8']);
  });

  it('is posted when asked for, and again for another theme', async () => {
    await wear('Dark Modern', Dark);
    const posted: (Palette | null)[] = [];
    let heard = (): void => {};
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        heard = resolve;
      });
    const feed = new PaletteFeed({
      read: readPalette,
      post: (palette) => {
        posted.push(palette);
        heard();
      },
      onError: (error) => assert.fail(String(error)),
    });
    try {
      const first = next();
      feed.send();
      await first;
      assert.equal(coloursOf(posted.at(-1) ?? null)['comment'], '#6a9955');
      const light = next();
      await wear('Light Modern', Light);
      await light;
      while (coloursOf(posted.at(-1) ?? null)['comment'] !== '#008000') await next();
    } finally {
      feed.dispose();
    }
  });

  it('can be read for every theme that comes with VS Code', async () => {
    const kinds: readonly ThemeKind[] = ['vs', 'vs-dark', 'hc-black', 'hc-light'];
    const names = vscode.extensions.all.flatMap(({ packageJSON }) => {
      const themes = toFields(toFields(packageJSON).get('contributes')).get('themes');
      return Array.isArray(themes) ? themes.map((one) => toFields(one)) : [];
    });
    assert.ok(names.length >= 10, `${names.length} themes`);
    for (const fields of names) {
      const name = String(fields.get('id') ?? fields.get('label'));
      const kind = kinds.find((one) => one === fields.get('uiTheme'));
      assert.ok(kind !== undefined);
      const theme = findTheme([name], kind);
      assert.ok(theme !== null, name);
      const colours = coloursOf(resolvePalette((await readThemeRules(theme.uri)) ?? []));
      for (const token of ['comment', 'string', 'keyword']) assert.ok(colours[token], name);
    }
  });
});
