/**
 * What stands on the page, as text that can be compared: without the groups and their marks, which
 * layout alone needs, and with neighbouring texts as one.
 */
export function comparable(root: ParentNode): string {
  const copy = document.createElement('div');
  for (const child of root.childNodes) copy.append(child.cloneNode(true));
  for (const section of [...copy.querySelectorAll('section')].reverse()) {
    section.replaceWith(...section.childNodes);
  }
  for (const items of copy.querySelectorAll(':is(ul, ol) > div')) {
    items.replaceWith(...items.childNodes);
  }
  for (const rows of copy.querySelectorAll('tbody + tbody')) {
    rows.previousElementSibling?.append(...rows.childNodes);
    rows.remove();
  }
  for (const table of copy.querySelectorAll('table')) {
    table.removeAttribute('style');
    table.removeAttribute('class');
  }
  for (const rows of copy.querySelectorAll('tbody')) rows.removeAttribute('class');
  for (const one of copy.querySelectorAll('[role]')) one.removeAttribute('role');
  for (const lines of copy.querySelectorAll('.lines, .part'))
    lines.replaceWith(...lines.childNodes);
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
