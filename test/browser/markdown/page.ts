/** What runs in the page: bundled, and called by the tests through `page.evaluate`. */
import fc from 'fast-check';
import { MarkdownView } from '../../../src/webview/markdown/markdown-view.ts';
import { createParser } from '../../../src/webview/markdown/parser.ts';
import { comparable } from './comparable.ts';
import { referenceDom } from './reference-dom.ts';
import { splits } from './splits.ts';
import { cutLongText, cutText } from './trap-lines.ts';

const parser = createParser();

function freshRoot(): HTMLElement {
  const root = document.createElement('div');
  root.className = 'reply-text';
  document.body.replaceChildren(root);
  return root;
}

function streamed(pieces: readonly string[]): string {
  const root = document.createElement('div');
  const view = new MarkdownView(root, parser);
  for (const piece of pieces) view.append(piece);
  view.finish();
  return comparable(root);
}

function expected(text: string): string {
  return comparable(referenceDom(parser, text));
}

function difference(pieces: readonly string[], right = expected(pieces.join(''))): string | null {
  let shown: string;
  try {
    shown = streamed(pieces);
  } catch (error) {
    shown = error instanceof Error ? (error.stack ?? '') : String(error);
  }
  if (shown === right) return null;
  return `${JSON.stringify(pieces)} shows\n${shown}instead of\n${right}`;
}

/** The ways of cutting these texts that show anything else than the whole text does. */
function differences(texts: readonly string[], manySplits: number): readonly string[] {
  const found: string[] = [];
  for (const [index, text] of texts.entries()) {
    const right = expected(text);
    const whole = difference([text], right);
    if (whole !== null) found.push(whole);
    for (const pieces of splits(text, manySplits, index)) {
      const other = difference(pieces, right);
      if (other === null) continue;
      found.push(other);
      break;
    }
  }
  return found;
}

/** Random texts of trap lines; what fails is made small. Null where nothing failed. */
function fuzz(runs: number, seed: number): string | null {
  return check(cutText, runs, seed);
}

/** The same with constructs so long that their beginning is finished while they are open. */
function fuzzLong(runs: number, seed: number): string | null {
  return check(cutLongText, runs, seed);
}

function check(texts: fc.Arbitrary<readonly string[]>, runs: number, seed: number): string | null {
  const result = fc.check(
    fc.property(texts, (pieces) => difference(pieces) === null),
    { numRuns: runs, seed },
  );
  if (!result.failed) return null;
  const [pieces] = result.counterexample ?? [[]];
  return difference(pieces) ?? String(result.errorInstance);
}

export const calls = { differences, fuzz, fuzzLong, streamed, expected, freshRoot };
Object.assign(globalThis, { calls, MarkdownView, parser });
