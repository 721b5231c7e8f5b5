/** How much is laid out in one step, in UTF-16 code units: some milliseconds' work. */
const stepLength = 1024;

/**
 * The text of an old reply before it is laid out as Markdown. Meanwhile it stands in the page as it
 * was written: it can be found, selected and read out like any other.
 */
export class LateText {
  readonly #text: string;
  readonly #append: (text: string) => void;
  /** Holds what isn't laid out yet. */
  readonly #rest = document.createElement('div');
  #at = 0;

  /**
   * @param root where the text is to be
   * @param append lays out more of it there
   */
  constructor(root: HTMLElement, text: string, append: (text: string) => void) {
    this.#text = text;
    this.#append = append;
    this.#rest.className = 'late-text';
    this.#rest.textContent = text;
    root.append(this.#rest);
  }

  get isSelected(): boolean {
    const selection = document.getSelection();
    return selection?.isCollapsed === false && selection.containsNode(this.#rest, true);
  }

  /** Lays out some of it; true when that was the last. */
  step(): boolean {
    const root = this.#rest.parentElement;
    // The text's own place is for what is laid out alone.
    if (this.#at === 0) root?.after(this.#rest);
    const text = this.#text.slice(this.#at, this.#at + stepLength);
    this.#at += text.length;
    this.#append(text);
    const isLast = this.#at === this.#text.length;
    if (isLast) this.#rest.remove();
    else this.#rest.textContent = this.#text.slice(this.#at);
    return isLast;
  }
}
