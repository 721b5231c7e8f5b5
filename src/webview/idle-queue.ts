/**
 * What became of a step: `more` is to do, the job is `done`, or it `waits` until the selection has
 * changed.
 */
export type JobStatus = 'more' | 'done' | 'waits';

/** Work that is done in small steps. */
export type IdleJob = () => JobStatus;

/** How long steps may follow each other, in milliseconds: half a frame at 60 frames a second. */
const sliceMs = 8;
/** How long a busy page may put the work off, in milliseconds. */
const maxDelayMs = 1000;

/** Does jobs one after the other while the page has nothing better to do. */
export class IdleQueue {
  readonly #jobs: IdleJob[] = [];
  readonly #waiting: IdleJob[] = [];
  #isScheduled = false;

  add(job: IdleJob): void {
    this.#jobs.push(job);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#jobs.length === 0) return;
    this.#isScheduled = true;
    requestIdleCallback((deadline) => this.#run(deadline), { timeout: maxDelayMs });
  }

  #run(deadline: IdleDeadline): void {
    this.#isScheduled = false;
    const until = performance.now() + Math.min(sliceMs, deadline.timeRemaining());
    // One step at least, or a page that is never idle would wait for ever.
    do this.#runStep();
    while (this.#jobs.length > 0 && performance.now() < until);
    this.#schedule();
  }

  #runStep(): void {
    const [job] = this.#jobs;
    if (job === undefined) return;
    const step = job();
    if (step === 'more') return;
    this.#jobs.shift();
    if (step === 'waits') this.#waitForSelectionChange(job);
  }

  #waitForSelectionChange(job: IdleJob): void {
    this.#waiting.push(job);
    if (this.#waiting.length > 1) return;
    document.addEventListener(
      'selectionchange',
      () => {
        for (const waiting of this.#waiting.splice(0)) this.add(waiting);
      },
      { once: true },
    );
  }
}
