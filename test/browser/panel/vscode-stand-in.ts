import type { L10n } from '../../../src/core/l10n.ts';
import { english } from '../../fakes/english.ts';

let spoken = english;

/** As much of VS Code's API as the panel's words need. */
export const l10n: L10n = { t: (message, ...args) => spoken.t(message, ...args) };

/** What a display language does, for the pages that are opened from now on. */
export function speak(translator: L10n): void {
  spoken = translator;
}
