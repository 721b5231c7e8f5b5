import type { L10n } from '../l10n.ts';
import { type Attachment, attachmentLabel } from '../prompt/attachment.ts';
import { type Prompt, promptName } from '../prompt/prompt.ts';

/** What a list says of a conversation: all of it follows from what was asked. */
export interface Summary {
  /** The first question in a line of at most 80 characters. */
  readonly title: string;
  /** When the first question was asked, in milliseconds since 1970. */
  readonly created: number;
  /** When the last question was asked, in milliseconds since 1970. */
  readonly changed: number;
  /** Those that were asked about, each once; the first 20. */
  readonly files: readonly string[];
  readonly replies: number;
}

/** A question as it was asked. */
export interface SentQuestion {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly prompt: Prompt;
  readonly attachments: readonly Attachment[];
}

const maxTitleLength = 80;
const maxFiles = 20;

/** Null where nothing was asked. */
export function summarise(questions: readonly SentQuestion[], l10n: L10n): Summary | null {
  const [first] = questions;
  if (first === undefined) return null;
  const times = questions.map(({ at }) => at);
  const files = questions
    .flatMap(({ attachments }) => attachments)
    .flatMap((attachment) => (attachment.kind === 'selection' ? [attachment.file] : []));
  return {
    title: getQuestionTitle(first, l10n),
    created: times.reduce((least, at) => Math.min(least, at)),
    changed: times.reduce((most, at) => Math.max(most, at)),
    files: [...new Set(files)].slice(0, maxFiles),
    replies: questions.length,
  };
}

/** What a question is called in a list. */
export function getQuestionTitle(
  { prompt, attachments }: Pick<SentQuestion, 'prompt' | 'attachments'>,
  l10n: L10n,
): string {
  if (prompt.kind === 'free' || prompt.kind === 'code') return oneLine(prompt.text);
  const [about] = attachments;
  const name = promptName(prompt, l10n) ?? '';
  return oneLine(about === undefined ? name : `${name} ${attachmentLabel(about, l10n)}`);
}

/** In whole characters, with `…` where something was cut off. */
function oneLine(text: string): string {
  const words = text.trim().replace(/\s+/g, ' ');
  if (words.length <= maxTitleLength) return words;
  let short = '';
  for (const character of words) {
    if (short.length + character.length >= maxTitleLength) break;
    short += character;
  }
  return `${short.trimEnd()}…`;
}
