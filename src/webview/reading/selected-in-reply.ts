/** What is selected, where all of it is one reply's text; null where nothing is. */
export function selectionInReply(): Selection | null {
  const selection = document.getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = replyText(range.startContainer);
  if (text === null) return null;
  return text.contains(range.endContainer) || endsBehind(text, range) ? selection : null;
}

/** The words that are selected within one reply's text; empty where there are none. */
export function selectedInReply(): string {
  return selectionInReply()?.toString() ?? '';
}

function replyText(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('[data-reply-text]') ?? null;
}

/**
 * Three clicks select a paragraph to the very beginning of what follows: that isn't a word more.
 */
function endsBehind(text: Element, { endContainer, endOffset }: Range): boolean {
  if (endOffset !== 0) return false;
  const beyond = document.createRange();
  beyond.setStartAfter(text);
  beyond.setEnd(endContainer, endOffset);
  return beyond.toString().trim() === '';
}
