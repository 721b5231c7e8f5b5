import * as vscode from 'vscode';
import type { ThemeKind } from '../../core/theme/choose-theme.ts';
import { fieldsOf } from '../../core/theme/token-rule.ts';

export interface ContributedTheme {
  /** As the settings name it. */
  readonly name: string;
  readonly uri: vscode.Uri;
}

/** The first of these themes that is installed and of this kind. */
export function findTheme(names: readonly string[], kind: ThemeKind): ContributedTheme | null {
  const themes = vscode.extensions.all.flatMap((extension) => themesOf(extension, kind));
  for (const name of names) {
    const found = themes.find((theme) => isNamed(theme.name, name));
    if (found !== undefined) return found;
  }
  return null;
}

function themesOf(
  { packageJSON, extensionUri }: vscode.Extension<unknown>,
  kind: ThemeKind,
): readonly ContributedTheme[] {
  const themes = fieldsOf(fieldsOf(packageJSON).get('contributes')).get('themes');
  if (!Array.isArray(themes)) return [];
  return themes.flatMap((entry: unknown) => {
    const fields = fieldsOf(entry);
    const name = fields.get('id') ?? fields.get('label');
    const path = fields.get('path');
    if (typeof name !== 'string' || typeof path !== 'string') return [];
    if (fields.get('uiTheme') !== kind) return [];
    return [{ name, uri: vscode.Uri.joinPath(extensionUri, path) }];
  });
}

/** Some built-in themes were renamed; the settings may still hold the name before. */
function isNamed(name: string, asked: string): boolean {
  return name === asked || `Default ${name}` === asked || name === `Default ${asked}`;
}
