import type { Failure } from '../../../src/core/claude/failure.ts';
import type { Outcome } from '../../../src/core/claude/reply-event.ts';
import type { Usage } from '../../../src/core/claude/usage.ts';
import { outputTokens, text, usage } from '../../fakes/fault-server/message.ts';

/** What one attempt at a scenario must come to, whatever the seed. */
export interface Expectation {
  /** More than one only where the platform's network stack decides. */
  readonly outcomes: readonly Outcome[];
  readonly text: string;
  /** Only where the break may overtake what was sent before it. */
  readonly textMayBreakOff: boolean;
  readonly thinking: string;
  /** The last figures, or null where none may come. Not looked at where the text may break off. */
  readonly usage: Usage | null;
  readonly stopReason: string | null;
  /** Whether another attempt makes sense, had no text been shown (reference, 9.3 and 9.4). */
  readonly retryable: boolean;
  /** How many different runs at full depth, and for fewer than the usual 50 the reason why. */
  readonly seeds: number;
  readonly fewerSeedsBecause?: string;
  readonly idleTimeoutMs: number;
  readonly headersTimeoutMs: number;
  /** A run that takes longer hangs. */
  readonly deadlineMs: number;
  /** The user stops the reply once the scenario has repeated itself enough. */
  readonly stoppedByUser: boolean;
}

/** What `message_start` says. */
export const firstUsage: Usage = {
  input: usage.input_tokens,
  cacheRead: usage.cache_read_input_tokens,
  cacheWrite: usage.cache_creation_input_tokens,
  output: 1,
  thinking: null,
};

/** What `message_delta` says. */
export const lastUsage: Usage = { ...firstUsage, output: outputTokens };

const usual: Omit<Expectation, 'outcomes' | 'text' | 'usage' | 'stopReason' | 'retryable'> = {
  textMayBreakOff: false,
  thinking: '',
  seeds: 50,
  // Far above what any run takes, so that a busy machine doesn't look like a stall.
  idleTimeoutMs: 8000,
  headersTimeoutMs: 8000,
  deadlineMs: 30_000,
  stoppedByUser: false,
};

/** Limits for scenarios that stall: as short as a busy machine allows. */
export const shortIdle = {
  idleTimeoutMs: 600,
  seeds: 20,
  fewerSeedsBecause: 'each run waits for the idle limit',
} as const;

/** The sample message as a whole. */
export function complete(changes: Partial<Expectation> = {}): Expectation {
  return {
    ...usual,
    outcomes: [{ kind: 'complete' }],
    text,
    usage: lastUsage,
    stopReason: 'end_turn',
    retryable: false,
    ...changes,
  };
}

/** Broken before anything was shown. */
export function broken(
  failures: Failure | readonly Failure[],
  retryable: boolean,
  changes: Partial<Expectation> = {},
): Expectation {
  return {
    ...usual,
    outcomes: [failures].flat().map((failure) => ({ kind: 'broken', failure })),
    text: '',
    usage: null,
    stopReason: null,
    retryable,
    ...changes,
  };
}

/** For `broken`: after the whole text, before the stop reason. */
export const afterText = { text, usage: firstUsage } as const;

/** For `broken`: after `message_start`. */
export const afterStart = { usage: firstUsage } as const;
