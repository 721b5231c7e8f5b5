import type { Palette } from '../../core/theme/palette.ts';
import { tokenKinds } from '../../core/theme/token-kind.ts';

/**
 * Gives code the editor's colours, in all blocks at once: custom properties of the root, which the
 * classes of `code.css` read. Null leaves the style sheet's own colours.
 */
export function showPalette(palette: Palette | null): void {
  const { style } = document.documentElement;
  for (const kind of tokenKinds) style.removeProperty(property(kind));
  for (const { kind, colour } of palette ?? []) {
    // Set either way: a kind that the theme has no colour for is plain in the editor too.
    style.setProperty(property(kind), colour ?? 'var(--vscode-editor-foreground)');
  }
}

function property(kind: string): string {
  return `--token-${kind}`;
}
