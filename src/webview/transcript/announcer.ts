import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import type { ToWebview, TurnView } from '../../core/protocol/to-webview.ts';

/** Says to a screen reader what becomes of a reply: its stages and its end, not its words. */
export class Announcer {
  readonly #element: HTMLElement;
  readonly #strings: PanelStrings;

  constructor(element: HTMLElement, strings: PanelStrings) {
    this.#element = element;
    this.#strings = strings;
  }

  receive(message: ToWebview): void {
    switch (message.type) {
      case 'turn':
        this.announce(this.#strings.started);
        return;
      case 'phase':
        this.announce(message.retrying?.sentence ?? this.#phaseText(message.phase));
        return;
      case 'end':
        this.announce(message.end.sentence ?? this.#strings.finished);
        return;
      case 'state':
      case 'follow':
      case 'delta':
      case 'thinking':
      case 'receipt':
      case 'chips':
      case 'compose':
        return;
    }
  }

  announce(words: string): void {
    if (words !== '') this.#element.textContent = words;
  }

  #phaseText(phase: TurnView['phase']): string {
    switch (phase) {
      case 'waiting':
      case 'thinking':
        return this.#strings[phase];
      case 'connecting':
      case 'writing':
      case 'retrying':
      case 'ended':
        return '';
    }
  }
}
