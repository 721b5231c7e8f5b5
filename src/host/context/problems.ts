import * as vscode from 'vscode';
import type { Attachment, ContextAttachment } from '../../core/prompt/attachment.ts';
import { documentName, readRanges } from '../editor/read-selections.ts';

/** More than these are left out, and it is said how many. */
const mostProblems = 50;
const mostRelated = 5;

/**
 * What is wrong at a range of a document, as other extensions tell it, with the lines that they
 * tell it of and what surrounds them. Empty where nothing is wrong there.
 */
export async function problemsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<readonly Attachment[]> {
  const found = vscode.languages
    .getDiagnostics(document.uri)
    .filter((problem) => problem.range.intersection(range) !== undefined)
    .toSorted((a, b) => a.range.start.compareTo(b.range.start));
  const [first] = found;
  if (first === undefined) return [];
  const lines = found.reduce((all, problem) => all.union(problem.range), range);
  const code = await readRanges(document, [wholeLines(document, lines)]);
  return [...code, problemList(documentName(document), found)];
}

function wholeLines(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.Range {
  return new vscode.Range(start.line, 0, end.line, document.lineAt(end.line).text.length);
}

function problemList(file: string, found: readonly vscode.Diagnostic[]): ContextAttachment {
  const left = found.length - mostProblems;
  const lines = found.slice(0, mostProblems).flatMap(problemLines);
  const [first] = found;
  const label =
    found.length === 1 && first !== undefined
      ? vscode.l10n.t('the problem in line {0}', first.range.start.line + 1)
      : vscode.l10n.t('{0} problems in {1}', found.length, file);
  const text = [...lines, ...(left > 0 ? [`and ${left} more`] : [])].join('\n');
  return { kind: 'problems', label, language: '', text };
}

/** `3:5 error ts(2304): Cannot find name 'x'.`, and what belongs to it, indented. */
function problemLines(problem: vscode.Diagnostic): readonly string[] {
  const { range, severity, source = '', message, relatedInformation = [] } = problem;
  const { line, character } = range.start;
  const by = `${source}${codeOf(problem)}`;
  const what = by === '' ? severityName(severity) : `${severityName(severity)} ${by}`;
  return [
    `${line + 1}:${character + 1} ${what}: ${message}`,
    ...relatedInformation.slice(0, mostRelated).map(({ location, message: also }) => {
      const file = vscode.workspace.asRelativePath(location.uri);
      return `  ${file}:${location.range.start.line + 1}: ${also}`;
    }),
  ];
}

function codeOf({ code }: vscode.Diagnostic): string {
  if (code === undefined) return '';
  return `(${typeof code === 'object' ? code.value : code})`;
}

/** As compilers say it, in English: the model is told, not the user. */
function severityName(severity: vscode.DiagnosticSeverity): string {
  switch (severity) {
    case vscode.DiagnosticSeverity.Error:
      return 'error';
    case vscode.DiagnosticSeverity.Warning:
      return 'warning';
    case vscode.DiagnosticSeverity.Information:
      return 'information';
    case vscode.DiagnosticSeverity.Hint:
      return 'hint';
  }
}
