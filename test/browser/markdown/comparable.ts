/**
 * What stands on the page, as text that can be compared: without the groups that layout alone needs
 * and their marks, and with neighbouring texts as one.
 */
export function comparable(root: ParentNode): string {
  return contents(root, '');
}

function contents(parent: ParentNode, indent: string): string {
  let written = '';
  let text = '';
  const endText = (): void => {
    if (text !== '') written += `${indent}${JSON.stringify(text)}\n`;
    text = '';
  };
  const visit = (node: ChildNode): void => {
    if (node instanceof Text) text += node.data;
    else if (!(node instanceof Element)) throw new Error(`There is a ${node.nodeName}.`);
    else if (isGroup(node)) for (const child of node.childNodes) visit(child);
    else {
      endText();
      written += `${indent}<${node.localName}${attributes(node)}>\n`;
      written += contents(node, `${indent}  `);
    }
  };
  for (const child of parent.childNodes) visit(child);
  endText();
  return written;
}

/** Sections, a long list's items, a table's rows (in one or more `tbody`), lines, parts. */
function isGroup(element: Element): boolean {
  return /^(?:section|div|tbody)$/.test(element.localName) || element.matches('.lines, .part');
}

function attributes(element: Element): string {
  const own = element.localName === 'table' ? ['class', 'style'] : [];
  return [...element.attributes]
    .filter(({ name }) => !['role', 'data-writing', ...own].includes(name))
    .map(({ name, value }) => ` ${name}=${value}`)
    .sort()
    .join('');
}
