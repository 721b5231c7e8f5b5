import { readFileSync } from 'node:fs';
import type { L10n } from '../../src/core/l10n.ts';
import { english } from './english.ts';

/** A translator that has a bundle of ours, as VS Code's has in that display language. */
export function translatorOf(language: string): L10n {
  const file = new URL(`../../l10n/bundle.l10n.${language}.json`, import.meta.url);
  const bundle: Readonly<Record<string, string>> = JSON.parse(readFileSync(file, 'utf8'));
  return { t: (message, ...args) => english.t(bundle[message] ?? message, ...args) };
}
