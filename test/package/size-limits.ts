/** What ships, and the most kilobytes that each may have; the package holds all the others. */
export const sizeLimits: readonly (readonly [file: string, mostKilobytes: number])[] = [
  ['claude-stream.vsix', 800],
  ['dist/extension.cjs', 10],
  ['dist/app.cjs', 360],
  ['dist/front-matter.cjs', 110],
  ['dist/usage.js', 20],
  ['dist/web.cjs', 3],
  ['dist/webview.js', 200],
  ['dist/highlight.js', 220],
];
