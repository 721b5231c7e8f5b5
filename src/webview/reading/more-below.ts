import { button, make } from '../elements.ts';

/** The status line of a streaming reply covers so much of the view's foot, in CSS pixels. */
const coveredPx = 40;

/** The button that says that there is more below the fold, and goes there. */
export class MoreBelow {
  readonly element: HTMLButtonElement;
  #observer: IntersectionObserver;
  #marker: Element | null = null;

  constructor(label: string, goToEnd: () => void) {
    this.element = button('jump-down', '', goToEnd);
    this.element.className = 'more-below';
    this.element.hidden = true;
    const arrow = make('span', 'arrow', '↓');
    arrow.setAttribute('aria-hidden', 'true');
    this.element.append(arrow, make('span', 'more-below-label', label));
    this.#observer = this.#observe(coveredPx);
  }

  /** The composer covers so much of the view's foot, in CSS pixels. */
  set composerHeight(height: number) {
    this.#observer.disconnect();
    this.#observer = this.#observe(coveredPx + height);
    if (this.#marker !== null) this.#observer.observe(this.#marker);
  }

  /** @param marker the end of what there is to read; null where there is nothing */
  watch(marker: Element | null): void {
    if (marker === this.#marker) return;
    this.#observer.disconnect();
    this.#marker = marker;
    if (marker === null) this.element.hidden = true;
    else this.#observer.observe(marker);
  }

  #observe(covered: number): IntersectionObserver {
    return new IntersectionObserver((entries) => this.#see(entries), {
      // Named, because the margin counts in a frame only for a root that is named.
      root: document,
      rootMargin: `0px 0px -${covered}px 0px`,
    });
  }

  #see(entries: readonly IntersectionObserverEntry[]): void {
    const last = entries.at(-1);
    if (last === undefined) return;
    const { isIntersecting, boundingClientRect, rootBounds } = last;
    const foot = rootBounds?.bottom ?? window.innerHeight;
    this.element.hidden = isIntersecting || boundingClientRect.top < foot;
  }
}
