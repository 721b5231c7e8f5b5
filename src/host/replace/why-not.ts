import * as vscode from 'vscode';
import type { NotWritable } from '../code/why-not-writable.ts';

/** Why nothing is replaced. */
export type WhyNot = NotWritable | 'changed';

export function whyNotSentence(why: WhyNot, file: string): string {
  switch (why) {
    case 'changed':
      return vscode.l10n.t('{0} has changed where the code stands. Nothing was replaced.', file);
    case 'closed':
      return vscode.l10n.t('{0} was closed. Nothing was replaced.', file);
    case 'deleted':
      return vscode.l10n.t('{0} isn’t there any more. Nothing was replaced.', file);
    case 'read-only':
      return vscode.l10n.t('{0} is read-only. Nothing was replaced.', file);
  }
}
