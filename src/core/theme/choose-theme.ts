/** A contributed theme's `uiTheme`: what kind of theme it is. */
export type ThemeKind = 'vs' | 'vs-dark' | 'hc-black' | 'hc-light';

/** The settings that say which theme is on, as the user has them. */
export interface ThemeSettings {
  readonly colorTheme: string;
  readonly preferredLight: string;
  readonly preferredDark: string;
  readonly preferredHighContrast: string;
  readonly preferredHighContrastLight: string;
  readonly followsColorScheme: boolean;
  readonly followsHighContrast: boolean;
}

/**
 * The names that the active theme may have, likeliest first. VS Code tells only its kind; a name
 * counts only where the theme that it names is of that kind.
 */
export function likelyThemes(settings: ThemeSettings, kind: ThemeKind): readonly string[] {
  const preferred = preferredTheme(settings, kind);
  const isHighContrast = kind === 'hc-black' || kind === 'hc-light';
  const follows = isHighContrast ? settings.followsHighContrast : settings.followsColorScheme;
  return follows ? [preferred, settings.colorTheme] : [settings.colorTheme, preferred];
}

function preferredTheme(settings: ThemeSettings, kind: ThemeKind): string {
  switch (kind) {
    case 'vs':
      return settings.preferredLight;
    case 'vs-dark':
      return settings.preferredDark;
    case 'hc-black':
      return settings.preferredHighContrast;
    case 'hc-light':
      return settings.preferredHighContrastLight;
  }
}
