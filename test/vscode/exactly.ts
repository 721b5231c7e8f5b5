/** Matches an element whose whole text is this; VS Code writes some spaces as no-break spaces. */
export function exactly(text: string): RegExp {
  const escaped = text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(/\s+/g, '\\s+');
  return new RegExp(`^\\s*${escaped}\\s*$`);
}
