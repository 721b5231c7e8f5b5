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

const marks = [
  '*',
  '_',
  '`',
  '~',
  '[',
  ']',
  '(',
  '|',
  '#',
  '--',
  '==',
  '>',
  '<',
  '&',
  '\\\\',
  'http',
  '1.',
  '- ',
];

/**
 * What a reader sees flash while this text comes character by character: marks that the finished
 * text doesn't have, and blocks that turn from one kind into another.
 */
function flashes(text: string): readonly string[] {
  const root = freshRoot();
  const view = new MarkdownView(root, parser);
  const steps = [...text].map((character) => {
    view.append(character);
    return { words: root.textContent ?? '', kinds: kindsIn(root) };
  });
  view.finish();
  const finished = root.textContent ?? '';
  const found = new Set<string>();
  const kinds: string[] = [];
  for (const [index, step] of steps.entries()) {
    for (const mark of marks) {
      if (!step.words.includes(mark) || finished.includes(mark)) continue;
      found.add(`${JSON.stringify(mark)} after ${JSON.stringify(text.slice(0, index + 1))}`);
    }
    for (const [place, kind] of step.kinds.entries()) {
      if (kinds[place] !== undefined && kinds[place] !== kind) {
        found.add(`${kinds[place]} to ${kind} after ${JSON.stringify(text.slice(0, index + 1))}`);
      }
      kinds[place] = kind;
    }
    if (step.kinds.length < kinds.length) found.add(`a block went at ${index + 1}`);
  }
  return [...found];
}

function kindsIn(root: HTMLElement): string[] {
  return [
    ...root.querySelectorAll('p, h1, h2, h3, ul, ol, li, pre, table, blockquote, hr, tr'),
  ].map(({ localName }) => localName);
}

/** What stands on the page before the last `held` characters come. */
function shownOf(text: string): string {
  const root = freshRoot();
  new MarkdownView(root, parser).append(text);
  return root.innerText;
}

/** Whether a selection over these words is the same after the rest of the text has come. */
function selectionAfter(begun: string, words: string, rest: string): string {
  const root = freshRoot();
  const view = new MarkdownView(root, parser);
  view.append(begun);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const at = node.textContent?.indexOf(words) ?? -1;
    if (at !== -1) getSelection()?.setBaseAndExtent(node, at, node, at + words.length);
  }
  for (const character of rest) view.append(character);
  const before = getSelection()?.toString() ?? '';
  view.finish();
  return before === getSelection()?.toString() ? before : `${before}, then another`;
}

/** Nodes that stand on the page for good are the same ones after more text came. */
function touchedBlocks(text: string, pieceLength: number): number {
  const root = freshRoot();
  const view = new MarkdownView(root, parser);
  const touched = new Set<Node>();
  const whole = new WeakSet<Node>();
  const observer = new MutationObserver(() => {});
  observer.observe(root, { childList: true, characterData: true, subtree: true });
  for (let at = 0; at < text.length; at += pieceLength) {
    view.append(text.slice(at, at + pieceLength));
    for (const { target } of observer.takeRecords()) {
      const element = target instanceof Element ? target : target.parentElement;
      const section = element?.closest('section, .whole');
      if (section !== null && section !== undefined && whole.has(section)) touched.add(section);
    }
    for (const section of root.querySelectorAll('.whole')) whole.add(section);
  }
  observer.disconnect();
  return touched.size;
}

/** How many groups a text makes, and whether `find` finds these words in one of them. */
function groupsOf(
  text: string,
  words: string,
): { groups: number; found: boolean; selected: string } {
  const root = freshRoot();
  const view = new MarkdownView(root, parser);
  view.append(text);
  view.finish();
  const groups = root.querySelectorAll('.whole').length;
  getSelection()?.removeAllRanges();
  const found: unknown = Reflect.apply(Reflect.get(globalThis, 'find'), globalThis, [words]);
  getSelection()?.selectAllChildren(root);
  return { groups, found: found === true, selected: getSelection()?.toString() ?? '' };
}

/** What is shown where the text was taken for whole, and then went on. */
function continued(first: string, rest: string): string {
  const root = document.createElement('div');
  const view = new MarkdownView(root, parser);
  view.append(first);
  view.finish();
  view.append(rest);
  view.finish();
  return comparable(root);
}

/** Elements that load something, whatever the text is. */
function loads(text: string): number {
  const root = freshRoot();
  const view = new MarkdownView(root, parser);
  view.append(text);
  view.finish();
  return root.querySelectorAll('img, script, iframe, style, link, object, [style], [onerror]')
    .length;
}

export const calls = {
  differences,
  fuzz,
  fuzzLong,
  streamed,
  expected,
  flashes,
  shownOf,
  selectionAfter,
  touchedBlocks,
  groupsOf,
  continued,
  loads,
};
Object.assign(globalThis, { calls, MarkdownView, parser });
