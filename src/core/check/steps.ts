import { now } from '../conversation/clock.ts';
import type { L10n } from '../l10n.ts';
import {
  type Judgement,
  note,
  type StepName,
  type StepResult,
  skipped,
  stepNames,
  type Verdict,
} from './step.ts';

/** The results so far. */
export class Steps {
  readonly #results = new Map<StepName, StepResult>();
  readonly #onStep: (step: StepName) => void;
  readonly #signal: AbortSignal;
  readonly #l10n: L10n;

  /** @param signal ends the check: what is left is skipped */
  constructor(onStep: (step: StepName) => void, signal: AbortSignal, l10n: L10n) {
    this.#onStep = onStep;
    this.#signal = signal;
    this.#l10n = l10n;
  }

  /** In the order of the hops. */
  get results(): readonly StepResult[] {
    return stepNames.flatMap((step) => this.#results.get(step) ?? []);
  }

  verdictOf(step: StepName): Verdict | null {
    return this.#results.get(step)?.verdict ?? null;
  }

  /** Of what is known already. */
  add(step: StepName, judgement: Judgement): void {
    this.#keep(step, judgement, null);
  }

  /**
   * Looks at a hop and judges what is found. Null where the check was ended before or meanwhile.
   */
  async take<T>(
    step: StepName,
    look: () => Promise<T>,
    judge: (found: T) => Judgement,
  ): Promise<T | null> {
    if (this.#signal.aborted) {
      this.#keep(step, null, null);
      return null;
    }
    this.#onStep(step);
    const started = now();
    const found = await look();
    this.#keep(step, this.#signal.aborted ? null : judge(found), now() - started);
    return this.#signal.aborted ? null : found;
  }

  /** What was found out while the check was ended is worth nothing. */
  #keep(step: StepName, judgement: Judgement | null, durationMs: number | null): void {
    const isOver = judgement === null || this.#signal.aborted;
    const judged = isOver ? skipped(this.#l10n.t('Cancelled.')) : judgement;
    this.#results.set(step, { ...judged, step, durationMs: isOver ? null : durationMs });
  }

  /** Makes notes of failures that were proved wrong. */
  soften(steps: readonly StepName[], advice: string): void {
    for (const step of steps) {
      const result = this.#results.get(step);
      if (result?.verdict !== 'failed') continue;
      this.#results.set(step, { ...result, ...note(result.found, advice) });
    }
  }
}
