/** What in a run of text could reach beyond it: brackets and backticks that nothing closes. */
export interface Scan {
  /** Every run of backticks, by length. */
  readonly runs: ReadonlySet<number>;
  /** The runs of backticks that open no code span in this text. */
  readonly openRuns: readonly { readonly at: number; readonly length: number }[];
  /** Where the brackets begin that nothing closes. */
  readonly openBrackets: readonly number[];
  /** Whether a bracket closes that nothing opened. */
  readonly closesBracket: boolean;
}

export function scanInline(text: string): Scan {
  const runs = new Set<number>();
  const openRuns: { at: number; length: number }[] = [];
  const openBrackets: number[] = [];
  let closesBracket = false;
  for (let at = 0; at < text.length; ) {
    switch (text[at]) {
      case '\\':
        at += 2;
        break;
      case '`': {
        const length = runLength(text, at);
        runs.add(length);
        const end = closingRun(text, at + length, length);
        if (end === -1) openRuns.push({ at, length });
        for (const run of text.slice(at, end === -1 ? at : end).match(/`+/g) ?? []) {
          runs.add(run.length);
        }
        at = end === -1 ? at + length : end;
        break;
      }
      case '[':
        openBrackets.push(at++);
        break;
      case ']':
        if (openBrackets.length === 0) closesBracket = true;
        // In an address it closes nothing, perhaps: then better one open too many.
        else if (!isInAddress(text, at)) openBrackets.pop();
        at++;
        break;
      default:
        at++;
    }
  }
  return { runs, openRuns, openBrackets, closesBracket };
}

function runLength(text: string, at: number): number {
  let end = at;
  while (text[end] === '`') end++;
  return end - at;
}

/**
 * Where the code span ends whose opening run of backticks ends here; -1 where nothing closes it.
 */
function closingRun(text: string, from: number, length: number): number {
  for (let at = text.indexOf('`', from); at !== -1; at = text.indexOf('`', at)) {
    const found = runLength(text, at);
    at += found;
    if (found === length) return at;
  }
  return -1;
}

function isInAddress(text: string, at: number): boolean {
  let from = at;
  while (from > 0 && !/[\s[(]/.test(text[from - 1] ?? '')) from--;
  return /[<:]/.test(text.slice(from, at));
}
