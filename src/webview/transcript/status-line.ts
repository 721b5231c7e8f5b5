import { formatSeconds, formatTokens } from '../../core/format-figures.ts';
import { fill } from '../../core/l10n.ts';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import type { Retrying, Timing, TurnView } from '../../core/protocol/to-webview.ts';
import { createButton, createElement, getPageLanguage } from '../elements.ts';

export interface StatusActions {
  stop(): void;
  retryNow(): void;
}

/** How long no text may come before the line says that the reply goes on, in milliseconds. */
const quietMs = 15_000;

/**
 * What a streaming reply is doing, at the foot of the view, with the button that stops it. The
 * buttons stand first: they keep their place whatever the words beside them are.
 */
export class StatusLine {
  readonly element: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #text: HTMLElement;
  readonly #retryNow: HTMLButtonElement;
  #phase: TurnView['phase'] = 'connecting';
  #retrying: { readonly sentence: string; readonly dueAt: number } | null = null;
  #startedAt = 0;
  #quietSince = 0;
  #tokens = 0;

  constructor(strings: PanelStrings, actions: StatusActions) {
    this.#strings = strings;
    this.element = createElement('div', 'status');
    // Takes the focus from a button that goes away.
    this.element.tabIndex = -1;
    const stop = createButton('stop', strings.stop, () => actions.stop());
    stop.classList.add('secondary');
    this.#retryNow = createButton('retry-now', strings['retry-now'], () => actions.retryNow());
    this.#text = createElement('span', 'status-text');
    this.element.append(stop, this.#retryNow, this.#text);
  }

  show(phase: TurnView['phase'], timing: Timing, retrying: Retrying | null): void {
    const now = performance.now();
    this.#phase = phase;
    this.#retrying =
      retrying === null ? null : { sentence: retrying.sentence, dueAt: now + retrying.waitMs };
    this.#startedAt = now - timing.elapsedMs;
    this.#quietSince = now;
    this.element.dataset['phase'] = phase;
    this.#retryNow.hidden = retrying === null;
    this.tick();
  }

  /** @param tokens about how many it has */
  addTokens(tokens: number): void {
    this.#tokens += tokens;
    this.#quietSince = performance.now();
  }

  tick(): void {
    const text = this.#statusText(performance.now());
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }

  #statusText(now: number): string {
    const elapsed = now - this.#startedAt;
    switch (this.#phase) {
      case 'connecting':
      case 'waiting':
      case 'thinking':
        // Most replies begin within a second: no clock for them.
        return elapsed < 1000
          ? this.#strings[this.#phase]
          : `${this.#strings[this.#phase]} ${formatSeconds(elapsed)}`;
      case 'writing':
        return `${this.#writingText(now, elapsed)} · ${this.#tokenCountText()}`;
      case 'retrying': {
        const { sentence, dueAt } = this.#retrying ?? { sentence: '', dueAt: now };
        const seconds = Math.max(0, Math.ceil((dueAt - now) / 1000));
        return `${sentence} ${fill(this.#strings.retryIn, seconds)}`;
      }
      case 'ended':
        return '';
    }
  }

  #writingText(now: number, elapsed: number): string {
    const quiet = now - this.#quietSince;
    return quiet >= quietMs
      ? fill(this.#strings.stillWorking, formatSeconds(quiet))
      : `${this.#strings.writing} ${formatSeconds(elapsed)}`;
  }

  #tokenCountText(): string {
    const tokens = formatTokens(Math.max(1, this.#tokens), getPageLanguage());
    return fill(this.#strings.tokensSoFar, tokens);
  }
}
