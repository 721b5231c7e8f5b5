/**
 * What core needs of a translator. `vscode.l10n` fits; tests pass an English one.
 * Placeholders are `{0}`, `{1}`, … in the message.
 */
export interface L10n {
  t(message: string, ...args: (string | number | boolean)[]): string;
}
