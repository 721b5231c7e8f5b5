import * as vscode from 'vscode';
import { formatBytes } from '../../core/conversation/format-figures.ts';
import { mostPromptBytes, type PromptFlaw } from '../../core/prompt/prompt-file.ts';

/** Why a file can't be used as a prompt. */
export function flawSentence(flaw: PromptFlaw): string {
  switch (flaw.kind) {
    case 'link':
      return vscode.l10n.t('Not used: it is a link, which may lead out of the workspace.');
    case 'too-large':
      return vscode.l10n.t(
        'Not used: it is larger than {0}.',
        formatBytes(mostPromptBytes, vscode.l10n),
      );
    case 'binary':
      return vscode.l10n.t('Not used: it isn’t UTF-8 text.');
    case 'unreadable':
      return vscode.l10n.t('Not used: it can’t be read.');
    case 'empty':
      return vscode.l10n.t('Not used: it has no prompt in it.');
    case 'head':
      return vscode.l10n.t('Not used: its front matter breaks off at line {0}.', flaw.line);
  }
}
