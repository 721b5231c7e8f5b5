import { type Palette, tokenKinds } from '../../core/theme/palette.ts';
import type { IdleJob, JobStatus } from '../idle-queue.ts';
import type { Highlight, TokenRun } from './highlighter.ts';

/**
 * How much code is highlighted at once, in UTF-16 code units: some milliseconds' work. It may grow
 * to the most while no line is found at which the next section could begin afresh.
 */
const sectionLength = 4 * 1024;
const maxSectionLength = 32 * 1024;

/** The runs of some code, section by section. Where a section can't be ended, the rest is plain. */
export function* highlightSections(
  code: string,
  language: string,
  highlight: Highlight,
): Generator<readonly TokenRun[]> {
  let start = 0;
  let length = sectionLength;
  while (start < code.length && length <= maxSectionLength) {
    const end = findSectionEnd(code, start + length);
    const highlighted = highlight(code.slice(start, end), language);
    if (highlighted === null) return;
    const { runs, freshLines } = highlighted;
    const fresh = end === code.length ? end - start : (freshLines.at(-1) ?? 0);
    if (fresh === 0) {
      length *= 2;
      yield [];
      continue;
    }
    yield truncateRuns(runs, fresh);
    start += fresh;
    length = sectionLength;
  }
}

/** Behind a line, so that no line's own constructs are cut. */
function findSectionEnd(code: string, latest: number): number {
  if (latest >= code.length) return code.length;
  return code.lastIndexOf('\n', latest - 1) + 1 || latest;
}

function truncateRuns(runs: readonly TokenRun[], length: number): readonly TokenRun[] {
  const result: TokenRun[] = [];
  let left = length;
  for (const run of runs) {
    if (left <= 0) break;
    result.push({ kind: run.kind, length: Math.min(run.length, left) });
    left -= run.length;
  }
  return result;
}

/** Longer code stays plain, in UTF-16 code units. */
const maxCodeLength = 200_000;

/**
 * Colours the text in an element, whatever elements it stands in: each text becomes spans and texts
 * with the same characters in the same place. Its steps are short, and none touches a selection.
 * @param onDone told once the colours are there
 */
export function createColourJob(
  root: HTMLElement,
  language: string,
  highlight: Highlight,
  onDone: () => void,
): IdleJob {
  let steps: Iterator<void> | undefined;
  return (): JobStatus => {
    // The renderer has dropped the block: there is nobody to see it.
    if (!root.isConnected) return 'done';
    if (isSelected(root)) return 'waits';
    steps ??= colourSteps(root, language, highlight);
    if (steps.next().done !== true) return 'more';
    onDone();
    return 'done';
  };
}

function* colourSteps(root: HTMLElement, language: string, highlight: Highlight): Iterator<void> {
  const texts = collectTextNodes(root);
  const code = texts.map(({ data }) => data).join('');
  if (code.length > maxCodeLength) return;
  const runs: TokenRun[] = [];
  for (const section of highlightSections(code, language, highlight)) {
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

function collectTextNodes(root: HTMLElement): readonly Text[] {
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
  readonly #runs: readonly TokenRun[];
  #index = 0;
  /** How much of the run at the index is taken already. */
  #taken = 0;

  constructor(runs: readonly TokenRun[]) {
    this.#runs = runs;
  }

  read(text: string): readonly (Node | string)[] {
    const nodes: (Node | string)[] = [];
    let at = 0;
    while (at < text.length) {
      const run = this.#runs[this.#index] ?? { length: Number.POSITIVE_INFINITY, kind: null };
      const end = Math.min(text.length, at + run.length - this.#taken);
      nodes.push(createTokenNode(text.slice(at, end), run.kind));
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

function createTokenNode(text: string, kind: TokenRun['kind']): Node | string {
  if (kind === null || text.trim() === '') return text;
  const span = document.createElement('span');
  span.className = `token-${kind}`;
  span.textContent = text;
  return span;
}

/**
 * Gives code the editor's colours, in all blocks at once: custom properties of the root, which the
 * classes of `code.css` read. Null leaves the style sheet's own colours.
 */
export function applyPalette(palette: Palette | null): void {
  const { style } = document.documentElement;
  for (const kind of tokenKinds) style.removeProperty(cssVariable(kind));
  for (const { kind, colour } of palette ?? []) {
    // Set either way: a kind that the theme has no colour for is plain in the editor too.
    style.setProperty(cssVariable(kind), colour ?? 'var(--vscode-editor-foreground)');
  }
}

function cssVariable(kind: string): string {
  return `--token-${kind}`;
}
