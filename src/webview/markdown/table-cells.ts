import type { MarkdownIt, StateBlock } from 'markdown-it';
import MarkdownItParser from 'markdown-it';

/**
 * GFM divides a row at a bar within code too, and drops the cells that are then too many. Models
 * write bars in code unescaped, so a row with too many cells is divided outside code alone; what is
 * still too much stays in the last cell. No text of a table is lost.
 */
export function keepSurplusCells(parser: MarkdownIt): void {
  const { ruler } = new MarkdownItParser().block;
  ruler.enableOnly('table');
  const [parseTable] = ruler.getRules('');
  if (parseTable === undefined) throw new Error('The parser has no tables.');
  parser.block.ruler.at(
    'table',
    (state, startLine, endLine, silent) => {
      const first = state.tokens.length;
      const isTable = parseTable(state, startLine, endLine, silent);
      if (isTable && !silent) divideRows(state, first);
      return isTable;
    },
    { alt: ['paragraph', 'reference'] },
  );
}

/** Divides the rows anew that have too many cells, among the tokens from `first` on. */
function divideRows({ src, tokens, bMarks, tShift, eMarks }: StateBlock, first: number): void {
  let line = 0;
  let cells: { content: string }[] = [];
  for (const token of tokens.slice(first)) {
    if (token.type === 'tr_open') {
      cells = [];
      line = token.map?.[0] ?? 0;
    } else if (token.type === 'inline') cells.push(token);
    else if (token.type === 'tr_close') {
      const from = (bMarks[line] ?? 0) + (tShift[line] ?? 0);
      const row = src.slice(from, eMarks[line]).trim();
      const count = cells.length;
      const divided = divideRow(row, count);
      if (divided === null) continue;
      for (const [index, cell] of cells.entries()) cell.content = divided[index] ?? '';
    }
  }
}

/** The cells of a row; null where it has no more of them than `count` as GFM divides it. */
function divideRow(row: string, count: number): readonly string[] | null {
  const plain = splitAtBars(row, false);
  if (plain.length <= count) return null;
  const outsideCode = splitAtBars(row, true);
  const cells = outsideCode.length >= count ? outsideCode : plain;
  return [...cells.slice(0, count - 1), cells.slice(count - 1).join('|')].map((cell) =>
    cell.trim(),
  );
}

const barsAndCode = /\\[\s\S]|(`+)|\|/g;

/** Splits at bars that no backslash escapes. The bars at a row's ends are no cells. */
function splitAtBars(row: string, keepsCode: boolean): readonly string[] {
  const cells: string[] = [];
  let from = 0;
  let codeEnd = 0;
  for (const { 0: mark, 1: backticks, index } of row.matchAll(barsAndCode)) {
    if (index < codeEnd) continue;
    if (backticks !== undefined && keepsCode) codeEnd = findCodeEnd(row, index, backticks);
    else if (mark === '|') {
      cells.push(row.slice(from, index));
      from = index + 1;
    }
  }
  cells.push(row.slice(from));
  if (cells[0] === '') cells.shift();
  if (cells.at(-1) === '') cells.pop();
  return cells.map((cell) => cell.replaceAll('\\|', '|'));
}

/** Where the code span ends that these backticks begin; behind them where nothing ends it. */
function findCodeEnd(row: string, start: number, backticks: string): number {
  const from = start + backticks.length;
  const run = new RegExp(`(?<!\`)${backticks}(?!\`)`, 'g');
  run.lastIndex = from;
  return run.test(row) ? run.lastIndex : from;
}
