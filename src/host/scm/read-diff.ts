import * as vscode from 'vscode';
import type { ContextAttachment } from '../../core/prompt/attachment.ts';
import type { Repository } from './git.ts';

/** What is to be committed: what is staged, or else all changes of the working tree. */
export async function readDiff(
  repository: Repository,
  staged: boolean,
): Promise<ContextAttachment | null> {
  const text = await repository.diff(staged);
  if (text.trim() === '') return null;
  return {
    kind: 'diff',
    label: staged ? vscode.l10n.t('staged changes') : vscode.l10n.t('unstaged changes'),
    language: 'diff',
    text,
  };
}

/** What would be committed now, as Git's own button does it. Null where nothing has changed. */
export async function diffToCommit(repository: Repository): Promise<ContextAttachment | null> {
  return (await readDiff(repository, true)) ?? readDiff(repository, false);
}
