import type { Block, Cell, Code, Item, Paragraph, Row, Table } from './blocks.ts';
import { withoutUndecidedLines } from './held-back.ts';
import type { InlineParser } from './inline-parser.ts';
import type { OpenContainer } from './open-containers.ts';
import type { OpenLeaf, OpenParagraph } from './open-leaves.ts';
import type { OpenText } from './open-text.ts';
import { type OpenInline, parseOpen } from './parse-open.ts';
import {
  type Attributes,
  type ElementView,
  element,
  type TextView,
  text,
  type View,
} from './views.ts';

/** A block and what shall stand on the page for it. */
export interface Shown {
  readonly block: Block;
  readonly views: readonly View[];
  readonly inner: readonly Shown[];
  /** Running text in it, for its late references. */
  readonly runs: readonly Run[];
  /** What the page has of it already. */
  readonly open: Open | null;
  /** A task's box, where the block is a paragraph that begins with one. */
  readonly box: TextView | null;
}

export interface Run {
  readonly content: string;
  readonly labels: ReadonlySet<string>;
  readonly views: readonly View[];
  /** What came before it and is finished. */
  readonly begun: OpenText | null;
  /** Whether it is open and stands there as it came so far. */
  readonly isAsWritten: boolean;
}

type Open = OpenContainer | OpenLeaf;

/** Where in the document blocks stand. */
export interface Context {
  /** What is open and begins with the first of them, outermost first. */
  readonly open: readonly Open[];
  /** Whether they are in a tight list's item. */
  readonly isTight: boolean;
  /** The line after the source's last where the last of them may go on; null where all is whole. */
  readonly end: number | null;
  /** Whether more of the source's last line may come. */
  readonly isInLine: boolean;
  /** A task's box that the first of them begins with. */
  readonly box: TextView | null;
}

const taskMark = /^\[([ xX])\][ \t]+(?=\S)/;

/** Makes views of blocks. */
export class BlockViews {
  readonly #inline: InlineParser;

  constructor(inline: InlineParser) {
    this.#inline = inline;
  }

