import type { Env, MarkdownIt, StateBlock, Token } from 'markdown-it';
import type { Block, Cell, Item, Row, Start } from './blocks.ts';

/** Runs the parser's block rules alone: what kind each line is, and nothing of what is in it. */
export class BlockParser {
  readonly #parser: MarkdownIt;
  readonly #State: ReturnType<typeof tracing>;

  constructor(parser: MarkdownIt) {
    this.#parser = parser;
    this.#State = tracing(parser.block.State);
  }

  /** Definitions are written into `environment.references`. */
  parse(source: string, environment: Env): Block[] {
    if (source === '') return [];
    const tokens: Token[] = [];
    const state = new this.#State(source, this.#parser, environment, tokens);
    this.#parser.block.tokenize(state, state.line, state.lineMax);
    return readBlocks(new Reader(this.#parser, tokens, state.starts));
  }
}

/**
 * The parser's own state, and two things more that its tokens don't tell: where a block begins in
 * its line, and whether a list is tight, even where it has no paragraph that would show it.
 */
function tracing(State: typeof StateBlock) {
  return class TracedState extends State {
    readonly starts = new Map<number, Start>();

    /** The parser calls it once before each block. */
    override skipEmptyLines(from: number): number {
      const line = super.skipEmptyLines(from);
      this.starts.set(this.tokens.length, startOf(this, line));
      return line;
    }

    override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
      const isFirstItem =
        type === 'list_item_open' && this.tokens.at(-1)?.type.endsWith('_list_open') === true;
      const token = super.push(type, tag, nesting);
      if (isFirstItem) {
        // The parser hides a tight list's paragraphs: this one is there to be looked at.
        const probe = new this.Token('paragraph_open', 'p', 1);
        probe.level = token.level + 1;
        this.tokens.push(probe, new this.Token('', '', 0), new this.Token('', '', 0));
      }
      return token;
    }
  };
}

function startOf(state: StateBlock, line: number): Start {
  return {
    offset: (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0),
    column: Math.max(0, (state.sCount[line] ?? 0) - state.blkIndent),
    indent: state.blkIndent,
  };
}

/** Goes through tokens one by one. */
class Reader {
  readonly parser: MarkdownIt;
  readonly #tokens: readonly Token[];
  readonly #starts: ReadonlyMap<number, Start>;
  #at = 0;

  constructor(parser: MarkdownIt, tokens: readonly Token[], starts: ReadonlyMap<number, Start>) {
    this.parser = parser;
    this.#tokens = tokens;
    this.#starts = starts;
  }

  get next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  get start(): Start | null {
    return this.#starts.get(this.#at) ?? null;
  }

  take(): Token {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Error('The parser’s tokens end too early.');
    return token;
  }

  skip(count: number): void {
    this.#at += count;
  }
}

/** The blocks up to the end of what they are in, whose closing token is taken too. */
function readBlocks(reader: Reader): Block[] {
  const blocks: Block[] = [];
  for (;;) {
    const token = reader.next;
    if (token === undefined) return blocks;
    if (token.nesting === -1) {
      reader.skip(1);
      return blocks;
    }
    blocks.push(readBlock(reader));
  }
}

function readBlock(reader: Reader): Block {
  const { start } = reader;
  const token = reader.take();
  const lines = token.map ?? [0, 0];
  switch (token.type) {
    case 'blockquote_open':
      return { kind: 'quote', children: readBlocks(reader), lines, start };
    case 'bullet_list_open':
    case 'ordered_list_open': {
      const isTight = { value: true };
      const children = readItems(reader, start, isTight);
      const given = token.attrGet('start');
      const first = token.type === 'bullet_list_open' ? null : given === null ? 1 : Number(given);
      const { markup: marker } = token;
      return { kind: 'list', first, marker, tight: isTight.value, children, lines, start };
    }
    case 'paragraph_open':
    case 'heading_open': {
      const { content } = reader.take();
      reader.skip(1);
      if (token.type === 'paragraph_open') return { kind: 'paragraph', content, lines, start };
      return { kind: 'heading', tag: token.tag, content, lines, start };
    }
    case 'fence': {
      const info = reader.parser.utils.unescapeAll(token.info).trim();
      const language = info.split(/\s+/)[0] ?? '';
      return { kind: 'fence', language, content: token.content, lines, start };
    }
    case 'code_block':
      return { kind: 'indented', language: '', content: token.content, lines, start };
    case 'hr':
      return { kind: 'rule', lines, start };
    case 'table_open':
      return { kind: 'table', ...readTable(reader), lines, start };
    case 'reference_definition':
      return { kind: 'definition', label: String(token.meta?.['label']), lines, start };
    default:
      throw new Error(`The parser has a block that isn’t known here: ${token.type}.`);
  }
}

function readItems(reader: Reader, listStart: Start | null, isTight: { value: boolean }): Item[] {
  const items: Item[] = [];
  for (;;) {
    const token = reader.take();
    if (token.nesting === -1) return items;
    if (items.length === 0) {
      isTight.value = reader.take().hidden;
      reader.skip(2);
    }
    const start = items.length === 0 ? listStart : null;
    const marker = token.info + token.markup;
    items.push({
      kind: 'item',
      marker,
      children: readBlocks(reader),
      lines: token.map ?? [0, 0],
      start,
    });
  }
}

function readTable(reader: Reader): { head: Row; rows: Row[] } {
  const rows: Row[] = [];
  let cells: Cell[] = [];
  for (;;) {
    const token = reader.take();
    switch (token.type) {
      case 'tr_open':
        cells = [];
        break;
      case 'tr_close':
        rows.push(cells);
        break;
      case 'th_open':
      case 'td_open': {
        const style = String(token.attrGet('style') ?? '');
        const align = /^text-align:(left|center|right)$/.exec(style)?.[1] ?? '';
        cells.push({ tag: token.tag, align, content: reader.take().content });
        break;
      }
      case 'table_close':
        return { head: rows[0] ?? [], rows: rows.slice(1) };
    }
  }
}
