import type { L10n } from '../l10n.ts';
import { type Attachment, attachmentLabel } from '../prompt/attachment.ts';
import type { Question } from '../prompt/question.ts';
import { locateInDiff } from './diff-place.ts';
import { findSecrets, redactSecrets } from './find-secrets.ts';
import { secretLabel } from './secret-kinds.ts';

/** A likely secret in a question. */
export interface FoundSecret {
  /** The secret itself: it must not be shown nor written anywhere. */
  readonly value: string;
  /** What it is and where: `AWS access key, .env:3`. */
  readonly sentence: string;
}

/** The likely secrets of a question, in its order, each once. */
export function findQuestionSecrets(
  { prompt, attachments }: Question,
  l10n: L10n,
): readonly FoundSecret[] {
  const found = new Map<string, FoundSecret>();
  const look = (text: string, where: (line: number) => string): void => {
    let line = 1;
    let at = 0;
    for (const { kind, start, end } of findSecrets(text)) {
      const value = text.slice(start, end);
      for (; at < start; at++) if (text[at] === '\n') line++;
      const sentence = `${secretLabel(kind, l10n)}, ${where(line)}`;
      if (!found.has(value)) found.set(value, { value, sentence });
    }
  };
  for (const attachment of attachments) {
    for (const { text, first } of sentTexts(attachment)) {
      look(text, (line) => describePlace(attachment, text, line, first, l10n));
    }
  }
  if (prompt.kind !== 'explain') look(prompt.text, () => l10n.t('in the question'));
  return [...found.values()];
}

/** `.env:3`, or what the attachment is called where it has no lines of a file. */
function describePlace(
  attachment: Attachment,
  text: string,
  line: number,
  first: number,
  l10n: L10n,
): string {
  if (attachment.kind === 'selection') return `${attachment.file}:${first + line - 1}`;
  const place = attachment.kind === 'diff' ? locateInDiff(text, line) : null;
  return place === null ? attachmentLabel(attachment, l10n) : `${place.file}:${place.line}`;
}

/** The same question without what is likely secret in it. */
export function redactQuestion(question: Question): Question {
  const { prompt } = question;
  return {
    ...question,
    prompt: prompt.kind === 'explain' ? prompt : { ...prompt, text: redactSecrets(prompt.text) },
    attachments: question.attachments.map(redactAttachment),
  };
}

function redactAttachment(attachment: Attachment): Attachment {
  if (attachment.kind === 'image') return attachment;
  const text = redactSecrets(attachment.text);
  if (attachment.kind !== 'selection') return { ...attachment, text };
  const surroundings = attachment.surroundings.map((part) => ({
    ...part,
    text: redactSecrets(part.text),
  }));
  // What was sent can't be found in the document again: without its address it isn't looked for.
  return text === attachment.text
    ? { ...attachment, surroundings }
    : { ...attachment, text, surroundings, uri: undefined };
}

/** The texts of an attachment that are sent, each with the line that it begins in. */
function sentTexts(
  attachment: Attachment,
): readonly { readonly text: string; readonly first: number }[] {
  if (attachment.kind !== 'selection') return [{ text: attachment.text, first: 1 }];
  const { surroundings, lines, text } = attachment;
  return [
    ...surroundings.map((part) => ({ text: part.text, first: part.lines.from })),
    { text, first: lines.from },
  ];
}
