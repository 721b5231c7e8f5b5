import type { PanelStrings, Retrying, TurnView } from '../core/protocol.ts';
import { button, make } from './elements.ts';

export interface StatusActions {
  stop(): void;
  retryNow(): void;
}

/** How long nothing may be seen to happen before the line says that it goes on, in milliseconds. */
const quietMs = 15_000;
const tickMs = 250;

/** What a streaming reply is doing, below its text, with the button that stops it. */
export class StatusLine {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #text: HTMLElement;
  readonly #retryNow: HTMLButtonElement;
  #phase: TurnView['phase'] = 'connecting';
  #retrying: { readonly sentence: string; readonly dueAt: number } | null = null;
  #quietSince = performance.now();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(strings: PanelStrings, actions: StatusActions) {
    this.#strings = strings;
    this.element = make('div', 'status');
    this.#text = make('span', 'status-text');
    this.#retryNow = button('retry-now', strings['retry-now'], () => actions.retryNow());
    const stop = button('stop', strings.stop, () => actions.stop());
    stop.classList.add('secondary');
    this.element.append(this.#text, this.#retryNow, stop);
  }

  show(phase: TurnView['phase'], retrying: Retrying | null): void {
    this.#phase = phase;
    this.#retrying =
      retrying === null
        ? null
        : { sentence: retrying.sentence, dueAt: performance.now() + retrying.waitMs };
    this.#quietSince = performance.now();
    this.element.dataset['phase'] = phase;
    this.#retryNow.hidden = retrying === null;
    this.#timer ??= setInterval(() => this.#update(), tickMs);
    this.#update();
  }

  sawText(): void {
    this.#quietSince = performance.now();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #update(): void {
    const text = this.#words();
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }

  #words(): string {
    const now = performance.now();
    if (this.#retrying !== null) {
      const { sentence, dueAt } = this.#retrying;
      const seconds = Math.max(0, Math.ceil((dueAt - now) / 1000));
      return `${sentence} ${this.#strings.retryIn.replace('{0}', String(seconds))}`;
    }
    const quiet = now - this.#quietSince;
    if (quiet >= quietMs) {
      return this.#strings.stillWorking.replace('{0}', `${Math.floor(quiet / 1000)} s`);
    }
    switch (this.#phase) {
      case 'connecting':
      case 'waiting':
      case 'thinking':
      case 'writing':
        return this.#strings[this.#phase];
      case 'retrying':
      case 'ended':
        return '';
    }
  }
}
