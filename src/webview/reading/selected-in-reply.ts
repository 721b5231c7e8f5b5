/** The words that are selected within one reply's text; empty where there are none. */
export function selectedInReply(): string {
  const selection = document.getSelection();
  if (selection === null || selection.rangeCount === 0) return '';
  const { commonAncestorContainer: within } = selection.getRangeAt(0);
  const element = within instanceof Element ? within : within.parentElement;
  return (element?.closest('[data-reply-text]') ?? null) === null ? '' : selection.toString();
}
