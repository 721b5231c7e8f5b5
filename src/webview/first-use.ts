import type { PanelStrings } from '../core/protocol.ts';
import { make } from './elements.ts';

/** What leaves the machine, above the first question; null where it was said before. */
export function firstUseNote({ firstUse }: PanelStrings): HTMLElement | null {
  if (firstUse === '') return null;
  const note = make('p', 'first-use', firstUse);
  note.setAttribute('role', 'note');
  return note;
}

/** What to do in a panel without a question, with the keys for it. */
export function emptyState(strings: PanelStrings): HTMLElement {
  const empty = make('div', 'empty');
  const list = make('dl', 'empty-keys');
  const chord = isMac() ? '⌘K' : 'Ctrl+K';
  const keys: readonly (readonly [keys: readonly string[], meaning: string])[] = [
    [['Enter'], strings.emptyAsk],
    [[chord, 'A'], strings.emptyAttach],
    [[chord, 'Esc'], strings.emptyStop],
  ];
  for (const [names, meaning] of keys) {
    const term = make('dt', '');
    term.append(...names.map((name) => make('kbd', '', name)));
    list.append(term, make('dd', '', meaning));
  }
  empty.append(make('h2', '', strings.emptyTitle), make('p', '', strings.emptyText), list);
  return empty;
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
