/**
 * What stands on the page, as text that can be compared: without sections and line groups, which
 * layout alone needs, and with neighbouring texts as one.
 */
export function comparable(root: ParentNode): string {
  const copy = document.createElement('div');
  for (const child of root.childNodes) copy.append(child.cloneNode(true));
  for (const section of [...copy.querySelectorAll('section')].reverse()) {
    section.replaceWith(...section.childNodes);
  }
  for (const lines of copy.querySelectorAll('.lines')) lines.replaceWith(...lines.childNodes);
  for (const marked of copy.querySelectorAll('[data-writing]')) {
    marked.removeAttribute('data-writing');
  }
  copy.normalize();
  return write(copy, '');
}

function write(node: Node, indent: string): string {
  if (node instanceof Text) return `${indent}${JSON.stringify(node.data)}\n`;
  if (!(node instanceof Element)) throw new Error(`There is a ${node.nodeName}.`);
  const attributes = [...node.attributes].map(({ name, value }) => ` ${name}=${value}`).sort();
  const children = [...node.childNodes].map((child) => write(child, `${indent}  `)).join('');
  return `${indent}<${node.localName}${attributes.join('')}>\n${children}`;
}
