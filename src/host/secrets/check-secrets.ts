import * as vscode from 'vscode';
import type { Question } from '../../core/prompt/question.ts';
import { secretsIn, withoutSecrets } from '../../core/secrets/question-secrets.ts';

const mostNamed = 10;

/**
 * Points out what is likely secret in a question before it is sent. Gives the question as it may be
 * sent, redacted where the user wants that; null where it mustn't be sent.
 * @param accepted secrets that the user has let through in this window; more are added
 */
export async function checkSecrets(
  question: Question,
  accepted: Set<string>,
): Promise<Question | null> {
  const found = secretsIn(question, vscode.l10n).filter(({ value }) => !accepted.has(value));
  if (found.length === 0) return question;
  const redact = vscode.l10n.t('Redact and Send');
  const send = vscode.l10n.t('Send As It Is');
  const left = found.length - mostNamed;
  const pressed = await vscode.window.showWarningMessage(
    found.length === 1
      ? vscode.l10n.t('The question holds what is likely a secret.')
      : vscode.l10n.t('The question holds what is likely {0} secrets.', found.length),
    {
      modal: true,
      detail: [
        ...found.slice(0, mostNamed).map(({ sentence }) => sentence),
        ...(left > 0 ? [vscode.l10n.t('and {0} more', left)] : []),
      ].join('\n'),
    },
    redact,
    send,
  );
  if (pressed === redact) return withoutSecrets(question);
  if (pressed !== send) return null;
  for (const { value } of found) accepted.add(value);
  return question;
}
