import type { CreateCodeBlock } from '../code/plain-code-block.ts';
import type { Block, Code, Paragraph, Table } from './block-parser.ts';
import { getViews, indentedHead, type RenderedBlock } from './block-renderer.ts';
import { DomReconciler } from './dom-reconciler.ts';
import type { InlineParser } from './inline-parser.ts';
import type { LinkDefinitions } from './link-definitions.ts';
import type { LinkUpdater } from './link-updater.ts';
import {
  getLinePrefix,
  type OpenContainer,
  type OpenLeaf,
  type OpenParagraph,
} from './open-blocks.ts';
import { parseOpenInline } from './open-inline.ts';
import { OpenText } from './open-text.ts';
import { RenderedCodeBlock, settleCodeBlocks } from './rendered-code-block.ts';
import type { View } from './views.ts';

/** Code and tables are dropped from the source in groups of lines. */
const minLinesToCommit = 16;
/** Paragraphs shorter than this are left whole. */
const longParagraph = 512;

/** What was parsed and is on the page. */
export interface RenderedSource {
  readonly source: string;
  readonly blocks: readonly RenderedBlock[];
}

/** What stays open, and the source that is left. */
export interface Remainder {
  readonly containers: readonly OpenContainer[];
  readonly leaf: OpenLeaf | null;
  readonly tail: string;
}

export interface CommitServices {
  readonly inline: InlineParser;
  readonly definitions: LinkDefinitions;
  readonly links: LinkUpdater;
  readonly createCodeBlock: CreateCodeBlock;
}

/** Tells finished blocks from the open one, from the outside in. */
export class BlockCommitter {
  readonly #page: RenderedSource;
  readonly #services: CommitServices;
  readonly #containers: OpenContainer[] = [];
  readonly #lineStarts: readonly number[];

  constructor(page: RenderedSource, parts: CommitServices) {
    this.#page = page;
    this.#services = parts;
    const starts = [0];
    const { source } = page;
    for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.#lineStarts = starts;
  }

  commit(root: DomReconciler): Remainder {
    return this.#commitIn(root, this.#page.blocks);
  }

  #commitIn(reconciler: DomReconciler, blocks: readonly RenderedBlock[]): Remainder {
    const from = findFirstOpen(blocks);
    const finished = blocks.slice(0, from);
    for (const shown of finished) this.#commitBlock(shown);
    reconciler.commit(getViews(finished));
    const open = blocks[from];
    if (open === undefined) return this.#remainder('');
    if (from < blocks.length - 1 || this.#isPossibleTableHead(open))
      return this.#dropBefore(open.block);
    return this.#commitOpenBlock(open, reconciler);
  }

