import { indentedHead, type Shown, viewsOf } from './block-views.ts';
import type { Block, Code, Paragraph, Table } from './blocks.ts';
import type { MakeCodeBlock } from './code-block.ts';
import { CodeOnPage, settleCode } from './code-on-page.ts';
import { Ground } from './ground.ts';
import type { InlineParser } from './inline-parser.ts';
import type { LateReferences } from './late-references.ts';
import { linePrefix, type OpenContainer } from './open-containers.ts';
import type { OpenLeaf, OpenParagraph } from './open-leaves.ts';
import { OpenText } from './open-text.ts';
import { parseOpen } from './parse-open.ts';
import type { References } from './references.ts';
import type { View } from './views.ts';

/** Code and tables are dropped from the source in groups of lines. */
const linesAtOnce = 16;
/** Paragraphs shorter than this are left whole. */
const longParagraph = 512;

/** What was parsed and is on the page. */
export interface Page {
  readonly source: string;
  readonly shown: readonly Shown[];
}

/** What stays open, and the source that is left. */
export interface Remainder {
  readonly containers: readonly OpenContainer[];
  readonly leaf: OpenLeaf | null;
  readonly tail: string;
}

export interface FinishingParts {
  readonly inline: InlineParser;
  readonly references: References;
  readonly late: LateReferences;
  readonly createCodeBlock: MakeCodeBlock;
}

/** Tells finished blocks from the open one, from the outside in. */
export class Finishing {
  readonly #page: Page;
  readonly #parts: FinishingParts;
  readonly #containers: OpenContainer[] = [];
  readonly #lineStarts: readonly number[];

  constructor(page: Page, parts: FinishingParts) {
    this.#page = page;
    this.#parts = parts;
    const starts = [0];
    const { source } = page;
    for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.#lineStarts = starts;
  }

  blocks(root: Ground): Remainder {
    return this.#in(root, this.#page.shown);
  }

  #in(reconciler: Ground, blocks: readonly Shown[]): Remainder {
    const from = firstOpen(blocks);
    const finished = blocks.slice(0, from);
    for (const shown of finished) this.#finish(shown);
    reconciler.finish(viewsOf(finished));
    const open = blocks[from];
    if (open === undefined) return this.#remainder('');
    if (from < blocks.length - 1 || this.#mayBeTableHead(open)) return this.#cutAt(open.block);
    return this.#open(open, reconciler);
  }

