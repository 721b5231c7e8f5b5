/** What runs in the page of `every-moment.test.ts`. */
import fc from 'fast-check';
import { MarkdownView } from '../../../src/webview/markdown/markdown-view.ts';
import { createParser } from '../../../src/webview/markdown/parser.ts';
import { cutText } from './trap-lines.ts';

const parser = createParser();

/** Pieces that mean something only together with what is before or behind them. */
const piece = fc.constantFrom(
  ...['word', ' ', ' ', 'a b', '.', ';', '!', 'x,', 'é', 'two words', 'ten words here'],
  ...['*', '**', '_', '~~', '`', '[', ']', '(', ')', '[a](b', '"t', '\\', '&amp', '<b', '>'],
  ...['\n', '\n\n', '\t', '    ', '- ', '> ', '1. ', '# ', '```\n', '[a]: /u', ': '],
  ...['http', '://x', '|', '| ', ' | b', '|\n|--|--|\n| a', '`a | b`'],
  ...['これは', '「', '」', '。', '（', '중요', 'https://a.b/c'],
);
const soup = fc.array(piece, { minLength: 1, maxLength: 30 });

function shown(text: string): string {
  const root = document.createElement('div');
  new MarkdownView(root, parser).append(text);
  return root.innerHTML;
}

/** The pieces up to where the page shows something else than it would had they come at once. */
function firstDifference(pieces: readonly string[]): string | null {
  const root = document.createElement('div');
  const view = new MarkdownView(root, parser);
  let text = '';
  for (const [index, added] of pieces.entries()) {
    view.append(added);
    text += added;
    const right = shown(text);
    if (root.innerHTML === right) continue;
    return `${JSON.stringify(pieces.slice(0, index + 1))} shows\n${root.innerHTML}\ninstead of\n${right}`;
  }
  return null;
}

/** Random texts in random pieces; what fails is made small. Null where nothing failed. */
function fuzz(texts: 'soup' | 'trap lines', runs: number, seed: number): string | null {
  const pieces: fc.Arbitrary<readonly string[]> = texts === 'soup' ? soup : cutText;
  const result = fc.check(
    fc.property(pieces, (given) => firstDifference(given) === null),
    { numRuns: runs, seed },
  );
  if (!result.failed) return null;
  const [found] = result.counterexample ?? [[]];
  return firstDifference(found) ?? String(result.errorInstance);
}

/** What a text shows when it comes at once, and what it shows when it comes by characters. */
function bothWays(text: string): readonly [string, string] {
  const root = document.createElement('div');
  const view = new MarkdownView(root, parser);
  for (const character of text) view.append(character);
  return [shown(text), root.innerHTML];
}

export const everyMoment = { bothWays, fuzz };
Object.assign(globalThis, { everyMoment });
