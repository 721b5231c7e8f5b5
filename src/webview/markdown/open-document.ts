import type { MarkdownIt } from 'markdown-it';
import type { CreateCodeBlock } from '../code/plain-code-block.ts';
import { type AppendPoint, findAppendPoint, findInnermost } from './append-point.ts';
import { BlockCommitter, type RenderedSource } from './block-committer.ts';
import { type Block, BlockParser, type Code } from './block-parser.ts';
import { BlockRenderer, getViews, type RenderContext } from './block-renderer.ts';
import type { DomReconciler } from './dom-reconciler.ts';
import { holdBackUndecidedLine, LineEndNormalizer } from './incoming-text.ts';
import { InlineParser } from './inline-parser.ts';
import { LinkDefinitions } from './link-definitions.ts';
import { LinkUpdater } from './link-updater.ts';
import { updateTightness } from './list-tightness.ts';
import { createStandInSource, type OpenContainer, type OpenLeaf } from './open-blocks.ts';
import { closeCodeBlocks } from './rendered-code-block.ts';

/** An unfinished line longer than this is taken for what it is so far. */
const maxUndecidedLine = 512;

/**
 * Markdown that grows at its end. It is a list of finished blocks, which are on the page for good
 * and whose source is dropped, and one open block; an open container likewise has finished children
 * and an open one, and the innermost open block, the leaf, has a finished beginning. What is left
 * is the tail: it alone is parsed, behind a few lines that stand in for all that was dropped.
 */
export class OpenDocument {
  readonly #root: DomReconciler;
  readonly #createCodeBlock: CreateCodeBlock;
  readonly #lineEnds = new LineEndNormalizer();
  readonly #definitions = new LinkDefinitions();
  readonly #blocks: BlockParser;
  readonly #inline: InlineParser;
  readonly #renderer: BlockRenderer;
  readonly #links: LinkUpdater;
  #containers: readonly OpenContainer[] = [];
  #leaf: OpenLeaf | null = null;
  #tail = '';
  /** Whether the last whole line is in a fence that goes on. */
  #isInFence = false;
  #appendPoint: AppendPoint | null = null;
  /** How much of the tail was looked at for finished blocks. */
  #checkedLength = 0;

  constructor(parser: MarkdownIt, root: DomReconciler, createCodeBlock: CreateCodeBlock) {
    this.#root = root;
    this.#createCodeBlock = createCodeBlock;
    this.#blocks = new BlockParser(parser);
    this.#inline = new InlineParser(parser, this.#definitions);
    this.#renderer = new BlockRenderer(this.#inline);
    this.#links = new LinkUpdater(this.#inline, this.#definitions);
  }

