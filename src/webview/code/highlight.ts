import hljs from 'highlight.js/lib/core';
import type { TokenKind } from '../../core/theme/palette.ts';
import { grammars } from './grammars.ts';
import type { Highlight, TokenRun } from './highlighter.ts';
import { type Piece, RunEmitter } from './run-emitter.ts';

/*
 * The highlighter knows fewer kinds than an editor's grammar: all keywords are one, names in
 * JavaScript are none. What the words themselves tell is made up for here, so that code looks here
 * as it does in the editor.
 */

const controlWords: ReadonlySet<string> = new Set(
  (
    'if else elif elsif elseif unless then fi for foreach while until loop do done switch case ' +
    'match when select default break continue return goto throw throws raise try catch except ' +
    'finally rescue ensure yield await with pass defer go in of esac end begin co_await co_return'
  ).split(' '),
);
const importWords: ReadonlySet<string> = new Set(['import', 'export', 'from', 'as', 'assert']);
/** Words of control that are other things here. */
const operatorWords: ReadonlySet<string> = new Set(['in', 'of']);
const selfWords: ReadonlySet<string> = new Set(['this', 'super', 'self', 'cls', 'arguments']);

const scriptLanguages: ReadonlySet<string> = new Set(['javascript', 'typescript']);
const importsAreControl: ReadonlySet<string> = new Set([...scriptLanguages, 'python']);
const shellLanguages: ReadonlySet<string> = new Set([
  'bash',
  'shell',
  'powershell',
  'dos',
  'makefile',
]);
const preprocessorLanguages: ReadonlySet<string> = new Set(['c', 'cpp', 'objectivec']);
const annotationLanguages: ReadonlySet<string> = new Set(['java', 'kotlin', 'groovy', 'scala']);

/**
 * A run as finer ones.
 * @param next the character behind it
 */
function refineRun(
  text: string,
  kind: TokenKind | null,
  language: string,
  next: string,
): readonly TokenRun[] {
  if (kind === null && scriptLanguages.has(language)) return nameRuns(text, next);
  return [{ length: text.length, kind: refineKind(text, kind, language, next) }];
}

function refineKind(
  text: string,
  kind: TokenKind | null,
  language: string,
  next: string,
): TokenKind | null {
  switch (kind) {
    case 'keyword':
      return isControl(text, language) ? 'control' : 'keyword';
    case 'builtin-type':
      return isCommand(text, language, next) ? 'builtin-function' : kind;
    case 'self':
      return selfWords.has(text) ? kind : 'variable';
    case 'property':
      if (language === 'yaml') return 'tag';
      return scriptLanguages.has(language) ? 'variable' : kind;
    case 'meta':
      return refineMeta(text, language);
    default:
      return kind;
  }
}

function isControl(word: string, language: string): boolean {
  if (language === 'sql') return false;
  if (importWords.has(word)) return importsAreControl.has(language);
  if (operatorWords.has(word)) return language === 'bash';
  return controlWords.has(word);
}

function refineMeta(text: string, language: string): TokenKind {
  if (text.startsWith('#!')) return 'comment';
  if (/^['"]/.test(text)) return 'string';
  if (preprocessorLanguages.has(language)) return 'control';
  if (annotationLanguages.has(language)) return 'type';
  return scriptLanguages.has(language) || language === 'python' ? 'function' : 'meta';
}

/** Called, a macro, or a word of a shell. */
function isCommand(word: string, language: string, next: string): boolean {
  return next === '(' || word.endsWith('!') || shellLanguages.has(language);
}

/** A name, but not the dollar of a template's placeholder. */
const namePattern = /(?!\$\{)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
/** Behind a function's name: type parameters before the bracket. */
const typeParametersPattern = /^<[^<>()]*>\(/;

/** The names in plain code: functions, types where they begin with a capital, else variables. */
function nameRuns(text: string, next: string): readonly TokenRun[] {
  const runs: TokenRun[] = [];
  let at = 0;
  for (const { 0: name, index } of text.matchAll(namePattern)) {
    if (index > at) runs.push({ length: index - at, kind: null });
    at = index + name.length;
    runs.push({ length: name.length, kind: classifyName(name, text.slice(at) + next) });
  }
  if (at < text.length) runs.push({ length: text.length - at, kind: null });
  return runs;
}

function classifyName(name: string, behind: string): TokenKind {
  if (typeParametersPattern.test(behind)) return 'function';
  return /^\p{Lu}/u.test(name) ? 'type' : 'variable';
}

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
  return { runs: mergeRuns(toRuns(pieces, language)), freshLines: findFreshLines(pieces) };
};

function toRuns(pieces: readonly Piece[], language: string): readonly TokenRun[] {
  return pieces.flatMap(({ text, kind, language: own }, index) =>
    refineRun(text, kind, own ?? language, pieces[index + 1]?.text.charAt(0) ?? ''),
  );
}

/** Runs of one kind that follow each other as one. */
function mergeRuns(runs: readonly TokenRun[]): readonly TokenRun[] {
  const result: TokenRun[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last?.kind === run.kind) {
      result[result.length - 1] = { kind: run.kind, length: last.length + run.length };
    } else result.push(run);
  }
  return result;
}

/** Lines whose first character is no whitespace and no closing bracket, outside of everything. */
function findFreshLines(pieces: readonly Piece[]): readonly number[] {
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
