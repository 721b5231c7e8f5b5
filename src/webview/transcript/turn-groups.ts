/** How many turns a group has. */
const turnsPerGroup = 12;

/**
 * The turns, one below the other, in groups: layout skips a whole group that is out of sight,
 * so that a long conversation costs no more than what is in view. They never move from one to
 * another.
 */
export class TurnGroups {
  readonly #root: HTMLElement;
  #newest: HTMLElement | null = null;
  #height = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** @param height about how high it will be, in CSS pixels, until it was in view once */
  add(turn: HTMLElement, height: number): void {
    const group = this.#currentGroup();
    this.#height += height;
    setEstimatedHeight(turn, height);
    setEstimatedHeight(group, this.#height);
    delete this.#newest?.dataset['newest'];
    turn.dataset['newest'] = '';
    this.#newest = turn;
    group.append(turn);
  }

  clear(): void {
    this.#root.replaceChildren();
    this.#newest = null;
  }

  /** Those of which a part is in view, or was just now, from the top. */
  get visibleTurns(): readonly HTMLElement[] {
    return getVisibleChildren(this.#root).flatMap(getVisibleChildren);
  }

  /** The last one, or a new one where that is full. */
  #currentGroup(): HTMLElement {
    const last = this.#newest?.parentElement ?? null;
    if (last !== null && last.childElementCount < turnsPerGroup) return last;
    last?.classList.add('whole');
    const group = document.createElement('div');
    group.className = 'turns';
    this.#root.append(group);
    this.#height = 0;
    return group;
  }
}

/** By the style object: a `style` attribute isn't allowed in the page. */
function setEstimatedHeight(element: HTMLElement, height: number): void {
  element.style.setProperty('--likely-height', `${Math.round(height)}px`);
}

function getVisibleChildren(parent: Element): readonly HTMLElement[] {
  const inView: HTMLElement[] = [];
  for (const child of parent.children) {
    const { top, bottom } = child.getBoundingClientRect();
    if (top >= window.innerHeight) break;
    if (bottom > 0 && child instanceof HTMLElement) inView.push(child);
  }
  return inView;
}
