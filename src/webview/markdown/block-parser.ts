import type { Env, MarkdownIt, StateBlock, Token } from 'markdown-it';

/** Where a block begins in the source that was parsed. */
interface BlockStart {
  /** Offset of its first character that isn't white space or a container's marker. */
  readonly offset: number;
  /** Columns between where its container's content begins and that character. */
  readonly column: number;
  /** The column where its container's content begins, counted from the nearest quote. */
  readonly indent: number;
}

interface BlockLocation {
  /** Its first line, and the line after its last. */
  readonly lines: readonly [number, number];
  /** Null for a list's items but the first: they begin with their line. */
  readonly start: BlockStart | null;
}

interface Quote extends BlockLocation {
  readonly kind: 'quote';
  readonly children: Block[];
}

interface List extends BlockLocation {
  readonly kind: 'list';
  /** The number that an ordered list begins with; null for bullets. */
  readonly startNumber: number | null;
  /** `-`, `+`, `*`, `.` or `)`. */
  readonly marker: string;
  /** Whether its paragraphs stand without space between them. */
  readonly isTight: boolean;
  readonly children: Item[];
}

export interface Item extends BlockLocation {
  readonly kind: 'item';
  /** With its number: `-`, `12.`. */
  readonly marker: string;
  readonly children: Block[];
}

export interface Paragraph extends BlockLocation {
  readonly kind: 'paragraph';
  readonly content: string;
}

interface Heading extends BlockLocation {
  readonly kind: 'heading';
  readonly tag: string;
  readonly content: string;
}

export interface Code extends BlockLocation {
  readonly kind: 'fence' | 'indented';
  /** The first word behind the fence. */
  readonly language: string;
  readonly content: string;
}

interface Rule extends BlockLocation {
  readonly kind: 'rule';
}

export interface Cell {
  readonly tag: string;
  readonly align: string;
  readonly content: string;
}

export type Row = readonly Cell[];

export interface Table extends BlockLocation {
  readonly kind: 'table';
  readonly head: Row;
  readonly rows: readonly Row[];
}

interface Definition extends BlockLocation {
  readonly kind: 'definition';
  readonly label: string;
}

export type Block = Quote | List | Item | Paragraph | Heading | Code | Rule | Table | Definition;

/** Runs the parser's block rules alone: what kind each line is, and nothing of what is in it. */
export class BlockParser {
  readonly #parser: MarkdownIt;
  readonly #State: ReturnType<typeof createTracedState>;

  constructor(parser: MarkdownIt) {
    this.#parser = parser;
    this.#State = createTracedState(parser.block.State);
  }

  /** Definitions are written into `environment.references`. */
  parse(source: string, environment: Env): Block[] {
    if (source === '') return [];
    const tokens: Token[] = [];
    const state = new this.#State(source, this.#parser, environment, tokens);
    this.#parser.block.tokenize(state, state.line, state.lineMax);
    return readBlocks(new TokenReader(this.#parser, tokens, state.starts));
  }
}

/**
 * The parser's own state, and two things more that its tokens don't tell: where a block begins in
 * its line, and whether a list is tight, even where it has no paragraph that would show it.
 */
function createTracedState(State: typeof StateBlock) {
  return class TracedState extends State {
    readonly starts = new Map<number, BlockStart>();

    /** The parser calls it once before each block. */
    override skipEmptyLines(from: number): number {
      const line = super.skipEmptyLines(from);
      this.starts.set(this.tokens.length, getBlockStart(this, line));
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

function getBlockStart(state: StateBlock, line: number): BlockStart {
  return {
    offset: (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0),
    column: Math.max(0, (state.sCount[line] ?? 0) - state.blkIndent),
    indent: state.blkIndent,
  };
}

/** Goes through tokens one by one. */
class TokenReader {
  readonly parser: MarkdownIt;
  readonly #tokens: readonly Token[];
  readonly #starts: ReadonlyMap<number, BlockStart>;
  #at = 0;

  constructor(
    parser: MarkdownIt,
    tokens: readonly Token[],
    starts: ReadonlyMap<number, BlockStart>,
  ) {
    this.parser = parser;
    this.#tokens = tokens;
    this.#starts = starts;
  }

  get next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  get start(): BlockStart | null {
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
function readBlocks(reader: TokenReader): Block[] {
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

function readBlock(reader: TokenReader): Block {
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
      const startAttribute = token.attrGet('start');
      const first =
        token.type === 'bullet_list_open'
          ? null
          : startAttribute === null
            ? 1
            : Number(startAttribute);
      const { markup: marker } = token;
      return {
        kind: 'list',
        startNumber: first,
        marker,
        isTight: isTight.value,
        children,
        lines,
        start,
      };
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

function readItems(
  reader: TokenReader,
  listStart: BlockStart | null,
  isTight: { value: boolean },
): Item[] {
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

function readTable(reader: TokenReader): { head: Row; rows: Row[] } {
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
