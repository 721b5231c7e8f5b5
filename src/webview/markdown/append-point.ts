import type { InlineRun, RenderedBlock } from './block-renderer.ts';
import { RenderedCodeBlock } from './rendered-code-block.ts';
import type { View } from './views.ts';

/**
 * The end of what is shown, where text that means nothing but itself can simply be added: most of
 * what arrives is such text, and then nothing is parsed.
 */
export interface AppendPoint {
  /** False where the text may mean more: it isn't added then. */
  append(added: string): boolean;
}

/** Letters and what neither marks anything nor ends anything that is marked. */
const plainTextPattern = /^[\p{L}\p{M}\p{N} ,.;!?]*$/u;
/** A word that no such text makes a link or a character reference of. */
const plainWordPattern = /(?:^|\s)([\p{L}\p{M}\p{N},.;!?]+)( *)$/u;

/**
 * @param line the last line of the source, all of it shown
 * @param isInFence whether the line before it is in a fence that goes on
 */
export function findAppendPoint(
  shown: readonly RenderedBlock[],
  line: string,
  isInFence: boolean,
): AppendPoint | null {
  const last = findInnermost(shown);
  // The line ended what the fence is in: it isn't settled yet what it is.
  if (isInFence && last?.block.kind !== 'fence') return null;
  switch (last?.block.kind) {
    case 'fence': {
      const [from, to] = last.block.lines;
      if (!isInFence || to - from < 2) return null;
      const [view] = last.views;
      const code = view?.node instanceof Element ? RenderedCodeBlock.find(view.node) : undefined;
      return code ?? null;
    }
    case 'table': {
      // Cells that its head has no column for aren't shown.
      const isShown = line.startsWith('|') && line.split('|').length <= last.block.head.length + 1;
      const run = last.runs.findLast(({ content }) => content !== '');
      return isShown && run !== undefined ? createTextAppendPoint(run, line) : null;
    }
    case 'heading':
    case 'paragraph': {
      const run = last.runs.at(-1);
      return run === undefined ? null : createTextAppendPoint(run, line);
    }
    default:
      return null;
  }
}

function createTextAppendPoint(
  { isVerbatim: isAsWritten, views }: InlineRun,
  line: string,
): AppendPoint | null {
  const [, word, space] = plainWordPattern.exec(line) ?? [];
  if (!isAsWritten || word === undefined || space === undefined) return null;
  const node = findLastNode(views);
  return node instanceof Text && node.data.endsWith(word) ? new TextAppendPoint(node, space) : null;
}

class TextAppendPoint implements AppendPoint {
  readonly #node: Text;
  /** White space at the end, shown with the word that follows. */
  #space: string;

  constructor(node: Text, space: string) {
    this.#node = node;
    this.#space = space;
  }

  append(added: string): boolean {
    if (!plainTextPattern.test(added)) return false;
    const text = this.#space + added;
    const shown = text.trimEnd();
    if (shown !== '') this.#node.appendData(shown);
    this.#space = text.slice(shown.length);
    return true;
  }
}

/** The block that the last line is in. */
export function findInnermost(shown: readonly RenderedBlock[]): RenderedBlock | undefined {
  const last = shown.at(-1);
  return last === undefined || last.children.length === 0 ? last : findInnermost(last.children);
}

function findLastNode(views: readonly View[]): ChildNode | null {
  const last = views.at(-1);
  return last?.kind === 'element' ? findLastNode(last.children) : (last?.node ?? null);
}
