/**
 * `npm run bench:odd-text` [-- --json]: the longest call on 100 KB of text that nobody writes and a model may:
 * long runs of marks, brackets and blanks, and lines that U+2028 separates.
 */
import { trimBlankLines } from '../../src/core/code/indentation.ts';
import { splitFrontMatter } from '../../src/core/prompt/front-matter.ts';
import { InlineParser } from '../../src/webview/markdown/inline-parser.ts';
import { LinkDefinitions } from '../../src/webview/markdown/link-definitions.ts';
import { parseOpenInline } from '../../src/webview/markdown/open-inline.ts';
import { createParser } from '../../src/webview/markdown/parser.ts';
import { bar, median, report } from './report.ts';

const length = 100_000;
const limitMs = 50;
const trials = 5;

const parser = new InlineParser(createParser(), new LinkDefinitions());
const parse = (text: string): unknown => parseOpenInline(text, parser, true);

const calls: readonly [name: string, text: string, call: (text: string) => unknown][] = [
  ['stars, then a letter, in a reply', `${'*'.repeat(length)}x`, parse],
  ['backticks, then a letter, in a reply', `a ${'`'.repeat(length)}x`, parse],
  ['[[…]] in a reply', '['.repeat(length / 2) + ']'.repeat(length / 2), parse],
  ['blanks in code to replace a selection', `a${' '.repeat(length)}b`, trimBlankLines],
  [
    'hashes before U+2028 in a prompt file’s head',
    `---\nkey: a${' #'.repeat(length / 2)}\u2028x\n---\nBody.`,
    splitFrontMatter,
  ],
];

function measure(text: string, call: (text: string) => unknown): number {
  const times = Array.from({ length: trials }, () => {
    const start = performance.now();
    call(text);
    return performance.now() - start;
  });
  return median(times);
}

report(
  'odd-text',
  calls.map(([name, text, call]) => bar(name, measure(text, call), 'ms', limitMs)),
  [],
);
