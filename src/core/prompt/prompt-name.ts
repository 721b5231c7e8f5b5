import type { L10n } from '../l10n.ts';
import type { Prompt } from './prompt.ts';

/** What a prompt is called that isn't the user's own words; null where it is. */
export function promptName(prompt: Prompt, l10n: L10n): string | null {
  switch (prompt.kind) {
    case 'free':
    case 'code':
      return null;
    case 'explain':
      return l10n.t('Explain');
    case 'built-in':
    case 'saved':
      return prompt.name;
  }
}
