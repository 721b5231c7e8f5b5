import { type Capabilities, fitToModel } from './model.ts';
import type { ClaudeRequest, Effort } from './request.ts';

/*
 * What may leave the machine. These are classes with private fields, so that nothing else has their
 * type: neither a plain request, nor a copy of one with a field changed. The seal that their
 * constructors take never leaves this module.
 */

const seal = Symbol('seal');
type Seal = typeof seal;

/** A request that holds nothing the user must agree to first: the API may count its tokens. */
export class CountableRequest {
  readonly #request: ClaudeRequest;

  constructor(request: ClaudeRequest, _seal: Seal) {
    this.#request = request;
  }

  get request(): ClaudeRequest {
    return this.#request;
  }
}

/** What of the day's budget is kept for a request until its reply has ended. */
export interface Reservation {
  /** Does nothing the second time. */
  release(): void;
}

/** A request that preflight has let through: the only thing that can be sent. */
export class CheckedRequest extends CountableRequest {
  readonly #seal: Seal;
  readonly #reservation: Reservation | null;

  /** @param reservation null where nothing is kept for it */
  constructor(request: ClaudeRequest, seal: Seal, reservation: Reservation | null = null) {
    super(request, seal);
    this.#seal = seal;
    this.#reservation = reservation;
  }

  /** Gives back what was reserved: its reply has ended, or it isn't sent after all. */
  release(): void {
    this.#reservation?.release();
  }

  /**
   * Returns the request without what its model can't do. That only takes things away, so the result
   * is still checked.
   * @param can null where the model's capabilities aren't known
   * @returns `withoutEffort`: the level that was asked for and left out; `loweredTo`: the tokens
   * that the model writes at most, where more was asked for; each null where nothing was changed
   */
  fitTo(can: Capabilities | null): {
    readonly fitted: CheckedRequest;
    readonly withoutEffort: Effort | null;
    readonly loweredTo: number | null;
  } {
    const { request, droppedEffort: withoutEffort, loweredTo } = fitToModel(this.request, can);
    const fitted = new CheckedRequest(request, this.#seal, this.#reservation);
    return { fitted, withoutEffort, loweredTo };
  }
}

/** Makes requests that may leave the machine. Only `Preflight` extends it; a test checks that. */
export abstract class RequestSealer {
  protected sealForCounting(request: ClaudeRequest): CountableRequest {
    return new CountableRequest(request, seal);
  }

  protected seal(request: ClaudeRequest, reservation: Reservation | null = null): CheckedRequest {
    return new CheckedRequest(request, seal, reservation);
  }
}
