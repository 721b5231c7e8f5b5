import * as vscode from 'vscode';
import { likelyThemes, type ThemeKind, type ThemeSettings } from '../../core/theme/choose-theme.ts';
import { readCustomisations } from '../../core/theme/customisations.ts';
import { type Palette, resolvePalette } from '../../core/theme/palette.ts';
import { findTheme } from './contributed-themes.ts';
import { readThemeRules } from './read-theme-rules.ts';

/**
 * The colours that code has in the user's editor: from the active theme's own file, since VS Code
 * tells extensions nothing but the theme's kind. Null where that file can't be found or read.
 */
export async function readPalette(): Promise<Palette | null> {
  const kind = themeKind(vscode.window.activeColorTheme.kind);
  const theme = findTheme(likelyThemes(themeSettings(), kind), kind);
  if (theme === null) return null;
  const rules = await readThemeRules(theme.uri);
  if (rules === null) return null;
  const customisations: unknown = vscode.workspace
    .getConfiguration('editor')
    .get('tokenColorCustomizations');
  return resolvePalette([...rules, ...readCustomisations(customisations, theme.name)]);
}

function themeKind(kind: vscode.ColorThemeKind): ThemeKind {
  switch (kind) {
    case vscode.ColorThemeKind.Light:
      return 'vs';
    case vscode.ColorThemeKind.Dark:
      return 'vs-dark';
    case vscode.ColorThemeKind.HighContrast:
      return 'hc-black';
    case vscode.ColorThemeKind.HighContrastLight:
      return 'hc-light';
  }
}

function themeSettings(): ThemeSettings {
  const workbench = vscode.workspace.getConfiguration('workbench');
  const window = vscode.workspace.getConfiguration('window');
  return {
    colorTheme: workbench.get('colorTheme', ''),
    preferredLight: workbench.get('preferredLightColorTheme', ''),
    preferredDark: workbench.get('preferredDarkColorTheme', ''),
    preferredHighContrast: workbench.get('preferredHighContrastColorTheme', ''),
    preferredHighContrastLight: workbench.get('preferredHighContrastLightColorTheme', ''),
    followsColorScheme: window.get('autoDetectColorScheme', false),
    followsHighContrast: window.get('autoDetectHighContrast', true),
  };
}
