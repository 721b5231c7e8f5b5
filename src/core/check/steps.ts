import type { L10n } from '../l10n.ts';
import { now } from '../time.ts';

/** The hops between a question and its reply, in the order in which they are looked at. */
export const stepNames = [
  'settings',
  'credentials',
  'proxy',
  'name',
  'connection',
  'certificate',
  'answer',
  'clock',
  'key',
  'model',
  'streaming',
] as const;
export type StepName = (typeof stepNames)[number];

/** `note` works, or may; `skipped` could not be looked at, or was not to be. */
export type CheckStatus = 'ok' | 'note' | 'failed' | 'skipped';

/** What a click can do about it. */
export type CheckAction =
  | 'set-api-key'
  | 'set-header-secret'
  | 'choose-model'
  | 'open-base-url-setting'
  | 'open-proxy-setting';

export interface CheckFinding {
  readonly status: CheckStatus;
  /** Whole sentences. May have what others said: the report is freed of secrets as a whole. */
  readonly message: string;
  /** Whole sentences; null where there is nothing to do. */
  readonly advice: string | null;
  readonly action: CheckAction | null;
}

export interface StepResult extends CheckFinding {
  readonly step: StepName;
  /** Milliseconds; null where it took none, or was skipped. */
  readonly durationMs: number | null;
}

export const ok = (message: string): CheckFinding => createFinding('ok', message, null, null);

export const note = (
  message: string,
  advice: string | null = null,
  action: CheckAction | null = null,
): CheckFinding => createFinding('note', message, advice, action);

export const failed = (
  message: string,
  advice: string | null,
  action: CheckAction | null = null,
): CheckFinding => createFinding('failed', message, advice, action);

export const skipped = (message: string): CheckFinding =>
  createFinding('skipped', message, null, null);

function createFinding(
  status: CheckStatus,
  message: string,
  advice: string | null,
  action: CheckAction | null,
): CheckFinding {
  return { status, message, advice, action };
}

/** The results so far. */
export class CheckSteps {
  readonly #results = new Map<StepName, StepResult>();
  readonly #onStep: (step: StepName) => void;
  readonly #signal: AbortSignal;
  readonly #l10n: L10n;
  #hasBroken = false;

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

  getStatus(step: StepName): CheckStatus | null {
    return this.#results.get(step)?.status ?? null;
  }

  /** Of what is known already. */
  add(step: StepName, judgement: CheckFinding): void {
    this.#record(step, judgement, null);
  }

  /**
   * Looks at a hop and judges what is found. Null where the check was ended before or meanwhile.
   */
  async run<T>(
    step: StepName,
    probe: () => Promise<T>,
    evaluate: (found: T) => CheckFinding,
  ): Promise<T | null> {
    if (this.#signal.aborted) {
      this.#record(step, null, null);
      return null;
    }
    this.#onStep(step);
    const started = now();
    try {
      const found = await probe();
      this.#record(step, this.#signal.aborted ? null : evaluate(found), now() - started);
      return this.#signal.aborted ? null : found;
    } catch (error) {
      this.#record(step, unexpected(error, this.#l10n), now() - started);
      return null;
    }
  }

  /** Ends the check where it broke down: the hops that are left could not be looked at. */
  complete(error?: unknown): readonly StepResult[] {
    for (const step of stepNames) {
      if (this.#results.has(step)) continue;
      const isBroken = error !== undefined && !this.#hasBroken;
      this.add(
        step,
        isBroken ? unexpected(error, this.#l10n) : skipped(this.#l10n.t('Not looked at.')),
      );
      this.#hasBroken ||= isBroken;
    }
    return this.results;
  }

  /** What was found out while the check was ended is worth nothing. */
  #record(step: StepName, judgement: CheckFinding | null, durationMs: number | null): void {
    const isOver = judgement === null || this.#signal.aborted;
    const judged = isOver ? skipped(this.#l10n.t('Cancelled.')) : judgement;
    this.#results.set(step, { ...judged, step, durationMs: isOver ? null : durationMs });
  }

  /** Makes notes of failures that were proved wrong. */
  downgradeFailures(steps: readonly StepName[], advice: string): void {
    for (const step of steps) {
      const result = this.#results.get(step);
      if (result?.status !== 'failed') continue;
      this.#results.set(step, { ...result, ...note(result.message, advice) });
    }
  }
}

function unexpected(error: unknown, l10n: L10n): CheckFinding {
  const said = error instanceof Error ? error.message : String(error);
  return failed(l10n.t('Something unexpected went wrong: {0}', said), null);
}
