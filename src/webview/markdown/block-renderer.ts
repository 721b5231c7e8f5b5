import type { Block, Cell, Code, Item, Paragraph, Row, Table } from './block-parser.ts';
import { holdBackTableHeadOrDefinition } from './incoming-text.ts';
import type { InlineParser } from './inline-parser.ts';
import type { OpenContainer, OpenLeaf, OpenParagraph } from './open-blocks.ts';
import { type ParsedOpenInline, parseOpenInline } from './open-inline.ts';
import type { OpenText } from './open-text.ts';
import {
  type Attributes,
  type ElementView,
  elementView,
  type TextView,
  textView,
  type View,
} from './views.ts';

/** A block and what shall stand on the page for it. */
export interface RenderedBlock {
  readonly block: Block;
  readonly views: readonly View[];
  readonly children: readonly RenderedBlock[];
  /** Running text in it, for its late references. */
  readonly runs: readonly InlineRun[];
  /** What the page has of it already. */
  readonly open: OpenBlock | null;
  /** A task's box, where the block is a paragraph that begins with one. */
  readonly taskBox: TextView | null;
}

export interface InlineRun {
  readonly content: string;
  readonly labels: ReadonlySet<string>;
  readonly views: readonly View[];
  /** What came before it and is finished. */
  readonly openText: OpenText | null;
  /** Whether it is open and stands there as it came so far. */
  readonly isVerbatim: boolean;
}

type OpenBlock = OpenContainer | OpenLeaf;

/** Where in the document blocks stand. */
export interface RenderContext {
  /** What is open and begins with the first of them, outermost first. */
  readonly open: readonly OpenBlock[];
  /** Whether they are in a tight list's item. */
  readonly isTight: boolean;
  /** The line after the source's last where the last of them may go on; null where all is whole. */
  readonly endLine: number | null;
  /** Whether more of the source's last line may come. */
  readonly isInLine: boolean;
  /** A task's box that the first of them begins with. */
  readonly taskBox: TextView | null;
}

const taskPattern = /^\[([ xX])\][ \t]+(?=\S)/;

/** Makes views of blocks. */
export class BlockRenderer {
  readonly #inline: InlineParser;

  constructor(inline: InlineParser) {
    this.#inline = inline;
  }

