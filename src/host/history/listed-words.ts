import * as vscode from 'vscode';
import { type Listed, listedTitle } from '../../core/history/index-replay.ts';
import type { Calendar } from '../../core/history/periods.ts';
import { languageOf } from '../../core/l10n.ts';

/** What a list calls a conversation. */
export function titleOf(listed: Pick<Listed, 'name' | 'title'>): string {
  return listedTitle(listed) || vscode.l10n.t('Untitled');
}

/** `3 replies · retry.ts, sleep.ts` */
export function contentsOf({ replies, files }: Pick<Listed, 'replies' | 'files'>): string {
  const count = replies === 1 ? vscode.l10n.t('1 reply') : vscode.l10n.t('{0} replies', replies);
  return files.length === 0 ? count : `${count} · ${files.join(', ')}`;
}

/** Dates from now on, in the language of their words. */
export function calendar(): Calendar {
  return { now: Date.now(), locale: languageOf(vscode.l10n), l10n: vscode.l10n };
}
