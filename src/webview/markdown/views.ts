/** What the page is to show: `DomReconciler.reconcile` reuses nodes that fit and makes the others. */
export type View = TextView | ElementView | CodeView;

export interface TextView {
  readonly kind: 'text';
  text: string;
  node: ChildNode | null;
}

export interface ElementView {
  readonly kind: 'element';
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly View[];
  /** The element on the page that it is, where that is settled; its finished children stay. */
  readonly reconciler: GrowingElement | null;
  node: ChildNode | null;
}

/** An element that is on the page for good, and shows its unfinished children itself. */
export interface GrowingElement {
  readonly element: HTMLElement;
  reconcile(views: readonly View[]): void;
}

export interface CodeView {
  readonly kind: 'code';
  readonly language: string;
  readonly text: string;
  node: ChildNode | null;
}

/** Every attribute that the renderer sets: an element has no others. */
export type Attributes = Readonly<Partial<Record<AttributeName, string>>>;
export const allowedAttributes = ['aria-level', 'class', 'href', 'rel', 'start', 'title'] as const;
type AttributeName = (typeof allowedAttributes)[number];

export function elementView(
  tag: string,
  children: readonly View[],
  attributes: Attributes = {},
  reconciler: GrowingElement | null = null,
): ElementView {
  return { kind: 'element', tag, attributes, children, reconciler, node: null };
}

export function textView(content: string): TextView {
  return { kind: 'text', text: content, node: null };
}
