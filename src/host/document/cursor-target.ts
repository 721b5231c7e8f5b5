import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import { cursorPrompt } from '../../core/prompt/task-prompts.ts';
import { detectIndentation } from '../editor/edit-document.ts';
import { documentName, readRanges } from '../editor/read-selections.ts';
import { InsertionPoint } from './insertion-point.ts';
import { codeFormat, proseFormat, type ReplyFormat } from './reply-document.ts';

/** Languages in which people write to people: a reply goes there as it is. */
const proseLanguages: ReadonlySet<string> = new Set([
  'markdown',
  'plaintext',
  'latex',
  'restructuredtext',
  'asciidoc',
  'git-commit',
  'scminput',
]);

/** Whether documents of a language (VS Code's identifier) hold sentences, not code. */
export function isProseLanguage(language: string): boolean {
  return proseLanguages.has(language);
}

/** Lines on each side of the cursor that go with the question where nothing is selected. */
const nearbyLines = 30;

/**
 * Where a reply is to go in a document, kept through its edits, and what goes with the question.
 */
export interface CursorTarget extends vscode.Disposable {
  readonly point: InsertionPoint;
  readonly attachments: readonly Attachment[];
  readonly format: ReplyFormat;
  readonly promptFor: (words: string) => Prompt;
}

/** The editor's cursor, or the end of what is selected. */
export async function createCursorTarget(editor: vscode.TextEditor): Promise<CursorTarget> {
  const { document, selection, selections } = editor;
  const at = selection.end;
  const point = new InsertionPoint(document, document.offsetAt(at));
  const line = document.lineAt(at.line);
  const leading = line.text.slice(0, Math.min(line.firstNonWhitespaceCharacterIndex, at.character));
  const isProse = isProseLanguage(document.languageId);
  const selected = selections.filter(({ isEmpty }) => !isEmpty);
  const nearby = document.validateRange(
    new vscode.Range(Math.max(0, at.line - nearbyLines), 0, at.line + nearbyLines, 10_000),
  );
  const ranges = selected.length > 0 ? selected : [nearby];
  const attachments = await readRanges(
    document,
    ranges.filter((range) => document.getText(range).trim() !== ''),
  );
  const file = documentName(document);
  const where = { file, line: at.line + 1, column: at.character + 1 };
  return {
    point,
    attachments,
    format: isProse ? proseFormat() : codeFormat(leading, detectIndentation(document, leading)),
    promptFor: (words) => (isProse ? { kind: 'free', text: words } : cursorPrompt(words, where)),
    dispose: () => point.dispose(),
  };
}
