import * as vscode from 'vscode';
import type { Capabilities } from '../../core/claude/model.ts';
import type { ClaudeRequest, RequestImage } from '../../core/claude/request.ts';
import { estimateTokens } from '../../core/claude/usage.ts';
import { formatBytes, formatTokens } from '../../core/format-figures.ts';
import { getLanguage } from '../../core/l10n.ts';
import { type Attachment, attachmentLabel } from '../../core/prompt/attachment.ts';
import type { Question } from '../../core/prompt/question.ts';
import { findQuestionSecrets, redactQuestion } from '../../core/secrets/question-secrets.ts';

/** Above this many characters of a request the user is asked first; it is never cut. */
export const askAboveCharacters = 200_000;

/** How large a request is, and what of it was sent before. */
interface RequestSize {
  /** Attachments that weren't agreed to yet. */
  readonly attachments: readonly Attachment[];
  /** Earlier questions and replies, which go again; empty where the user has agreed to them. */
  readonly earlier: readonly string[];
}

/** What a request repeats of its conversation. */
export function earlierTexts({ earlier }: ClaudeRequest): readonly string[] {
  return earlier.flatMap(({ userText, reply }) => [userText, reply]);
}

export function countCharacters(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

/** Whether these may be sent without asking the user: neither large nor binary. */
export function isWithinSendLimits({ attachments, earlier }: RequestSize): boolean {
  const texts = attachments.map(({ text }) => text);
  const characters = countCharacters(texts) + countCharacters(earlier);
  return characters <= askAboveCharacters && !texts.some((text) => text.includes('\0'));
}

/** Whether these may be sent: nothing binary, and nothing large without the user's word. */
export async function confirmSize(size: RequestSize): Promise<boolean> {
  const { attachments, earlier } = size;
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
  if (isWithinSendLimits(size)) return true;

  const texts = [...earlier, ...attachments.map(({ text }) => text)];
  const bytes = formatBytes(countBytes(texts), vscode.l10n);
  const tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  const about = vscode.l10n.t(
    'That is about {0} tokens of input. It would be sent whole.',
    formatTokens(tokens, getLanguage(vscode.l10n)),
  );
  const old = formatBytes(countBytes(earlier), vscode.l10n);
  const again = vscode.l10n.t(
    '{0} of that is from earlier in this conversation, and is sent again.',
    old,
  );
  const send = vscode.l10n.t('Send It');
  const pressed = await vscode.window.showWarningMessage(
    sizeQuestion(attachments, earlier.length > 0, bytes),
    { modal: true, detail: earlier.length === 0 ? about : `${about}\n${again}` },
    send,
  );
  return pressed === send;
}

function countBytes(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
}

function sizeQuestion(
  attachments: readonly Attachment[],
  isFollowUp: boolean,
  size: string,
): string {
  const kinds = new Set(attachments.map(({ kind }) => kind));
  const [only] = isFollowUp || kinds.size !== 1 ? [] : kinds;
  if (only === 'selection') return vscode.l10n.t('Send a selection of {0}?', size);
  if (only === 'diff') return vscode.l10n.t('Send a diff of {0}?', size);
  return vscode.l10n.t('Send {0}?', size);
}

const maxNamedSecrets = 10;

/**
 * Points out what is likely secret in a question before it is sent. Gives the question as it may be
 * sent, redacted where the user wants that; null where it mustn't be sent.
 * @param accepted secrets that the user has let through in this window; more are added
 * @param canLeaveOut whether the attachments that hold them may be left out, and the others go
 */
export async function checkSecrets(
  question: Question,
  accepted: Set<string>,
  canLeaveOut = false,
): Promise<Question | null> {
  const find = (asked: Question): ReturnType<typeof findQuestionSecrets> =>
    findQuestionSecrets(asked, vscode.l10n).filter(({ value }) => !accepted.has(value));
  const found = find(question);
  if (found.length === 0) return question;
  const redact = vscode.l10n.t('Redact and Send');
  const send = vscode.l10n.t('Send As It Is');
  const leaveOut = vscode.l10n.t('Leave Out');
  const prompt = { kind: 'free', text: '' } as const;
  const harmless = canLeaveOut
    ? question.attachments.filter((each) => find({ prompt, attachments: [each] }).length === 0)
    : question.attachments;
  const left = found.length - maxNamedSecrets;
  const pressed = await vscode.window.showWarningMessage(
    found.length === 1
      ? vscode.l10n.t('The question holds what is likely a secret.')
      : vscode.l10n.t('The question holds what is likely {0} secrets.', found.length),
    {
      modal: true,
      detail: [
        ...found.slice(0, maxNamedSecrets).map(({ sentence }) => sentence),
        ...(left > 0 ? [vscode.l10n.t('and {0} more', left)] : []),
      ].join('\n'),
    },
    redact,
    ...(harmless.length < question.attachments.length ? [leaveOut] : []),
    send,
  );
  // The prompt may hold one, too.
  if (pressed === leaveOut) return checkSecrets({ ...question, attachments: harmless }, accepted);
  if (pressed === redact) return redactQuestion(question);
  if (pressed !== send) return null;
  for (const { value } of found) accepted.add(value);
  return question;
}

interface ImageCheckOptions {
  /** Null where it isn't known: then images are let go, and the API says. */
  readonly getCapabilities: (model: string) => Capabilities | null;
  /** The question for another model that the user chooses; null where none was chosen. */
  readonly chooseOtherModel: (question: Question, model: string) => Promise<Question | null>;
  /** The earlier images that the user knows to stay away from a model; more are added. */
  readonly acceptedImages: Map<string, Set<string>>;
}

/**
 * Says that images would go to a model that is known to take none, before anything is sent. Gives
 * the question as it may be sent: to another model, or without images. Null where it isn't to be
 * asked.
 * @param requestsOf what a question would send, all at once
 */
export async function checkImages(
  question: Question,
  requestsOf: (question: Question) => readonly ClaudeRequest[],
  parts: ImageCheckOptions,
): Promise<Question | null> {
  const {
    getCapabilities: capabilitiesOf,
    chooseOtherModel: chooseOther,
    acceptedImages: agreed,
  } = parts;
  const requests = requestsOf(question);
  const blind = requests.find(
    (request) =>
      capabilitiesOf(request.model)?.takesImages === false &&
      (hasImages(request) || !areEarlierImagesAccepted(request, agreed)),
  );
  if (blind === undefined) return question;

  const { model } = blind;
  const choose = vscode.l10n.t('Choose Another Model');
  const without = vscode.l10n.t('Send Without Images');
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} takes no images.', model),
    { modal: true, detail: imageNames(question, blind).join('\n') },
    // Of several models, one for each request, which is to be another?
    ...(requests.length === 1 ? [choose] : []),
    without,
  );
  if (pressed === without) {
    const known = agreed.get(model) ?? new Set();
    for (const { data } of earlierImages(blind)) known.add(data);
    agreed.set(model, known);
    const attachments = question.attachments.filter(({ kind }) => kind !== 'image');
    return checkImages({ ...question, attachments }, requestsOf, parts);
  }
  const other = pressed === choose ? await chooseOther(question, model) : null;
  return other === null ? null : checkImages(other, requestsOf, parts);
}

function hasImages({ images = [] }: ClaudeRequest): boolean {
  return images.length > 0;
}

function earlierImages({ earlier }: ClaudeRequest): readonly RequestImage[] {
  return earlier.flatMap(({ images = [] }) => images);
}

function areEarlierImagesAccepted(
  request: ClaudeRequest,
  agreed: ImageCheckOptions['acceptedImages'],
): boolean {
  return earlierImages(request).every(({ data }) => agreed.get(request.model)?.has(data));
}

function imageNames({ attachments }: Question, request: ClaudeRequest): readonly string[] {
  const attached = attachments.flatMap((each) => (each.kind === 'image' ? [each.file] : []));
  return earlierImages(request).length === 0
    ? attached
    : [...attached, vscode.l10n.t('images of earlier questions')];
}
