import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pause, pieces } from './pieces.ts';
import type { Random } from './random.ts';
import { readRequest, type SeenRequest } from './request.ts';
import type { Scenario, Step } from './scenario.ts';

/** What the connection asks of the run that a request belongs to. */
export interface Director {
  readonly scenario: Scenario;
  readonly random: Random;
  /** Settles when the test lets the script go on. */
  readonly goneOn: Promise<void>;
  reached(point: 'hold' | 'enough'): void;
}

/** One accepted socket, and what it saw. */
export class Connection {
  readonly requests: SeenRequest[] = [];
  readonly closed: Promise<unknown>;
  readonly #socket: Socket;
  readonly #direct: (request: SeenRequest, connection: Connection) => Director;
  #received: Uint8Array = new Uint8Array();
  #answering = false;
  readonly #answered: (() => void)[] = [];

  constructor(socket: Socket, direct: (request: SeenRequest, connection: Connection) => Director) {
    this.#socket = socket;
    this.#direct = direct;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.setNoDelay(true);
    // A client that resets is part of the game.
    socket.on('error', () => {});
    socket.on('end', () => socket.destroy());
    socket.on('data', (bytes) => this.#receive(bytes));
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }

  /** Whether a request is here that has not been answered to the end. */
  get isAnswering(): boolean {
    return this.#answering && !this.isClosed;
  }

  /** Settles once no answer is under way: it was sent whole, or the connection is closed. */
  async atRest(): Promise<void> {
    if (!this.isAnswering) return;
    await Promise.race([this.closed, new Promise<void>((resolve) => this.#answered.push(resolve))]);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #receive(bytes: Uint8Array): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    const read = readRequest(this.#received);
    if (read === null) return;
    this.#received = read.rest;
    this.requests.push(read.request);
    this.#answering = true;
    this.#answer(this.#direct(read.request, this), read.request).catch((error: unknown) => {
      // A fault of this server: it must not look like one that a scenario asks for.
      setImmediate(() => {
        throw error;
      });
    });
  }

  async #answer(director: Director, request: SeenRequest): Promise<void> {
    for (const step of director.scenario.script(director.random, request)) {
      if (this.isClosed) return;
      await this.#take(step, director);
    }
    this.#answering = false;
    for (const resolve of this.#answered.splice(0)) resolve();
  }

  async #take(step: Step, director: Director): Promise<void> {
    switch (step.do) {
      case 'send': {
        const { random, scenario } = director;
        for (const piece of pieces(step.bytes, scenario.cutting, random)) {
          if (this.isClosed) return;
          await this.#write(piece);
          await pause(scenario.cutting, random);
        }
        return;
      }
      case 'wait':
        await Promise.race([director.goneOn, this.closed]);
        return;
      case 'end':
        this.#socket.end();
        await this.closed;
        return;
      case 'reset':
        this.#socket.resetAndDestroy();
        await this.closed;
        return;
      case 'hold':
        director.reached('hold');
        await this.closed;
        return;
      case 'repeat':
        for (let count = 1; !this.isClosed; count++) {
          await this.#write(step.bytes);
          if (count === step.enough) director.reached('enough');
          await sleep(step.everyMs);
        }
        return;
    }
  }

  /** Settles once the kernel has taken the bytes, or the connection is gone. */
  async #write(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.write(bytes, () => resolve()));
  }
}
