/** `{0}`, `{1}`, … as they come, sorted. */
export function placeholdersOf(text: string): readonly string[] {
  return [...text.matchAll(/\{\d+\}/g)].map(([place]) => place).sort();
}
