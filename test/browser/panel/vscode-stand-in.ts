import { english } from '../../fakes/english.ts';

/** As much of VS Code's API as the panel's words need. */
export const l10n = english;