  #open(shown: Shown, parent: Ground): Remainder {
    const { block } = shown;
    switch (block.kind) {
      case 'quote':
      case 'list':
      case 'item': {
        const container = this.#container(shown);
        if (container === null) return this.#cutAt(block);
        this.#containers.push(container);
        if (container.kind === 'item') container.isBegun ||= firstOpen(shown.inner) > 0;
        return this.#in(container.reconciler, shown.inner);
      }
      case 'fence':
      case 'indented':
        return this.#code(shown, block);
      case 'table':
        return this.#table(shown, block);
      case 'paragraph':
        return this.#paragraph(shown, block, parent);
      case 'heading':
      case 'rule':
      case 'definition':
        return this.#cutAt(block);
    }
  }

  /** Null for one that has nothing in it yet. */
  #container({ block, open, views }: Shown): OpenContainer | null {
    switch (block.kind) {
      case 'quote':
        if (block.children.length === 0) return null;
        return open?.kind === 'quote' ? open : { kind: 'quote', reconciler: this.#reconciler(views) };
      case 'list': {
        if (open?.kind === 'list') {
          open.isLoose ||= !block.tight;
          return open;
        }
        return {
          kind: 'list',
          reconciler: this.#reconciler(views),
          isOrdered: block.first !== null,
          marker: block.marker,
          isLoose: !block.tight,
          isShownLoose: !block.tight,
        };
      }
      case 'item': {
        if (open?.kind === 'item') return open;
        const indent = block.children[0]?.start?.indent;
        if (indent === undefined) return null;
        return {
          kind: 'item',
          reconciler: this.#reconciler(views),
          marker: block.marker,
          indent,
          isBegun: false,
        };
      }
      default:
        return null;
    }
  }

  /** Lines of code that are whole can't change. */
  #code({ block, open, views: [view] }: Shown, { kind, content, lines, start }: Code): Remainder {
    const leaf = open?.kind === kind ? open : null;
    const head = leaf !== null && kind === 'indented' ? indentedHead : '';
    const fresh = content.slice(head.length);
    const count = fresh.split('\n').length - 1;
    if (count < linesAtOnce || start === null) return this.#keep(leaf, block);
    const code = view?.node instanceof Element ? CodeOnPage.of(view.node) : undefined;
    code?.grow({ kind: 'code', language: code.language, text: fresh, node: null });
    code?.finish(fresh.length);
    const opener =
      kind === 'fence'
        ? `${this.#indentation(block)}${this.#line(lines[0], start.offset)}\n`
        : `${linePrefix(this.#containers)}    ${indentedHead}`;
    const contentStart = kind === 'fence' ? lines[0] + 1 : lines[0] + (leaf === null ? 0 : 1);
    const tail = this.#from(contentStart + count);
    return this.#remainder(tail, { kind, head: leaf?.head ?? opener });
  }

  /** A table's rows that are whole can't change. */
  #table({ block, open, views: [view], runs }: Shown, { rows, lines, start }: Table): Remainder {
    const leaf = open?.kind === 'table' ? open : null;
    if (rows.length < linesAtOnce || start === null || view?.kind !== 'element') {
      return this.#keep(leaf, block);
    }
    const reconciler = leaf?.reconciler ?? this.#reconciler([view]);
    reconciler.finish(view.children);
    for (const run of runs) this.#noteLabels(run);
    const tail = this.#from(lines[0] + 2 + rows.length);
    if (leaf !== null) return this.#remainder(tail, leaf);
    const head = `${this.#indentation(block)}${this.#line(lines[0], start.offset)}\n${this.#line(lines[0] + 1)}\n`;
    return this.#remainder(tail, { kind: 'table', head, reconciler });
  }

  /** The beginning of a long paragraph, up to where no mark is open. */
  #paragraph(shown: Shown, block: Paragraph, parent: Ground): Remainder {
    const { content, start } = block;
    const leaf = shown.open?.kind === 'paragraph' ? shown.open : null;
    const [view] = shown.views;
    const isShort = leaf === null && content.length < longParagraph;
    if (isShort || start === null || view === undefined || mayBeDefinition(content)) {
      return this.#keep(leaf, block);
    }
    const isOwn = view.kind === 'element' && view.tag === 'p';
    const { inline } = this.#parts;
    const text = leaf?.text ?? new OpenText(inline, isOwn ? this.#reconciler([view]) : parent);
    const headLength = leaf?.headLength ?? 0;
    let box = leaf === null ? shown.box : null;
    const isInLine = !this.#page.source.endsWith('\n');
    const used = text.finish(content.slice(headLength), isInLine, (views, rest) => {
      const restViews = text.place(parseOpen(rest, inline, isInLine).views);
      text.reconciler.show([...(box === null ? [] : [box]), ...views, ...restViews]);
      if (box !== null) text.reconciler.finish([box]);
      box = null;
    });
    if (used === 0) return this.#keep(leaf, block);
    const end = headLength + used;
    const cut = this.#offsetIn(block, end);
    const line = content.slice(content.lastIndexOf('\n', end - 1) + 1, end);
    const stub = line.replace(/[^|\\]+/g, 'x');
    const { source } = this.#page;
    const dropped =
      leaf === null
        ? this.#indentation(block) + source.slice(start.offset, cut)
        : leaf.source + source.slice(start.offset + headLength, cut);
    const next: OpenParagraph = {
      kind: 'paragraph',
      head: linePrefix(this.#containers) + stub,
      headLength: stub.length,
      text,
      source: dropped,
    };
    return this.#remainder(source.slice(cut), next);
  }

  /** Where in the source a place in a paragraph's content is. */
  #offsetIn({ content, lines }: Paragraph, at: number): number {
    const line = lines[0] + content.slice(0, at).split('\n').length - 1;
    const end = content.indexOf('\n', at);
    const text = this.#line(line);
    // The parser trims the last line; of the others, the beginning alone.
    const trimmed = end === -1 ? text.replace(/[ \t\r]+$/, '') : text;
    const behind = (end === -1 ? content.length : end) - at;
    return (this.#lineStarts[line] ?? 0) + trimmed.length - behind;
  }

  /** The block stays as it is. */
  #keep(leaf: OpenLeaf | null, block: Block): Remainder {
    if (leaf === null) return this.#cutAt(block);
    const head = (block.start?.offset ?? 0) + leaf.head.length - this.#indentation(block).length;
    return this.#remainder(this.#page.source.slice(head), leaf);
  }

  /** What is before the block is dropped. */
  #cutAt(block: Block): Remainder {
    const { start } = block;
    if (start === null) return this.#remainder(this.#from(block.lines[0]));
    return this.#remainder(this.#indentation(block) + this.#page.source.slice(start.offset));
  }

  #remainder(tail: string, leaf: OpenLeaf | null = null): Remainder {
    return { containers: this.#containers, leaf, tail };
  }

  /** What the block's first line begins with, its containers being open already. */
  #indentation({ start }: Block): string {
    return linePrefix(this.#containers) + ' '.repeat(start?.column ?? 0);
  }

  #from(line: number): string {
    const { source } = this.#page;
    return source.slice(this.#lineStarts[line] ?? source.length);
  }

  #line(line: number, from = this.#lineStarts[line] ?? 0): string {
    const { source } = this.#page;
    const next = this.#lineStarts[line + 1];
    return source.slice(from, next === undefined ? source.length : next - 1);
  }

  #reconciler([view]: readonly View[]): Ground {
    if (!(view?.node instanceof HTMLElement)) throw new Error('The block isn’t on the page.');
    return new Ground(view.node, this.#parts.createCodeBlock);
  }

  #finish({ block, views, inner, runs }: Shown): void {
    settleCode(views);
    if (block.kind === 'definition') this.#parts.references.keep(block.label);
    for (const run of runs) this.#noteLabels(run);
    for (const shown of inner) this.#finish(shown);
  }

  #noteLabels({ content, labels, views, begun }: Shown['runs'][number]): void {
    const all = new Set([...labels, ...(begun?.labels ?? [])]);
    if (all.size === 0) return;
    const nodes = [...(begun?.finishedNodes ?? []), ...nodesOf(views)];
    this.#parts.late.add({ content: (begun?.finishedText ?? '') + content, labels: all, nodes });
  }

  /** Its first line is the last: together with the next it may be a table. */
  #mayBeTableHead({ block, open }: Shown): boolean {
    if (open !== null) return false;
    const last = this.#lineStarts.length - (this.#page.source.endsWith('\n') ? 2 : 1);
    return block.lines[0] === last && this.#line(last).includes('|');
  }
}

/** The last block is open, and a definition that it may be the title of. */
function firstOpen(blocks: readonly Shown[]): number {
  const last = blocks.length - 1;
  const block = blocks[last]?.block;
  const before = blocks[last - 1]?.block;
  const isPossibleTitle =
    block?.kind === 'paragraph' &&
    /^["'(]/.test(block.content) &&
    before?.kind === 'definition' &&
    before.lines[1] === block.lines[0];
  return isPossibleTitle ? last - 1 : Math.max(0, last);
}

/** Whether more text could make a link reference definition of a paragraph. */
function mayBeDefinition(content: string): boolean {
  return /^\[(?:[^\\[\]]|\\[\s\S])*(?:\\?$|\](?:$|:\s*(?:<[^>\n]*>?|\S*)(?:\s*$|\s+["'(])))/.test(
    content,
  );
}

function nodesOf(views: readonly View[]): readonly ChildNode[] {
  return views.flatMap(({ node }) => (node === null ? [] : [node]));
}
