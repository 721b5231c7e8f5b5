import type { L10n } from '../l10n.ts';

/** What to ask: the user's own words, one of ours, or a saved prompt file. */
export type Prompt =
  | { readonly kind: 'free'; readonly text: string }
  | { readonly kind: 'explain' }
  /** Asks for code alone; `text` says where it goes. */
  | { readonly kind: 'code'; readonly text: string }
  | NamedPrompt;

/**
 * A prompt that is called by its name. It carries the words that were sent, so that a follow-up
 * sends the same again, whatever has become of the file or of our own words since.
 */
interface NamedPrompt {
  readonly kind: 'built-in' | 'saved';
  /** As it was shown when it was chosen. */
  readonly name: string;
  /** With its variables filled in. */
  readonly text: string;
}

const explainText =
  'Explain the selected code: first what it does in a sentence or two, then how, in the order in ' +
  'which it runs. Point out what is surprising, and anything that looks like a bug. Be brief where ' +
  'the code is plain.';

/** The words that the model gets. */
export function promptText(prompt: Prompt): string {
  return prompt.kind === 'explain' ? explainText : prompt.text;
}

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