  render(blocks: readonly Block[], context: RenderContext): readonly RenderedBlock[] {
    return blocks.map((block, index) =>
      this.#renderBlock(block, {
        open: index === 0 ? context.open : [],
        isTight: context.isTight,
        endLine: index === blocks.length - 1 ? context.endLine : null,
        isInLine: context.isInLine,
        taskBox: index === 0 ? context.taskBox : null,
      }),
    );
  }

  #renderBlock(block: Block, context: RenderContext): RenderedBlock {
    const open = context.open[0] ?? null;
    const within: RenderContext = {
      ...context,
      open: context.open.slice(1),
      isTight: false,
      taskBox: null,
    };
    const plain = { block, open, children: [], runs: [], taskBox: null };
    const canContinue = context.endLine !== null && block.lines[1] >= context.endLine;
    switch (block.kind) {
      case 'definition':
        return { ...plain, views: [] };
      case 'rule':
        return { ...plain, views: [elementView('hr', [])] };
      case 'fence':
      case 'indented':
        return { ...plain, views: [createCodeView(block, open !== null, canContinue)] };
      case 'heading': {
        const run = this.#renderRun(block.content, canContinue && context.isInLine, true);
        return {
          ...plain,
          runs: [run],
          views: [elementView(block.tag, run.views, headingAttributes(block.tag))],
        };
      }
      case 'paragraph':
        return this.#renderParagraph(block, open, context, canContinue);
      case 'table':
        return { ...plain, ...this.#renderTable(block, open, canContinue && context.isInLine) };
      case 'quote': {
        const children = this.render(block.children, within);
        const reconciler = open?.kind === 'quote' ? open.reconciler : null;
        return {
          ...plain,
          children,
          views: [elementView('blockquote', getViews(children), {}, reconciler)],
        };
      }
      case 'list': {
        const list = open?.kind === 'list' ? open : null;
        const isTight = block.isTight && list?.isLoose !== true;
        const children = this.render(block.children, { ...within, isTight });
        const { startNumber: first } = block;
        const start = first === null || first === 1 ? {} : { start: String(first) };
        const tag = first === null ? 'ul' : 'ol';
        const reconciler = list?.reconciler ?? null;
        return {
          ...plain,
          children,
          views: [elementView(tag, getViews(children), start, reconciler)],
        };
      }
      case 'item': {
        const item = open?.kind === 'item' ? open : null;
        const { isTight } = context;
        const isWhole = item?.hasCommittedBlocks !== true && within.open.length === 0;
        const task = isWhole ? parseTask(block) : null;
        const children = this.render(task?.children ?? block.children, {
          ...within,
          isTight,
          taskBox: task?.box ?? null,
        });
        const attributes: Attributes = task === null ? {} : { class: 'task' };
        return {
          ...plain,
          children,
          views: [elementView('li', getViews(children), attributes, item?.reconciler ?? null)],
        };
      }
    }
  }

  #renderParagraph(
    block: Paragraph,
    open: OpenBlock | null,
    context: RenderContext,
    canContinue: boolean,
  ): RenderedBlock {
    const { taskBox, isTight } = context;
    const content = canContinue ? holdBackTableHeadOrDefinition(block.content) : block.content;
    const isShown = content.length === block.content.length;
    const plain = { block, open, taskBox, children: [] };
    if (open?.kind === 'paragraph') {
      const run = this.#continueRun(open, content, canContinue, context.isInLine);
      const { views } = run;
      const reconciler = open.text.reconciler;
      return {
        ...plain,
        runs: [{ ...run, isVerbatim: run.isVerbatim && isShown }],
        views: isTight ? views : [elementView('p', views, {}, reconciler)],
      };
    }
    if (content === '') return { ...plain, runs: [], views: [] };
    const run = this.#renderRun(content, canContinue, context.isInLine);
    const views = taskBox === null ? run.views : [taskBox, ...run.views];
    return {
      ...plain,
      runs: [{ ...run, isVerbatim: run.isVerbatim && isShown }],
      views: isTight ? views : [elementView('p', views)],
    };
  }

  #renderRun(content: string, canContinue: boolean, isInLine: boolean): InlineRun {
    const { views, labels, isVerbatim: isAsWritten } = this.#parse(content, canContinue, isInLine);
    return { content, labels, views, openText: null, isVerbatim: isAsWritten };
  }

  /** A paragraph whose beginning is on the page for good. */
  #continueRun(
    { text, headLength }: OpenParagraph,
    content: string,
    canContinue: boolean,
    isInLine: boolean,
  ): InlineRun {
    const rest = text.extend(content.slice(headLength));
    const { views, labels, isVerbatim: isAsWritten } = this.#parse(rest, canContinue, isInLine);
    return {
      content: rest,
      labels,
      views: text.wrapOpenViews(views),
      openText: text,
      isVerbatim: isAsWritten,
    };
  }

  #parse(content: string, canContinue: boolean, isInLine: boolean): ParsedOpenInline {
    return canContinue
      ? parseOpenInline(content, this.#inline, isInLine)
      : { ...this.#inline.parse(content), isVerbatim: false };
  }

  #renderTable(
    block: Table,
    open: OpenBlock | null,
    canContinue: boolean,
  ): {
    readonly views: readonly View[];
    readonly inner: readonly RenderedBlock[];
    readonly runs: InlineRun[];
  } {
    const runs: InlineRun[] = [];
    const row = (cells: Row, last: number): ElementView =>
      elementView(
        'tr',
        cells.map((cell, index) => {
          const run = this.#renderRun(cell.content, index === last, true);
          runs.push(run);
          return elementView(cell.tag, run.views, alignmentAttributes(cell));
        }),
      );
    const table = open?.kind === 'table' ? open : null;
    const head = table === null ? [elementView('thead', [row(block.head, -1)])] : [];
    const rows = block.rows.map((cells, index) =>
      row(cells, canContinue && index === block.rows.length - 1 ? findLastFilledCell(cells) : -1),
    );
    const reconciler = table?.reconciler ?? null;
    return { views: [elementView('table', [...head, ...rows], {}, reconciler)], inner: [], runs };
  }
}

export function getViews(shown: readonly RenderedBlock[]): readonly View[] {
  return shown.flatMap(({ views }) => views);
}

/** What a list's item holds without its task's box; null where it is no task. */
function parseTask({ children: [first, ...others] }: Item): {
  readonly box: TextView;
  readonly children: readonly Block[];
} | null {
  const mark = first?.kind === 'paragraph' ? taskPattern.exec(first.content) : null;
  if (first?.kind !== 'paragraph' || mark === null) return null;
  const content = first.content.slice(mark[0].length);
  const box = textView(mark[1] === ' ' ? '\u2610 ' : '\u2611 ');
  return { box, children: [{ ...first, content }, ...others] };
}

function createCodeView(
  { kind, language, content }: Code,
  isOpen: boolean,
  canContinue: boolean,
): View {
  const text = kind === 'indented' && isOpen ? content.slice(indentedHead.length) : content;
  const isUnended = kind === 'indented' && canContinue && text.endsWith('\n');
  // The parser ends it with a line feed that didn't come yet.
  return { kind: 'code', language, text: isUnended ? text.slice(0, -1) : text, node: null };
}

/** The content that an open indented code block's head stands for. */
export const indentedHead = 'x\n';

function alignmentAttributes({ align }: Cell): Attributes {
  return align === '' ? {} : { class: `align-${align}` };
}

function findLastFilledCell(cells: Row): number {
  return cells.findLastIndex(({ content }) => content !== '');
}

/**
 * The page's own headings end with the question's, of level 2: a reply's stand below it. Those of
 * level 3 and more, with which most replies begin, leave out no level.
 */
function headingAttributes(tag: string): Attributes {
  return tag === 'h1' || tag === 'h2' ? { 'aria-level': '3' } : {};
}
