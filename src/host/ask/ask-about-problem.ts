import * as vscode from 'vscode';
import type { Attachment, ContextAttachment } from '../../core/prompt/attachment.ts';
import { getAnswerPrompt } from '../../core/prompt/built-in-prompts.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import { explainProblemText } from '../../core/prompt/task-prompts.ts';
import { documentName, readRanges } from '../editor/read-selections.ts';
import type { AskService } from './ask-service.ts';

/** More than these are left out, and it is said how many. */
const maxProblems = 50;
const maxRelated = 5;

/**
 * What is wrong at a range of a document, as other extensions tell it, with the lines that they
 * tell it of and what surrounds them. Empty where nothing is wrong there.
 */
async function readProblems(
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
  const left = found.length - maxProblems;
  const lines = found.slice(0, maxProblems).flatMap(problemLines);
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
  const by = `${source}${codeText(problem)}`;
  const what = by === '' ? severityName(severity) : `${severityName(severity)} ${by}`;
  return [
    `${line + 1}:${character + 1} ${what}: ${message}`,
    ...relatedInformation.slice(0, maxRelated).map(({ location, message: also }) => {
      const file = vscode.workspace.asRelativePath(location.uri);
      return `  ${file}:${location.range.start.line + 1}: ${also}`;
    }),
  ];
}

function codeText({ code }: vscode.Diagnostic): string {
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

/** Where the problem is: what the lightbulb brings, else the cursor. */
interface ProblemLocation {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

/** Explains or fixes what other extensions say is wrong there. */
export async function askAboutProblem(
  asker: Pick<AskService, 'send'>,
  purpose: 'explain' | 'fix',
  uri: unknown,
  range: unknown,
): Promise<void> {
  const where =
    uri instanceof vscode.Uri && range instanceof vscode.Range ? { uri, range } : atCursor();
  const attachments =
    where === null
      ? []
      : await readProblems(await vscode.workspace.openTextDocument(where.uri), where.range);
  if (attachments.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no problem here: put the cursor on one first.'),
    );
    return;
  }
  await asker.submit({ prompt: promptFor(purpose), attachments });
}

function atCursor(): ProblemLocation | null {
  const { activeTextEditor: editor } = vscode.window;
  return editor === undefined ? null : { uri: editor.document.uri, range: editor.selection };
}

function promptFor(purpose: 'explain' | 'fix'): Prompt {
  if (purpose === 'fix') return getAnswerPrompt('fix', vscode.l10n);
  return { kind: 'built-in', name: vscode.l10n.t('Explain Problem'), text: explainProblemText };
}