  #commitOpenBlock(shown: RenderedBlock, parent: DomReconciler): Remainder {
    const { block } = shown;
    switch (block.kind) {
      case 'quote':
      case 'list':
      case 'item': {
        const container = this.#openContainer(shown);
        if (container === null) return this.#dropBefore(block);
        this.#containers.push(container);
        if (container.kind === 'item')
          container.hasCommittedBlocks ||= findFirstOpen(shown.children) > 0;
        return this.#commitIn(container.reconciler, shown.children);
      }
      case 'fence':
      case 'indented':
        return this.#commitCode(shown, block);
      case 'table':
        return this.#commitTable(shown, block);
      case 'paragraph':
        return this.#commitParagraph(shown, block, parent);
      case 'heading':
      case 'rule':
      case 'definition':
        return this.#dropBefore(block);
    }
  }

  /** Null for one that has nothing in it yet. */
  #openContainer({ block, open, views }: RenderedBlock): OpenContainer | null {
    switch (block.kind) {
      case 'quote':
        if (block.children.length === 0) return null;
        return open?.kind === 'quote'
          ? open
          : { kind: 'quote', reconciler: this.#reconciler(views) };
      case 'list': {
        if (open?.kind === 'list') {
          open.isLoose ||= !block.isTight;
          return open;
        }
        return {
          kind: 'list',
          reconciler: this.#reconciler(views),
          isOrdered: block.startNumber !== null,
          marker: block.marker,
          isLoose: !block.isTight,
          isRenderedLoose: !block.isTight,
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
          hasCommittedBlocks: false,
        };
      }
      default:
        return null;
    }
  }

  /** Lines of code that are whole can't change. */
  #commitCode(
    { block, open, views: [view] }: RenderedBlock,
    { kind, content, lines, start }: Code,
  ): Remainder {
    const leaf = open?.kind === kind ? open : null;
    const head = leaf !== null && kind === 'indented' ? indentedHead : '';
    const fresh = content.slice(head.length);
    const count = fresh.split('\n').length - 1;
    if (count < minLinesToCommit || start === null) return this.#keepWhole(leaf, block);
    const code = view?.node instanceof Element ? RenderedCodeBlock.find(view.node) : undefined;
    code?.update({ kind: 'code', language: code.language, text: fresh, node: null });
    code?.commit(fresh.length);
    const opener =
      kind === 'fence'
        ? `${this.#indentation(block)}${this.#lineText(lines[0], start.offset)}\n`
        : `${getLinePrefix(this.#containers)}    ${indentedHead}`;
    const contentStart = kind === 'fence' ? lines[0] + 1 : lines[0] + (leaf === null ? 0 : 1);
    const tail = this.#sourceFromLine(contentStart + count);
    return this.#remainder(tail, { kind, head: leaf?.head ?? opener });
  }

  /** A table's rows that are whole can't change. */
  #commitTable(
    { block, open, views: [view], runs }: RenderedBlock,
    { rows, lines, start }: Table,
  ): Remainder {
    const leaf = open?.kind === 'table' ? open : null;
    if (rows.length < minLinesToCommit || start === null || view?.kind !== 'element') {
      return this.#keepWhole(leaf, block);
    }
    const reconciler = leaf?.reconciler ?? this.#reconciler([view]);
    reconciler.commit(view.children);
    for (const run of runs) this.#registerLabels(run);
    const tail = this.#sourceFromLine(lines[0] + 2 + rows.length);
    if (leaf !== null) return this.#remainder(tail, leaf);
    const head = `${this.#indentation(block)}${this.#lineText(lines[0], start.offset)}\n${this.#lineText(lines[0] + 1)}\n`;
    return this.#remainder(tail, { kind: 'table', head, reconciler });
  }

  /** The beginning of a long paragraph, up to where no mark is open. */
  #commitParagraph(shown: RenderedBlock, block: Paragraph, parent: DomReconciler): Remainder {
    const { content, start } = block;
    const leaf = shown.open?.kind === 'paragraph' ? shown.open : null;
    const [view] = shown.views;
    const isShort = leaf === null && content.length < longParagraph;
    if (isShort || start === null || view === undefined || isPossibleDefinition(content)) {
      return this.#keepWhole(leaf, block);
    }
    const isOwn = view.kind === 'element' && view.tag === 'p';
    const { inline } = this.#services;
    const text = leaf?.text ?? new OpenText(inline, isOwn ? this.#reconciler([view]) : parent);
    const headLength = leaf?.headLength ?? 0;
    let box = leaf === null ? shown.taskBox : null;
    const isInLine = !this.#page.source.endsWith('\n');
    const used = text.commit(content.slice(headLength), isInLine, (views, rest) => {
      const restViews = text.wrapOpenViews(parseOpenInline(rest, inline, isInLine).views);
      text.reconciler.reconcile([...(box === null ? [] : [box]), ...views, ...restViews]);
      if (box !== null) text.reconciler.commit([box]);
      box = null;
    });
    if (used === 0) return this.#keepWhole(leaf, block);
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
      head: getLinePrefix(this.#containers) + stub,
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
    const text = this.#lineText(line);
    // The parser trims the last line; of the others, the beginning alone.
    const trimmed = end === -1 ? text.replace(/[ \t\r]+$/, '') : text;
    const behind = (end === -1 ? content.length : end) - at;
    return (this.#lineStarts[line] ?? 0) + trimmed.length - behind;
  }

  /** The block stays as it is. */
  #keepWhole(leaf: OpenLeaf | null, block: Block): Remainder {
    if (leaf === null) return this.#dropBefore(block);
    const head = (block.start?.offset ?? 0) + leaf.head.length - this.#indentation(block).length;
    return this.#remainder(this.#page.source.slice(head), leaf);
  }

  /** What is before the block is dropped. */
  #dropBefore(block: Block): Remainder {
    const { start } = block;
    if (start === null) return this.#remainder(this.#sourceFromLine(block.lines[0]));
    return this.#remainder(this.#indentation(block) + this.#page.source.slice(start.offset));
  }

  #remainder(tail: string, leaf: OpenLeaf | null = null): Remainder {
    return { containers: this.#containers, leaf, tail };
  }

  /** What the block's first line begins with, its containers being open already. */
  #indentation({ start }: Block): string {
    return getLinePrefix(this.#containers) + ' '.repeat(start?.column ?? 0);
  }

  #sourceFromLine(line: number): string {
    const { source } = this.#page;
    return source.slice(this.#lineStarts[line] ?? source.length);
  }

  #lineText(line: number, from = this.#lineStarts[line] ?? 0): string {
    const { source } = this.#page;
    const next = this.#lineStarts[line + 1];
    return source.slice(from, next === undefined ? source.length : next - 1);
  }

  #reconciler([view]: readonly View[]): DomReconciler {
    if (!(view?.node instanceof HTMLElement)) throw new Error('The block isn’t on the page.');
    return new DomReconciler(view.node, this.#services.createCodeBlock);
  }

  #commitBlock({ block, views, children: inner, runs }: RenderedBlock): void {
    settleCodeBlocks(views);
    if (block.kind === 'definition') this.#services.definitions.commit(block.label);
    for (const run of runs) this.#registerLabels(run);
    for (const shown of inner) this.#commitBlock(shown);
  }

  #registerLabels({
    content,
    labels,
    views,
    openText: begun,
  }: RenderedBlock['runs'][number]): void {
    const all = new Set([...labels, ...(begun?.labels ?? [])]);
    if (all.size === 0) return;
    const nodes = [...(begun?.committedNodes ?? []), ...getNodes(views)];
    this.#services.links.add({
      content: (begun?.committedText ?? '') + content,
      labels: all,
      nodes,
    });
  }

  /** Its first line is the last: together with the next it may be a table. */
  #isPossibleTableHead({ block, open }: RenderedBlock): boolean {
    if (open !== null) return false;
    const last = this.#lineStarts.length - (this.#page.source.endsWith('\n') ? 2 : 1);
    return block.lines[0] === last && this.#lineText(last).includes('|');
  }
}

/** The last block is open, and a definition that it may be the title of. */
function findFirstOpen(blocks: readonly RenderedBlock[]): number {
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
function isPossibleDefinition(content: string): boolean {
  return /^\[(?:[^\\[\]]|\\[\s\S])*(?:\\?$|\](?:$|:\s*(?:<[^>\n]*>?|\S*)(?:\s*$|\s+["'(])))/.test(
    content,
  );
}

function getNodes(views: readonly View[]): readonly ChildNode[] {
  return views.flatMap(({ node }) => (node === null ? [] : [node]));
}
