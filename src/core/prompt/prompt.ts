/** What to ask: the user's own words, or one of ours. */
export type Prompt =
  | { readonly kind: 'free'; readonly text: string }
  | { readonly kind: 'explain' };

const explainText =
  'Explain the selected code: first what it does in a sentence or two, then how, in the order in ' +
  'which it runs. Point out what is surprising, and anything that looks like a bug. Be brief where ' +
  'the code is plain.';

/** The words that the model gets. */
export function promptText(prompt: Prompt): string {
  switch (prompt.kind) {
    case 'free':
      return prompt.text;
    case 'explain':
      return explainText;
  }
}
