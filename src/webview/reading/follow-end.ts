import { createButton, createElement } from '../elements.ts';

/** So near to the end, in CSS pixels, counts as at it. */
const tolerancePx = 8;
const scrollUpKeys: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Keeps a new question at the top of the view, and the end of a growing reply in view where that is
 * wished for: each only until the reader moves the view, by whatever means, or selects text.
 */
export class EndFollower {
  readonly #isGrowing: () => boolean;
  readonly #content: HTMLElement;
  readonly #page = document.documentElement;
  #isEnabled = false;
  #isAtEnd = true;
  #lastTop = 0;
  #lastHeight = 0;
  /** What stays at the top of the view, and how far from it, in CSS pixels. */
  #pin: { readonly element: Element; readonly top: number } | null = null;

  /**
   * @param content what grows
   * @param isGrowing whether a reply is streaming: what a reader unfolds later isn't followed
   */
  constructor(content: HTMLElement, isGrowing: () => boolean) {
    this.#content = content;
    this.#isGrowing = isGrowing;
    const leave = (): void => {
      this.#isAtEnd = false;
    };
    window.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && leave(), { passive: true });
    window.addEventListener('touchmove', leave, { passive: true });
    window.addEventListener('keydown', ({ key, shiftKey }) => {
      if (scrollUpKeys.has(key) || (key === ' ' && shiftKey)) leave();
    });
    content.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('summary') !== null) leave();
    });
    document.addEventListener('selectionchange', () => {
      if (document.getSelection()?.isCollapsed === false) leave();
    });
    document.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    new ResizeObserver(() => {
      this.#keepPinned();
      this.#onResize();
    }).observe(content);
    window.addEventListener('resize', () => this.#onResize());
  }

  set isEnabled(isWished: boolean) {
    this.#isEnabled = isWished;
    this.#content.toggleAttribute('data-follow', isWished);
    this.#isAtEnd = this.#distanceToEnd() <= tolerancePx;
  }

  /**
   * Shows the element at the top, and keeps it there. Chromium's own anchoring isn't enough: it does
   * nothing in a frame in which the anchor's own turn changes its style, as the newest one does.
   */
  pin(element: Element): void {
    element.scrollIntoView({ block: 'start', behavior: 'instant' });
    this.#pin = { element, top: element.getBoundingClientRect().top };
  }

  /** Shows the end, and keeps to it where that is wished for. */
  scrollToEnd(): void {
    this.#pin = null;
    this.#isAtEnd = true;
    this.#page.scrollTo({ top: this.#page.scrollHeight, behavior: 'instant' });
    this.#saveScroll();
  }

  /** The last of a reply has come. */
  scrollToEndIfFollowing(): void {
    if (this.#isEnabled && this.#isAtEnd) this.scrollToEnd();
  }

  #keepPinned(): void {
    if (this.#pin !== null && !this.#isPinned()) this.pin(this.#pin.element);
  }

  #isPinned(): boolean {
    if (this.#pin === null) return false;
    return Math.abs(this.#pin.element.getBoundingClientRect().top - this.#pin.top) <= 1;
  }

  #onResize(): void {
    if (this.#isGrowing()) this.scrollToEndIfFollowing();
  }

  #onScroll(): void {
    // What moves by itself was put right before it was painted: this was the reader.
    if (!this.#isPinned()) this.#pin = null;
    const { scrollTop, scrollHeight } = this.#page;
    if (scrollTop < this.#lastTop) {
      // A page that got shorter moves up by itself.
      if (scrollHeight >= this.#lastHeight) this.#isAtEnd = false;
    } else if (scrollTop > this.#lastTop && this.#distanceToEnd() <= tolerancePx) {
      this.#isAtEnd = true;
    }
    this.#saveScroll();
  }

  #distanceToEnd(): number {
    const { scrollTop, scrollHeight, clientHeight } = this.#page;
    return scrollHeight - scrollTop - clientHeight;
  }

  #saveScroll(): void {
    this.#lastTop = this.#page.scrollTop;
    this.#lastHeight = this.#page.scrollHeight;
  }
}

/** The status line of a streaming reply covers so much of the view's foot, in CSS pixels. */
const statusLineHeightPx = 40;

/** The button that says that there is more below the fold, and goes there. */
export class MoreBelowButton {
  readonly element: HTMLButtonElement;
  #observer: IntersectionObserver;
  #marker: Element | null = null;

  constructor(label: string, goToEnd: () => void) {
    this.element = createButton('jump-down', '', goToEnd);
    this.element.className = 'more-below';
    this.element.hidden = true;
    const arrow = createElement('span', 'arrow', '↓');
    arrow.setAttribute('aria-hidden', 'true');
    this.element.append(arrow, createElement('span', 'more-below-label', label));
    this.#observer = this.#createObserver(statusLineHeightPx);
  }

  /** The composer covers so much of the view's foot, in CSS pixels. */
  set composerHeight(height: number) {
    this.#observer.disconnect();
    this.#observer = this.#createObserver(statusLineHeightPx + height);
    if (this.#marker !== null) this.#observer.observe(this.#marker);
  }

  /** @param marker the end of what there is to read; null where there is nothing */
  setEndMarker(marker: Element | null): void {
    if (marker === this.#marker) return;
    this.#observer.disconnect();
    this.#marker = marker;
    if (marker === null) this.element.hidden = true;
    else this.#observer.observe(marker);
  }

  #createObserver(covered: number): IntersectionObserver {
    return new IntersectionObserver((entries) => this.#onIntersection(entries), {
      // Named, because the margin counts in a frame only for a root that is named.
      root: document,
      rootMargin: `0px 0px -${covered}px 0px`,
    });
  }

  #onIntersection(entries: readonly IntersectionObserverEntry[]): void {
    const last = entries.at(-1);
    if (last === undefined) return;
    const { isIntersecting, boundingClientRect, rootBounds } = last;
    const foot = rootBounds?.bottom ?? window.innerHeight;
    this.element.hidden = isIntersecting || boundingClientRect.top < foot;
  }
}
