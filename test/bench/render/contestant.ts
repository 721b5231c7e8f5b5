/** One way to show a reply that grows. */
export interface Contestant {
  readonly name: string;
  /** Whether it matters in which steps a text was shown; not for one that begins anew each time. */
  readonly isIncremental: boolean;
  /** Begins an empty reply in this element. */
  start(root: HTMLElement): Showing;
}

export interface Showing {
  /** What it needs to show the added text; it has done it when this returns. */
  append(added: string): void;
  finish(): void;
}
