import * as vscode from 'vscode';
import type { Capabilities } from '../../core/claude/capabilities.ts';
import type { ClaudeRequest, RequestImage } from '../../core/claude/request.ts';
import type { Question } from '../../core/prompt/question.ts';

export interface ImageCheckParts {
  /** Null where it isn't known: then images are let go, and the API says. */
  readonly capabilitiesOf: (model: string) => Capabilities | null;
  /** The question for another model that the user chooses; null where none was chosen. */
  readonly chooseOther: (question: Question, model: string) => Promise<Question | null>;
  /** The earlier images that the user knows to stay away from a model; more are added. */
  readonly agreed: Map<string, Set<string>>;
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
  parts: ImageCheckParts,
): Promise<Question | null> {
  const { capabilitiesOf, chooseOther, agreed } = parts;
  const requests = requestsOf(question);
  const blind = requests.find(
    (request) =>
      capabilitiesOf(request.model)?.takesImages === false &&
      (hasImages(request) || !isAgreed(request, agreed)),
  );
  if (blind === undefined) return question;

  const { model } = blind;
  const choose = vscode.l10n.t('Choose Another Model');
  const without = vscode.l10n.t('Send Without Images');
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} takes no images.', model),
    { modal: true, detail: imagesIn(question, blind).join('\n') },
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

function isAgreed(request: ClaudeRequest, agreed: ImageCheckParts['agreed']): boolean {
  return earlierImages(request).every(({ data }) => agreed.get(request.model)?.has(data));
}

function imagesIn({ attachments }: Question, request: ClaudeRequest): readonly string[] {
  const attached = attachments.flatMap((each) => (each.kind === 'image' ? [each.file] : []));
  return earlierImages(request).length === 0
    ? attached
    : [...attached, vscode.l10n.t('images of earlier questions')];
}
