import * as vscode from 'vscode';
import { estimateTokens } from '../../core/claude/estimate-tokens.ts';
import { formatBytes, formatTokens } from '../../core/conversation/format-figures.ts';
import { languageOf } from '../../core/l10n.ts';
import { type Attachment, attachmentLabel } from '../../core/prompt/attachment.ts';

/** Above this many characters the user is asked first; it is never cut. */
const askAboveCharacters = 200_000;

/** Whether these may be sent without asking the user: neither large nor binary. */
export function isWithinSendLimits(attachments: readonly Attachment[]): boolean {
  const characters = attachments.reduce((sum, { text }) => sum + text.length, 0);
  return characters <= askAboveCharacters && !attachments.some(({ text }) => text.includes('\0'));
}

/** Whether these may be sent: nothing binary, and nothing large without the user's word. */
export async function confirmAttachments(attachments: readonly Attachment[]): Promise<boolean> {
  const binary = attachments.find(({ text }) => text.includes('\0'));
  if (binary !== undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} looks like binary data, which Claude can’t read. Nothing was sent.',
        attachmentLabel(binary, vscode.l10n),
      ),
    );
    return false;
  }
  if (isWithinSendLimits(attachments)) return true;

  const texts = attachments.map(({ text }) => text);
  const bytes = texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
  const tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  const send = vscode.l10n.t('Send It');
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('Send a selection of {0}?', formatBytes(bytes, vscode.l10n)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'That is about {0} tokens of input. It would be sent whole.',
        formatTokens(tokens, languageOf(vscode.l10n)),
      ),
    },
    send,
  );
  return pressed === send;
}
