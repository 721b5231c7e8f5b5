import { IdleQueue, type JobStatus } from '../idle-queue.ts';

/** A reply whose text may wait until it is laid out. */
export interface DeferredReply {
  readonly element: HTMLElement;
  /**
   * Lays out some of what waits; done where nothing does, `waits` where the reader has selected it.
   */
  layOutStep(): JobStatus;
}

/** How much of a frame may go into what comes near, in milliseconds. */
const sliceMs = 4;

/**
 * Lays out old replies while the page has nothing better to do, the newest first; those that come
 * near the view, and those that are in it, at once.
 */
export class DeferredReplies {
  readonly #queue = new IdleQueue();
  readonly #replies = new Map<Element, DeferredReply>();
  readonly #near = new Set<DeferredReply>();
  #frame: number | undefined;

  constructor(root: HTMLElement) {
    // Told where layout no longer passes by an element: it is a view's height away, or nearer.
    const listen = ({ target }: Event): void => {
      const reply = target instanceof Element ? this.#replies.get(target) : undefined;
      if (reply !== undefined) this.#onNearView(reply);
    };
    root.addEventListener('contentvisibilityautostatechange', listen, { capture: true });
  }

  /** @param replies in the order in which the page has time for them */
  add(replies: readonly DeferredReply[]): void {
    for (const reply of replies) {
      this.#replies.set(reply.element, reply);
      this.#queue.add(() => this.#layOutStep(reply));
    }
  }

  layOut(elements: readonly Element[]): void {
    for (const element of elements) {
      const reply = this.#replies.get(element);
      while (reply !== undefined && this.#layOutStep(reply) === 'more');
    }
  }

  /** Those that were there are gone from the page. */
  clear(): void {
    this.#replies.clear();
    this.#near.clear();
  }

  #layOutStep(reply: DeferredReply): JobStatus {
    if (this.#replies.get(reply.element) !== reply) return 'done';
    const step = reply.layOutStep();
    if (step === 'done') this.#replies.delete(reply.element);
    return step;
  }

  #onNearView(reply: DeferredReply): void {
    this.#near.add(reply);
    this.#frame ??= requestAnimationFrame(() => this.#layOutNear());
  }

  /** What is in view first, as much as a frame has time for. */
  #layOutNear(): void {
    this.#frame = undefined;
    const until = performance.now() + sliceMs;
    // Measured before anything changes: each change would have the page laid out again.
    const nearest = [...this.#near]
      .map((reply) => ({ reply, away: getDistanceFromView(reply) }))
      .sort((a, b) => a.away - b.away);
    for (const { reply } of nearest) {
      let step: JobStatus = 'more';
      while (step === 'more' && performance.now() < until) step = this.#layOutStep(reply);
      if (step === 'more') {
        this.#frame = requestAnimationFrame(() => this.#layOutNear());
        return;
      }
      this.#near.delete(reply);
    }
  }
}

/** From the view, in CSS pixels; 0 where a part of it is in view. */
function getDistanceFromView({ element }: DeferredReply): number {
  const { top, bottom } = element.getBoundingClientRect();
  return Math.max(0, top - window.innerHeight, -bottom);
}
