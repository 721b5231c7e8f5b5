import type { Cutting } from './pieces.ts';
import type { Random } from './random.ts';
import type { SeenRequest } from './request.ts';

/** One thing that the server does with the connection, once it has read the request. */
export type Step =
  /** In pieces, as the scenario's `cutting` says. */
  | { readonly do: 'send'; readonly bytes: Uint8Array }
  /**
   * Waits for the test's `goOn`. The client's network stack drops what it has received and not yet
   * handed on when the connection breaks; so whatever must arrive is waited for before the break.
   */
  | { readonly do: 'wait' }
  /** The polite end: FIN. The client is expected to close its side. */
  | { readonly do: 'end' }
  /** RST. */
  | { readonly do: 'reset' }
  /** Says nothing more until the client closes the connection. */
  | { readonly do: 'hold' }
  /** Again and again until the client closes; `enough` times are told to the test. */
  | {
      readonly do: 'repeat';
      readonly bytes: Uint8Array;
      readonly everyMs: number;
      readonly enough: number;
    };

/**
 * What the server does with every request of one run. After the last step the answer counts as
 * complete and the connection waits for the next request.
 */
export interface Scenario {
  readonly script: (random: Random, request: SeenRequest) => readonly Step[];
  readonly cutting: Cutting;
}

export function scenario(...steps: readonly Step[]): Scenario {
  return { script: () => steps, cutting: 'random' };
}

/** What is sent depends on what was asked. */
export function answering(steps: (request: SeenRequest) => readonly Step[]): Scenario {
  return { script: (_random, request) => steps(request), cutting: 'random' };
}

export function cutInto(cutting: Cutting, { script }: Scenario): Scenario {
  return { script, cutting };
}

export function send(...parts: readonly (string | Uint8Array)[]): Step {
  return { do: 'send', bytes: Buffer.concat(parts.map((part) => Buffer.from(part))) };
}

export function repeat(text: string, everyMs: number, enough: number): Step {
  return { do: 'repeat', bytes: Buffer.from(text), everyMs, enough };
}

export const wait: Step = { do: 'wait' };
export const end: Step = { do: 'end' };
export const reset: Step = { do: 'reset' };
export const hold: Step = { do: 'hold' };