  /** Shows more text; false where it only made the last line on the page longer. */
  append(text: string): boolean {
    const added = this.#lineEnds.normalize(text);
    if (added === '') return false;
    this.#tail += added;
    const wholeLines = this.#tail.lastIndexOf('\n') + 1;
    const isLong = this.#tail.length > Math.max(wholeLines, this.#checkedLength) + maxUndecidedLine;
    const isInLine = !isLong && !added.includes('\n');
    if (isInLine && this.#appendPoint?.append(added) === true) return false;
    if (wholeLines > this.#checkedLength) this.#commit(wholeLines);
    else if (isLong) this.#commit(this.#tail.length);
    const { length } = holdBackUndecidedLine(this.#tail, this.#isInFence);
    const { blocks: shown } = this.#render(length, true);
    const line = this.#tail.slice(this.#tail.lastIndexOf('\n') + 1);
    this.#appendPoint =
      line === '' || length < this.#tail.length
        ? null
        : findAppendPoint(shown, line, this.#isInFence);
    return true;
  }

  /** @param isWhole false where the text breaks off: its open marks are shown as closed */
  finish(isWhole: boolean): void {
    this.#appendPoint = null;
    const { blocks: shown } = this.#render(this.#tail.length, !isWhole, this.#lineEnds.pending);
    closeCodeBlocks(getViews(shown));
    this.#updateLinks();
  }

  /**
   * Shows what is open.
   * @param length how much of the tail, in UTF-16 code units
   * @param canContinue whether what is half there is shown as it will most likely be
   */
  #render(length: number, canContinue: boolean, end = ''): RenderedSource {
    const { source, blocks } = this.#parse(length, end);
    const open = this.#leaf === null ? this.#containers : [...this.#containers, this.#leaf];
    const context: RenderContext = {
      open,
      isTight: false,
      endLine: canContinue ? countLines(source) : null,
      isInLine: !source.endsWith('\n'),
      taskBox: null,
    };
    const shown = this.#renderer.render(blocks, context);
    this.#root.reconcile(getViews(shown));
    return { source, blocks: shown };
  }

  #parse(length: number, end: string): { readonly source: string; readonly blocks: Block[] } {
    const before = createStandInSource(this.#containers) + (this.#leaf?.head ?? '');
    const source = before + this.#tail.slice(0, length) + end;
    this.#definitions.clearOpen();
    const blocks = this.#blocks.parse(source, this.#definitions.environment);
    let level: readonly Block[] = blocks;
    for (const [index, container] of this.#containers.entries()) {
      const [block] = level;
      if (block?.kind !== container.kind || !('children' in block))
        throw new Error('A container was lost.');
      // The stand-in: an item of its own, or a heading.
      if (block.kind !== 'list' || this.#containers[index + 1] === undefined)
        block.children.shift();
      if (container.kind === 'list' && block.kind === 'list') {
        const next = this.#containers[index + 1];
        updateTightness(container, !container.isLoose && block.isTight, next, this.#leaf);
      }
      level = block.children;
    }
    const leaf = this.#leaf;
    if (leaf === null || level[0]?.kind === leaf.kind) return { source, blocks };
    if (leaf.kind !== 'paragraph') throw new Error('The open block was lost.');
    // A heading after all, or a table's first line: begin it anew, once.
    leaf.text.reopen();
    this.#leaf = null;
    this.#tail = leaf.source + this.#tail;
    this.#checkedLength += leaf.source.length;
    return this.#parse(length + leaf.source.length, end);
  }

  #updateLinks(): void {
    const { text } = this.#leaf?.kind === 'paragraph' ? this.#leaf : { text: null };
    const reconcilers = [this.#root, ...this.#containers.map(({ reconciler }) => reconciler)];
    if (text !== null) reconcilers.push(text.reconciler);
    this.#links.update((old, now) => {
      for (const reconciler of reconcilers)
        if (reconciler.lastCommitted === old) reconciler.setLastCommitted(now);
    });
  }

  /** Finishes what later text can't change, and drops its source. */
  #commit(length: number): void {
    const unsettled = this.#tail.slice(length);
    const isWholeLine = this.#tail[length - 1] === '\n';
    const page = this.#render(length, true);
    const last = findInnermost(page.blocks)?.block;
    this.#isInFence = last?.kind === 'fence' && isUnclosed(last);
    this.#checkedLength = this.#tail.length - unsettled.length;
    if (!isWholeLine && last?.kind !== 'paragraph') return;
    const kept = this.#definitions.committedCount;
    const finish = new BlockCommitter(page, {
      inline: this.#inline,
      definitions: this.#definitions,
      links: this.#links,
      createCodeBlock: this.#createCodeBlock,
    });
    const { containers, leaf, tail } = finish.commit(this.#root);
    this.#containers = containers;
    this.#leaf = leaf;
    this.#tail = tail + unsettled;
    this.#checkedLength = tail.length;
    if (this.#definitions.committedCount > kept) this.#updateLinks();
  }
}

function countLines(source: string): number {
  let count = source === '' || source.endsWith('\n') ? 0 : 1;
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) count++;
  return count;
}

function isUnclosed({ lines: [from, to], content }: Code): boolean {
  return to - from - 1 === content.split('\n').length - 1;
}
