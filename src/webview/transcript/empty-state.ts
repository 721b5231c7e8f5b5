import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import { createElement } from '../elements.ts';

/** What leaves the machine, above the first question; null where it was said before. */
export function createFirstUseNote({ firstUse }: PanelStrings): HTMLElement | null {
  if (firstUse === '') return null;
  const note = createElement('p', 'first-use', firstUse);
  note.setAttribute('role', 'note');
  return note;
}

/** What to do in a panel without a question, with the keys for it. */
export function createEmptyState(strings: PanelStrings): HTMLElement {
  const empty = createElement('div', 'empty');
  const list = createElement('dl', 'empty-keys');
  const chord = isMac() ? '⌘K' : 'Ctrl+K';
  const keys: readonly (readonly [keys: readonly string[], meaning: string])[] = [
    [['Enter'], strings.emptyAsk],
    [[chord, 'A'], strings.emptyAttach],
    [[chord, 'Esc'], strings.emptyStop],
  ];
  for (const [names, meaning] of keys) {
    const term = createElement('dt', '');
    term.append(...names.map((name) => createElement('kbd', '', name)));
    list.append(term, createElement('dd', '', meaning));
  }
  empty.append(
    createElement('h2', '', strings.emptyTitle),
    createElement('p', '', strings.emptyText),
    list,
  );
  return empty;
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
