import type { Highlight, Run } from './highlighted.ts';
import type { Job, Step } from './idle-queue.ts';
import { sectionsOf } from './sections.ts';

/** Longer code stays plain, in UTF-16 code units. */
const mostCode = 200_000;

/**
 * Colours the text in an element, whatever elements it stands in: each text becomes spans and texts
 * with the same characters in the same place. Its steps are short, and none touches a selection.
 * @param done told once the colours are there
 */
export function colourJob(
  root: HTMLElement,
  language: string,
  highlight: Highlight,
  done: () => void,
): Job {
  let steps: Iterator<void> | undefined;
  return (): Step => {
    // The renderer has dropped the block: there is nobody to see it.
    if (!root.isConnected) return 'done';
    if (isSelected(root)) return 'waits';
    steps ??= colourSteps(root, language, highlight);
    if (steps.next().done !== true) return 'more';
    done();
    return 'done';
  };
}

function* colourSteps(root: HTMLElement, language: string, highlight: Highlight): Iterator<void> {
  const texts = textsIn(root);
  const code = texts.map(({ data }) => data).join('');
  if (code.length > mostCode) return;
  const runs: Run[] = [];
  for (const section of sectionsOf(code, language, highlight)) {
    // A call for each run would be too much for the stack in one `push`.
    for (const run of section) runs.push(run);
    yield;
  }
  const rest = new RunReader(runs);
  for (const text of texts) {
    text.replaceWith(...rest.read(text.data));
    yield;
  }
}

function textsIn(root: HTMLElement): readonly Text[] {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
  }
  return texts;
}

function isSelected(root: HTMLElement): boolean {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return false;
  return selection.getRangeAt(0).intersectsNode(root);
}

/** Takes runs off a list, text by text: a run may span several. */
class RunReader {
  readonly #runs: readonly Run[];
  #index = 0;
  /** How much of the run at the index is taken already. */
  #taken = 0;

  constructor(runs: readonly Run[]) {
    this.#runs = runs;
  }

  read(text: string): readonly (Node | string)[] {
    const nodes: (Node | string)[] = [];
    let at = 0;
    while (at < text.length) {
      const run = this.#runs[this.#index] ?? { length: Number.POSITIVE_INFINITY, kind: null };
      const end = Math.min(text.length, at + run.length - this.#taken);
      nodes.push(piece(text.slice(at, end), run.kind));
      this.#taken += end - at;
      if (this.#taken === run.length) {
        this.#index++;
        this.#taken = 0;
      }
      at = end;
    }
    return nodes;
  }
}

function piece(text: string, kind: Run['kind']): Node | string {
  if (kind === null || text.trim() === '') return text;
  const span = document.createElement('span');
  span.className = `token-${kind}`;
  span.textContent = text;
  return span;
}
