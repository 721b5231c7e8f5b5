import * as vscode from 'vscode';
import type { ContextAttachment } from '../../core/prompt/attachment.ts';
import { getAnswerPrompt } from '../../core/prompt/built-in-prompts.ts';
import type { AskService } from '../ask/ask-service.ts';
import { pickRepository, type Repository, readDiff } from './git.ts';

/** Asks for a review of what has changed: staged or not, which is asked where there are both. */
export async function reviewChanges(
  asker: Pick<AskService, 'submit'>,
  argument: unknown,
): Promise<void> {
  const repository = await pickRepository(argument);
  if (repository === null) return;
  const diffs = await readChanges(repository);
  const [only] = diffs;
  if (only === undefined) {
    notifyNothingChanged();
    return;
  }
  const items = diffs.map((diff) => ({ label: diff.label, diff }));
  const title = vscode.l10n.t('Review Which Changes?');
  const diff =
    diffs.length === 1 ? only : (await vscode.window.showQuickPick(items, { title }))?.diff;
  if (diff === undefined) return;
  const prompt = getAnswerPrompt('review', vscode.l10n);
  await asker.submit({ prompt, attachments: [diff] });
}

async function readChanges(repository: Repository): Promise<readonly ContextAttachment[]> {
  const diffs = await Promise.all([readDiff(repository, true), readDiff(repository, false)]);
  return diffs.filter((diff) => diff !== null);
}

export function notifyNothingChanged(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Nothing has changed that Git knows of; new files count once they are staged.'),
  );
}
