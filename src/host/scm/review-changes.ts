import * as vscode from 'vscode';
import type { ContextAttachment } from '../../core/prompt/attachment.ts';
import { builtInAnswerPrompt } from '../../core/prompt/built-in-prompts.ts';
import type { Asker } from '../ask/asker.ts';
import type { Repository } from './git.ts';
import { pickRepository } from './pick-repository.ts';
import { readDiff } from './read-diff.ts';

/** Asks for a review of what has changed: staged or not, which is asked where there are both. */
export async function reviewChanges(asker: Pick<Asker, 'send'>, given: unknown): Promise<void> {
  const repository = await pickRepository(given);
  if (repository === null) return;
  const diffs = await changesOf(repository);
  const [only] = diffs;
  if (only === undefined) {
    tellNothingChanged();
    return;
  }
  const items = diffs.map((diff) => ({ label: diff.label, diff }));
  const title = vscode.l10n.t('Review Which Changes?');
  const diff =
    diffs.length === 1 ? only : (await vscode.window.showQuickPick(items, { title }))?.diff;
  if (diff === undefined) return;
  const prompt = builtInAnswerPrompt('review', vscode.l10n);
  await asker.send({ prompt, attachments: [diff] });
}

async function changesOf(repository: Repository): Promise<readonly ContextAttachment[]> {
  const diffs = await Promise.all([readDiff(repository, true), readDiff(repository, false)]);
  return diffs.filter((diff) => diff !== null);
}

export function tellNothingChanged(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Nothing has changed that Git knows of; new files count once they are staged.'),
  );
}
