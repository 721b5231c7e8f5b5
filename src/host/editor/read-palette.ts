import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import { likelyThemes, type ThemeKind, type ThemeSettings } from '../../core/theme/choose-theme.ts';
import { type Palette, resolvePalette } from '../../core/theme/palette.ts';
import {
  readCustomisations,
  readTokenRules,
  type TokenRule,
  toFields,
} from '../../core/theme/token-rules.ts';

interface ContributedTheme {
  /** As the settings name it. */
  readonly name: string;
  readonly uri: vscode.Uri;
}

/** The first of these themes that is installed and of this kind. */
export function findTheme(names: readonly string[], kind: ThemeKind): ContributedTheme | null {
  const themes = vscode.extensions.all.flatMap((extension) => contributedThemes(extension, kind));
  for (const name of names) {
    const found = themes.find((theme) => isNamed(theme.name, name));
    if (found !== undefined) return found;
  }
  return null;
}

function contributedThemes(
  { packageJSON, extensionUri }: vscode.Extension<unknown>,
  kind: ThemeKind,
): readonly ContributedTheme[] {
  const themes = toFields(toFields(packageJSON).get('contributes')).get('themes');
  if (!Array.isArray(themes)) return [];
  return themes.flatMap((entry: unknown) => {
    const fields = toFields(entry);
    const name = fields.get('id') ?? fields.get('label');
    const path = fields.get('path');
    if (typeof name !== 'string' || typeof path !== 'string') return [];
    if (fields.get('uiTheme') !== kind) return [];
    return [{ name, uri: vscode.Uri.joinPath(extensionUri, path) }];
  });
}

/** Some built-in themes were renamed; the settings may still hold the name before. */
function isNamed(name: string, wanted: string): boolean {
  return name === wanted || `Default ${name}` === wanted || name === `Default ${wanted}`;
}

/** More files than any theme includes; a theme that includes itself ends here. */
const maxIncludes = 16;

/**
 * The colours of a theme's file, those of the files that it includes before its own. Null where one
 * of them can't be read as JSON, or where the colours are in a TextMate file.
 */
export async function readThemeRules(
  uri: vscode.Uri,
  filesLeft = maxIncludes,
): Promise<readonly TokenRule[] | null> {
  if (filesLeft === 0) return null;
  const fields = await readFields(uri);
  if (fields === null) return null;
  const include = fields.get('include');
  const tokenColors = fields.get('tokenColors');
  if (typeof tokenColors === 'string') return null;
  const own = readTokenRules(tokenColors);
  if (typeof include !== 'string') return own;
  const included = await readThemeRules(vscode.Uri.joinPath(uri, '..', include), filesLeft - 1);
  return included === null ? null : [...included, ...own];
}

async function readFields(uri: vscode.Uri): Promise<ReadonlyMap<string, unknown> | null> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const value: unknown = parse(new TextDecoder().decode(bytes));
    const fields = toFields(value);
    // A theme with a slip in it still has colours; a file that is no JSON at all has none.
    return fields.size === 0 ? null : fields;
  } catch {
    // The theme's extension was removed, or its files are out of reach: the fallback colours do.
    return null;
  }
}

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
