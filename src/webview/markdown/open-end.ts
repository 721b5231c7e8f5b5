import type { Run, Shown } from './block-views.ts';
import { CodeOnPage } from './code-on-page.ts';
import type { View } from './views.ts';

/**
 * The end of what is shown, where text that means nothing but itself can simply be added: most of
 * what arrives is such text, and then nothing is parsed.
 */
export interface OpenEnd {
  /** False where the text may mean more: it isn't added then. */
  append(added: string): boolean;
}

/** Letters and what neither marks anything nor ends anything that is marked. */
const plainText = /^[\p{L}\p{M}\p{N} ,.;!?]*$/u;
/** A word that no such text makes a link or a character reference of. */
const plainWord = /(?:^|\s)([\p{L}\p{M}\p{N},.;!?]+)( *)$/u;

/**
 * @param line the last line of the source, all of it shown
 * @param isInFence whether the line before it is in a fence that goes on
 */
export function openEnd(shown: readonly Shown[], line: string, isInFence: boolean): OpenEnd | null {
  const last = innermost(shown);
  // The line ended what the fence is in: it isn't settled yet what it is.
  if (isInFence && last?.block.kind !== 'fence') return null;
  switch (last?.block.kind) {
    case 'fence': {
      const [from, to] = last.block.lines;
      if (!isInFence || to - from < 2) return null;
      const [view] = last.views;
      const code = view?.node instanceof Element ? CodeOnPage.of(view.node) : undefined;
      return code ?? null;
    }
    case 'table': {
      // Cells that its head has no column for aren't shown.
      const isShown = line.startsWith('|') && line.split('|').length <= last.block.head.length + 1;
      const run = last.runs.findLast(({ content }) => content !== '');
      return isShown && run !== undefined ? endOf(run, line) : null;
    }
    case 'heading':
    case 'paragraph': {
      const run = last.runs.at(-1);
      return run === undefined ? null : endOf(run, line);
    }
    default:
      return null;
  }
}

function endOf({ isAsWritten, views }: Run, line: string): OpenEnd | null {
  const [, word, space] = plainWord.exec(line) ?? [];
  if (!isAsWritten || word === undefined || space === undefined) return null;
  const node = lastNode(views);
  return node instanceof Text && node.data.endsWith(word) ? new TextEnd(node, space) : null;
}

class TextEnd implements OpenEnd {
  readonly #node: Text;
  /** White space at the end, shown with the word that follows. */
  #space: string;

  constructor(node: Text, space: string) {
    this.#node = node;
    this.#space = space;
  }

  append(added: string): boolean {
    if (!plainText.test(added)) return false;
    const text = this.#space + added;
    const shown = text.trimEnd();
    if (shown !== '') this.#node.appendData(shown);
    this.#space = text.slice(shown.length);
    return true;
  }
}

/** The block that the last line is in. */
export function innermost(shown: readonly Shown[]): Shown | undefined {
  const last = shown.at(-1);
  return last === undefined || last.inner.length === 0 ? last : innermost(last.inner);
}

function lastNode(views: readonly View[]): ChildNode | null {
  const last = views.at(-1);
  return last?.kind === 'element' ? lastNode(last.children) : (last?.node ?? null);
}
