import type { MarkdownIt } from 'markdown-it';
import { BlockViews, type Context, viewsOf } from './block-views.ts';
import type { Block, Code } from './blocks.ts';
import type { MakeCodeBlock } from './code-block.ts';
import { closeCode } from './code-on-page.ts';
import { Finishing, type Page } from './finishing.ts';
import type { Ground } from './ground.ts';
import { withoutUndecided } from './held-back.ts';
import { InlineParser } from './inline-parser.ts';
import { LateReferences } from './late-references.ts';
import { LineEnds } from './line-ends.ts';
import { type OpenContainer, standIn } from './open-containers.ts';
import { innermost, type OpenEnd, openEnd } from './open-end.ts';
import type { OpenLeaf } from './open-leaves.ts';
import { BlockParser } from './parse-blocks.ts';
import { References } from './references.ts';
import { showTightness } from './tightness.ts';

/** An unfinished line longer than this is taken for what it is so far. */
const longLine = 512;

/**
 * Markdown that grows at its end. It is a list of finished blocks, which are on the page for good
 * and whose source is dropped, and one open block; an open container likewise has finished children
 * and an open one, and the innermost open block, the leaf, has a finished beginning. What is left
 * is the tail: it alone is parsed, behind a few lines that stand in for all that was dropped.
 */
export class OpenDocument {
  readonly #root: Ground;
  readonly #createCodeBlock: MakeCodeBlock;
  readonly #lineEnds = new LineEnds();
  readonly #references = new References();
  readonly #blocks: BlockParser;
  readonly #inline: InlineParser;
  readonly #views: BlockViews;
  readonly #late: LateReferences;
  #containers: readonly OpenContainer[] = [];
  #leaf: OpenLeaf | null = null;
  #tail = '';
  /** Whether the last whole line is in a fence that goes on. */
  #isInFence = false;
  #end: OpenEnd | null = null;
  /** How much of the tail was looked at for finished blocks. */
  #settledLength = 0;

  constructor(parser: MarkdownIt, root: Ground, createCodeBlock: MakeCodeBlock) {
    this.#root = root;
    this.#createCodeBlock = createCodeBlock;
    this.#blocks = new BlockParser(parser);
    this.#inline = new InlineParser(parser, this.#references);
    this.#views = new BlockViews(this.#inline);
    this.#late = new LateReferences(this.#inline, this.#references);
  }

  /** Shows more text; false where it only made the last line on the page longer. */
  append(text: string): boolean {
    const added = this.#lineEnds.push(text);
    if (added === '') return false;
    this.#tail += added;
    const wholeLines = this.#tail.lastIndexOf('\n') + 1;
    const isLong = this.#tail.length > Math.max(wholeLines, this.#settledLength) + longLine;
    const isInLine = !isLong && !added.includes('\n');
    if (isInLine && this.#end?.append(added) === true) return false;
    if (wholeLines > this.#settledLength) this.#settle(wholeLines);
    else if (isLong) this.#settle(this.#tail.length);
    const { length } = withoutUndecided(this.#tail, this.#isInFence);
    const { shown } = this.#show(length, true);
    const line = this.#tail.slice(this.#tail.lastIndexOf('\n') + 1);
    this.#end =
      line === '' || length < this.#tail.length ? null : openEnd(shown, line, this.#isInFence);
    return true;
  }

  finish(): void {
    this.#end = null;
    const { shown } = this.#show(this.#tail.length, false, this.#lineEnds.held);
    closeCode(viewsOf(shown));
    this.#updateReferences();
  }

  /**
   * Shows what is open.
   * @param length how much of the tail, in UTF-16 code units
   * @param canContinue whether what is half there is shown as it will most likely be
   */
  #show(length: number, canContinue: boolean, end = ''): Page {
    const { source, blocks } = this.#parse(length, end);
    const open = this.#leaf === null ? this.#containers : [...this.#containers, this.#leaf];
    const context: Context = {
      open,
      isTight: false,
      end: canContinue ? countLines(source) : null,
      isInLine: !source.endsWith('\n'),
      box: null,
    };
    const shown = this.#views.all(blocks, context);
    this.#root.show(viewsOf(shown));
    return { source, shown };
  }

  #parse(length: number, end: string): { readonly source: string; readonly blocks: Block[] } {
    const before = standIn(this.#containers) + (this.#leaf?.head ?? '');
    const source = before + this.#tail.slice(0, length) + end;
    this.#references.forgetOpen();
    const blocks = this.#blocks.parse(source, this.#references.environment);
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
        showTightness(container, !container.isLoose && block.tight, next, this.#leaf);
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
    this.#settledLength += leaf.source.length;
    return this.#parse(length + leaf.source.length, end);
  }

  #updateReferences(): void {
    const { text } = this.#leaf?.kind === 'paragraph' ? this.#leaf : { text: null };
    const reconcilers = [this.#root, ...this.#containers.map(({ reconciler }) => reconciler)];
    if (text !== null) reconcilers.push(text.reconciler);
    this.#late.update((old, now) => {
      for (const reconciler of reconcilers) if (reconciler.finished === old) reconciler.moveFinished(now);
    });
  }

  /** Finishes what later text can't change, and drops its source. */
  #settle(length: number): void {
    const unsettled = this.#tail.slice(length);
    const isWholeLine = this.#tail[length - 1] === '\n';
    const page = this.#show(length, true);
    const last = innermost(page.shown)?.block;
    this.#isInFence = last?.kind === 'fence' && isUnclosed(last);
    this.#settledLength = this.#tail.length - unsettled.length;
    if (!isWholeLine && last?.kind !== 'paragraph') return;
    const kept = this.#references.keptCount;
    const finish = new Finishing(page, {
      inline: this.#inline,
      references: this.#references,
      late: this.#late,
      createCodeBlock: this.#createCodeBlock,
    });
    const { containers, leaf, tail } = finish.blocks(this.#root);
    this.#containers = containers;
    this.#leaf = leaf;
    this.#tail = tail + unsettled;
    this.#settledLength = tail.length;
    if (this.#references.keptCount > kept) this.#updateReferences();
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
