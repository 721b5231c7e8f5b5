import * as vscode from 'vscode';
import { canContinue, describeOutcome } from '../../core/conversation/outcome.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import type { WriteProblem } from '../editor/edit-document.ts';
import { openNewFile } from '../editor/show-document.ts';
import { failureActionLabel, type NotificationButton, runFailureAction } from '../notifications.ts';

/** Why nothing is replaced. */
export type RejectReason = WriteProblem | 'changed';

export function rejectMessage(why: RejectReason, file: string): string {
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

/** The new code, and what else can be done about it than to put it in its place. */
export interface NewCode {
  readonly code: string;
  /** VS Code's identifier. */
  readonly language: string;
  /** Undefined where it wasn't asked for, but given. */
  readonly askAgain: (() => void) | undefined;
}

/** Says why the new code isn't put in its place. */
export async function notifyNotReplaced(sentence: string, offer: NewCode): Promise<void> {
  await showWarning(sentence, [...codeButtons(offer), ...askAgainButton(offer)]);
}

/** Says how a reply ended that isn't complete: it isn't to be accepted. */
export async function notifyUnfinished(
  reply: Reply,
  offer: NewCode,
  goOn: () => void,
): Promise<void> {
  if (reply.outcome === null) return;
  const { sentence, action } = describeOutcome(reply.outcome, vscode.l10n);
  const buttons: NotificationButton[] = [];
  if (canContinue(reply)) buttons.push({ label: vscode.l10n.t('Continue'), run: goOn });
  if (action !== null && action !== 'retry') {
    buttons.push({
      label: failureActionLabel(action),
      run: () => void runFailureAction(action, () => offer.askAgain?.()),
    });
  }
  buttons.push(...askAgainButton(offer), ...codeButtons(offer).slice(0, 1));
  await showWarning(vscode.l10n.t('{0} Nothing was replaced.', sentence ?? ''), buttons);
}

/** Says that a complete reply holds no code, and offers to read it. */
export async function notifyNoCode(reply: Reply, offer: NewCode): Promise<void> {
  const buttons = replyButtons(reply);
  await showWarning(
    vscode.l10n.t('The reply holds no code. Nothing was replaced.'),
    reply.text === '' ? askAgainButton(offer) : [...buttons, ...askAgainButton(offer)],
  );
}

/** Says that a reply holds more code than the block that is proposed. */
export function notifyMoreCode(reply: Reply): void {
  const sentence = vscode.l10n.t(
    'The reply has several code blocks. The diff shows the first one.',
  );
  void showWarning(sentence, replyButtons(reply));
}

const maxRestCharacters = 300;

/** Shows what a reply says behind the code that is proposed. */
export function notifyRest(reply: Reply, rest: string): void {
  const characters = [...rest.replace(/\s+/g, ' ')];
  const shown = characters.slice(0, maxRestCharacters).join('');
  const text = characters.length > maxRestCharacters ? `${shown}…` : shown;
  void showWarning(vscode.l10n.t('Not in the diff, from the end of the reply: {0}', text), [
    ...replyButtons(reply),
  ]);
}

function replyButtons({ text }: Reply): NotificationButton[] {
  return [
    {
      label: vscode.l10n.t('Copy the Reply'),
      run: () => void vscode.env.clipboard.writeText(text),
    },
    {
      label: vscode.l10n.t('Open the Reply'),
      run: () => void openNewFile(text, 'markdown', undefined),
    },
  ];
}

export function notifyUnchanged(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Claude would leave the selection as it is.'),
  );
}

function codeButtons({ code, language }: NewCode): NotificationButton[] {
  if (code === '') return [];
  return [
    {
      label: vscode.l10n.t('Copy Code'),
      run: () => void vscode.env.clipboard.writeText(code),
    },
    {
      label: vscode.l10n.t('Open as New File'),
      run: () => void openNewFile(`${code}\n`, language, undefined),
    },
  ];
}

function askAgainButton({ askAgain }: NewCode): NotificationButton[] {
  return askAgain === undefined ? [] : [{ label: vscode.l10n.t('Ask Again'), run: askAgain }];
}

async function showWarning(
  sentence: string,
  buttons: readonly NotificationButton[],
): Promise<void> {
  const labels = buttons.map(({ label }) => label);
  const pressed = await vscode.window.showWarningMessage(sentence, ...labels);
  buttons.find(({ label }) => label === pressed)?.run();
}
