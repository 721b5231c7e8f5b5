const messageText =
  'Write the commit message for this change. The first line says what it does, in the imperative, in at ' +
  'most 72 characters, without a full stop. Where the reason isn’t plain from that, a blank line and a ' +
  'short paragraph say why. Answer with the message alone, as plain text: no Markdown, no quotes, no code ' +
  'fence, nothing before or after it.';

/** @param draft what stands in the box already; blank where nothing does */
export function commitMessageText(draft: string): string {
  if (draft.trim() === '') return messageText;
  return `${messageText}\n\nIt has been begun like this; keep to its wording and style:\n\n${draft}`;
}
