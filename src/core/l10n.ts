/**
 * What core needs of a translator. `vscode.l10n` fits; tests pass an English one.
 * Placeholders are `{0}`, `{1}`, … in the message.
 */
export interface L10n {
  t(message: string, ...args: (string | number | boolean)[]): string;
}

/**
 * The language of the translator's words, as BCP 47 has it: every bundle translates `en` into its
 * own name. Figures and dates beside the words are written in it too. The display language won't
 * do: where we have no words in it they are English.
 */
export function getLanguage(l10n: L10n): string {
  return l10n.t('en');
}

/** `ask, allow, or off`, in the translator's language. */
export function formatAlternatives(values: readonly string[], l10n: L10n): string {
  return new Intl.ListFormat(getLanguage(l10n), { type: 'disjunction' }).format(values);
}

/** A message with its placeholders filled in; those without an argument stay. */
export function fill(message: string, ...args: readonly (string | number | boolean)[]): string {
  return message.replace(/\{(\d+)\}/g, (whole, index) => String(args[Number(index)] ?? whole));
}

/** English, for the log: it is made to be pasted into a bug report. */
export const english: L10n = { t: fill };