  all(blocks: readonly Block[], context: Context): readonly Shown[] {
    return blocks.map((block, index) =>
      this.#one(block, {
        open: index === 0 ? context.open : [],
        isTight: context.isTight,
        end: index === blocks.length - 1 ? context.end : null,
        isInLine: context.isInLine,
        box: index === 0 ? context.box : null,
      }),
    );
  }

  #one(block: Block, context: Context): Shown {
    const open = context.open[0] ?? null;
    const within: Context = { ...context, open: context.open.slice(1), isTight: false, box: null };
    const plain = { block, open, inner: [], runs: [], box: null };
    const canContinue = context.end !== null && block.lines[1] >= context.end;
    switch (block.kind) {
      case 'definition':
        return { ...plain, views: [] };
      case 'rule':
        return { ...plain, views: [element('hr', [])] };
      case 'fence':
      case 'indented':
        return { ...plain, views: [codeView(block, open !== null, canContinue)] };
      case 'heading': {
        const run = this.#run(block.content, canContinue && context.isInLine, true);
        return { ...plain, runs: [run], views: [element(block.tag, run.views)] };
      }
      case 'paragraph':
        return this.#paragraph(block, open, context, canContinue);
      case 'table':
        return { ...plain, ...this.#table(block, open, canContinue && context.isInLine) };
      case 'quote': {
        const inner = this.all(block.children, within);
        const reconciler = open?.kind === 'quote' ? open.reconciler : null;
        return { ...plain, inner, views: [element('blockquote', viewsOf(inner), {}, reconciler)] };
      }
      case 'list': {
        const list = open?.kind === 'list' ? open : null;
        const isTight = block.tight && list?.isLoose !== true;
        const inner = this.all(block.children, { ...within, isTight });
        const { first } = block;
        const start = first === null || first === 1 ? {} : { start: String(first) };
        const tag = first === null ? 'ul' : 'ol';
        const reconciler = list?.reconciler ?? null;
        return { ...plain, inner, views: [element(tag, viewsOf(inner), start, reconciler)] };
      }
      case 'item': {
        const item = open?.kind === 'item' ? open : null;
        const { isTight } = context;
        const isWhole = item?.isBegun !== true && within.open.length === 0;
        const task = isWhole ? taskOf(block) : null;
        const inner = this.all(task?.children ?? block.children, {
          ...within,
          isTight,
          box: task?.box ?? null,
        });
        const attributes: Attributes = task === null ? {} : { class: 'task' };
        return {
          ...plain,
          inner,
          views: [element('li', viewsOf(inner), attributes, item?.reconciler ?? null)],
        };
      }
    }
  }

  #paragraph(block: Paragraph, open: Open | null, context: Context, canContinue: boolean): Shown {
    const { box, isTight } = context;
    const content = canContinue ? withoutUndecidedLines(block.content) : block.content;
    const isShown = content.length === block.content.length;
    const plain = { block, open, box, inner: [] };
    if (open?.kind === 'paragraph') {
      const run = this.#runOn(open, content, canContinue, context.isInLine);
      const { views } = run;
      const reconciler = open.text.reconciler;
      return {
        ...plain,
        runs: [{ ...run, isAsWritten: run.isAsWritten && isShown }],
        views: isTight ? views : [element('p', views, {}, reconciler)],
      };
    }
    if (content === '') return { ...plain, runs: [], views: [] };
    const run = this.#run(content, canContinue, context.isInLine);
    const views = box === null ? run.views : [box, ...run.views];
    return {
      ...plain,
      runs: [{ ...run, isAsWritten: run.isAsWritten && isShown }],
      views: isTight ? views : [element('p', views)],
    };
  }

  #run(content: string, canContinue: boolean, isInLine: boolean): Run {
    const { views, labels, isAsWritten } = this.#parse(content, canContinue, isInLine);
    return { content, labels, views, begun: null, isAsWritten };
  }

  /** A paragraph whose beginning is on the page for good. */
  #runOn(
    { text, headLength }: OpenParagraph,
    content: string,
    canContinue: boolean,
    isInLine: boolean,
  ): Run {
    const rest = text.open(content.slice(headLength));
    const { views, labels, isAsWritten } = this.#parse(rest, canContinue, isInLine);
    return { content: rest, labels, views: text.place(views), begun: text, isAsWritten };
  }

  #parse(content: string, canContinue: boolean, isInLine: boolean): OpenInline {
    return canContinue
      ? parseOpen(content, this.#inline, isInLine)
      : { ...this.#inline.parse(content), isAsWritten: false };
  }

  #table(
    block: Table,
    open: Open | null,
    canContinue: boolean,
  ): { readonly views: readonly View[]; readonly inner: readonly Shown[]; readonly runs: Run[] } {
    const runs: Run[] = [];
    const row = (cells: Row, last: number): ElementView =>
      element(
        'tr',
        cells.map((cell, index) => {
          const run = this.#run(cell.content, index === last, true);
          runs.push(run);
          return element(cell.tag, run.views, alignment(cell));
        }),
      );
    const table = open?.kind === 'table' ? open : null;
    const head = table === null ? [element('thead', [row(block.head, -1)])] : [];
    const rows = block.rows.map((cells, index) =>
      row(cells, canContinue && index === block.rows.length - 1 ? lastFilled(cells) : -1),
    );
    const reconciler = table?.reconciler ?? null;
    return { views: [element('table', [...head, ...rows], {}, reconciler)], inner: [], runs };
  }
}

export function viewsOf(shown: readonly Shown[]): readonly View[] {
  return shown.flatMap(({ views }) => views);
}

/** What a list's item holds without its task's box; null where it is no task. */
function taskOf({ children: [first, ...others] }: Item): {
  readonly box: TextView;
  readonly children: readonly Block[];
} | null {
  const mark = first?.kind === 'paragraph' ? taskMark.exec(first.content) : null;
  if (first?.kind !== 'paragraph' || mark === null) return null;
  const content = first.content.slice(mark[0].length);
  const box = text(mark[1] === ' ' ? '\u2610 ' : '\u2611 ');
  return { box, children: [{ ...first, content }, ...others] };
}

function codeView({ kind, language, content }: Code, isOpen: boolean, canContinue: boolean): View {
  const text = kind === 'indented' && isOpen ? content.slice(indentedHead.length) : content;
  const isUnended = kind === 'indented' && canContinue && text.endsWith('\n');
  // The parser ends it with a line feed that didn't come yet.
  return { kind: 'code', language, text: isUnended ? text.slice(0, -1) : text, node: null };
}

/** The content that an open indented code block's head stands for. */
export const indentedHead = 'x\n';

function alignment({ align }: Cell): Attributes {
  return align === '' ? {} : { class: `align-${align}` };
}

function lastFilled(cells: Row): number {
  return cells.findLastIndex(({ content }) => content !== '');
}
