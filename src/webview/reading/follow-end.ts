/** So near to the end, in CSS pixels, counts as at it. */
const tolerance = 8;
const keysUp: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Keeps a new question at the top of the view, and the end of a growing reply in view where that is
 * wished for: each only until the reader moves the view, by whatever means, or selects text.
 */
export class FollowEnd {
  readonly #isGrowing: () => boolean;
  readonly #content: HTMLElement;
  readonly #page = document.documentElement;
  #isWished = false;
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
      if (keysUp.has(key) || (key === ' ' && shiftKey)) leave();
    });
    content.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('summary') !== null) leave();
    });
    document.addEventListener('selectionchange', () => {
      if (document.getSelection()?.isCollapsed === false) leave();
    });
    document.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => {
      this.#keepPinned();
      this.#keepUp();
    }).observe(content);
    window.addEventListener('resize', () => this.#keepUp());
  }

  set isWished(isWished: boolean) {
    this.#isWished = isWished;
    this.#content.toggleAttribute('data-follow', isWished);
    this.#isAtEnd = this.#distance() <= tolerance;
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
  goToEnd(): void {
    this.#pin = null;
    this.#isAtEnd = true;
    this.#page.scrollTo({ top: this.#page.scrollHeight, behavior: 'instant' });
    this.#remember();
  }

  /** The last of a reply has come. */
  keepUpOnce(): void {
    if (this.#isWished && this.#isAtEnd) this.goToEnd();
  }

  #keepPinned(): void {
    if (this.#pin !== null && !this.#isPinned()) this.pin(this.#pin.element);
  }

  #isPinned(): boolean {
    if (this.#pin === null) return false;
    return Math.abs(this.#pin.element.getBoundingClientRect().top - this.#pin.top) <= 1;
  }

  #keepUp(): void {
    if (this.#isGrowing()) this.keepUpOnce();
  }

  #scrolled(): void {
    // What moves by itself was put right before it was painted: this was the reader.
    if (!this.#isPinned()) this.#pin = null;
    const { scrollTop, scrollHeight } = this.#page;
    if (scrollTop < this.#lastTop) {
      // A page that got shorter moves up by itself.
      if (scrollHeight >= this.#lastHeight) this.#isAtEnd = false;
    } else if (scrollTop > this.#lastTop && this.#distance() <= tolerance) {
      this.#isAtEnd = true;
    }
    this.#remember();
  }

  #distance(): number {
    const { scrollTop, scrollHeight, clientHeight } = this.#page;
    return scrollHeight - scrollTop - clientHeight;
  }

  #remember(): void {
    this.#lastTop = this.#page.scrollTop;
    this.#lastHeight = this.#page.scrollHeight;
  }
}
