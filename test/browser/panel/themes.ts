import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColorTheme } from '../../vscode/calm-settings.ts';

/** What VS Code puts into a webview's page so that it looks like the rest; see take-themes.ts. */
export interface WebviewThemes {
  readonly defaultStyles: string;
  readonly themes: { [name in ColorTheme]?: WebviewTheme };
}

export interface WebviewTheme {
  readonly bodyClass: string;
  readonly kind: string;
  /** CSS custom properties of the root element. */
  readonly variables: Readonly<Record<string, string>>;
}

const path = join(import.meta.dirname, 'themes.json');

export function webviewThemes(): WebviewThemes {
  return JSON.parse(readFileSync(path, 'utf8')) as WebviewThemes;
}
