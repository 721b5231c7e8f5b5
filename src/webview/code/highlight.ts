import hljs from 'highlight.js/lib/core';
import { grammars } from './grammars.ts';
import type { Highlight, Run } from './highlighted.ts';
import { refineRun } from './refine-run.ts';
import { type Piece, RunEmitter } from './run-emitter.ts';

const highlighter = hljs.newInstance();
highlighter.configure({ __emitter: RunEmitter });
for (const [name, grammar] of Object.entries(grammars)) {
  highlighter.registerLanguage(name, grammar);
}

export const highlight: Highlight = (code, language) => {
  if (highlighter.getLanguage(language) === undefined) return null;
  const { _emitter: emitter } = highlighter.highlight(code, { language, ignoreIllegals: true });
  if (!(emitter instanceof RunEmitter)) return null;
  const { pieces } = emitter;
  // What it says has to be what it was given: else the code stays as it is.
  if (pieces.map(({ text }) => text).join('') !== code) return null;
  return { runs: joined(runsOf(pieces, language)), freshLines: freshLinesOf(pieces) };
};

function runsOf(pieces: readonly Piece[], language: string): readonly Run[] {
  return pieces.flatMap(({ text, kind, language: own }, index) =>
    refineRun(text, kind, own ?? language, pieces[index + 1]?.text.charAt(0) ?? ''),
  );
}

/** Runs of one kind that follow each other as one. */
function joined(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last?.kind === run.kind) {
      result[result.length - 1] = { kind: run.kind, length: last.length + run.length };
    } else result.push(run);
  }
  return result;
}

/** Lines whose first character is no whitespace and no closing bracket, outside of everything. */
function freshLinesOf(pieces: readonly Piece[]): readonly number[] {
  const lines: number[] = [];
  let offset = 0;
  for (const { text, isOutermost } of pieces) {
    if (isOutermost) {
      for (const { index } of text.matchAll(/\n(?=[^\s)\]}]|$)/g)) lines.push(offset + index + 1);
    }
    offset += text.length;
  }
  return lines;
}
