/**
 * Whether a new line begins on the page at this place in the text at the end of an element.
 * @param fromEnd how many characters of it are behind the place, the white space there included
 */
export function beginsLine(element: HTMLElement, fromEnd: number): boolean {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.lastChild() !== null);
  let left = fromEnd;
  for (let node: Node | null = walker.currentNode; node !== null; node = walker.previousNode()) {
    if (!(node instanceof Text)) return false;
    const at = node.data.length - left;
    if (at <= 0) {
      left -= node.data.length;
      continue;
    }
    // White space where a line ends has no place of its own: the word behind it has.
    const before = rectOf(node, at - 1);
    const behind = rectOf(node, at + 1);
    return before !== null && behind !== null && behind.top > before.bottom - 1;
  }
  return false;
}

function rectOf(node: Text, at: number): DOMRect | null {
  if (at >= node.data.length) return null;
  const range = document.createRange();
  range.setStart(node, at);
  range.setEnd(node, at + 1);
  return range.getClientRects()[0] ?? null;
}
