import type { Connection, Director } from './connection.ts';
import type { Random } from './random.ts';
import type { SeenRequest } from './request.ts';
import type { Scenario } from './scenario.ts';

/** One scenario, played with one seed to one client. */
export class Run implements Director {
  readonly baseUrl: string;
  readonly scenario: Scenario;
  readonly random: Random;
  readonly requests: SeenRequest[] = [];
  readonly connections = new Set<Connection>();
  readonly #arrived = Promise.withResolvers<void>();
  readonly #goneOn = Promise.withResolvers<void>();
  readonly #points = {
    hold: Promise.withResolvers<void>(),
    enough: Promise.withResolvers<void>(),
  };

  constructor(baseUrl: string, scenario: Scenario, random: Random) {
    this.baseUrl = baseUrl;
    this.scenario = scenario;
    this.random = random;
  }

  /** Settles when the first request is here whole. */
  get arrived(): Promise<void> {
    return this.#arrived.promise;
  }

  /** Settles when the script says nothing more and keeps the connection open. */
  get holding(): Promise<void> {
    return this.#points.hold.promise;
  }

  /** Settles when a `repeat` has been sent `enough` times. */
  get repeatedEnough(): Promise<void> {
    return this.#points.enough.promise;
  }

  get goneOn(): Promise<void> {
    return this.#goneOn.promise;
  }

  /** Lets the script past its `wait`. */
  goOn(): void {
    this.#goneOn.resolve();
  }

  received(request: SeenRequest, connection: Connection): void {
    this.requests.push(request);
    this.connections.add(connection);
    this.#arrived.resolve();
  }

  reached(point: 'hold' | 'enough'): void {
    this.#points[point].resolve();
  }

  /**
   * Settles once none of the run's connections is in the middle of an answer: the client has let go
   * of each that was not answered to the end.
   */
  async atRest(): Promise<void> {
    for (const connection of this.connections) await connection.atRest();
  }
}
