/** What to ask: the user's own words, or one of ours. */
export type Prompt =
  | { readonly kind: 'free'; readonly text: string }
  | { readonly kind: 'explain' }
  /** Asks for code alone; `text` says where it goes. */
  | { readonly kind: 'code'; readonly text: string };

const explainText =
  'Explain the selected code: first what it does in a sentence or two, then how, in the order in ' +
  'which it runs. Point out what is surprising, and anything that looks like a bug. Be brief where ' +
  'the code is plain.';

/** The words that the model gets. */
export function promptText(prompt: Prompt): string {
  switch (prompt.kind) {
    case 'free':
    case 'code':
      return prompt.text;
    case 'explain':
      return explainText;
  }
}
