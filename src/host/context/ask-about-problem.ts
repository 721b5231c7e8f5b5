import * as vscode from 'vscode';
import { builtInAnswerPrompt } from '../../core/prompt/built-in-prompts.ts';
import { explainProblemText } from '../../core/prompt/problem-prompt.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { Asker } from '../ask/asker.ts';
import { problemsAt } from './problems.ts';

/** Where the problem is: what the lightbulb brings, else the cursor. */
interface Where {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

/** Explains or fixes what other extensions say is wrong there. */
export async function askAboutProblem(
  asker: Pick<Asker, 'send'>,
  purpose: 'explain' | 'fix',
  uri: unknown,
  range: unknown,
): Promise<void> {
  const where =
    uri instanceof vscode.Uri && range instanceof vscode.Range ? { uri, range } : atCursor();
  const attachments =
    where === null
      ? []
      : await problemsAt(await vscode.workspace.openTextDocument(where.uri), where.range);
  if (attachments.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no problem here: put the cursor on one first.'),
    );
    return;
  }
  await asker.send({ prompt: promptFor(purpose), attachments });
}

function atCursor(): Where | null {
  const { activeTextEditor: editor } = vscode.window;
  return editor === undefined ? null : { uri: editor.document.uri, range: editor.selection };
}

function promptFor(purpose: 'explain' | 'fix'): Prompt {
  if (purpose === 'fix') return builtInAnswerPrompt('fix', vscode.l10n);
  return { kind: 'built-in', name: vscode.l10n.t('Explain Problem'), text: explainProblemText };
}
