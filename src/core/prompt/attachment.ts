import type { RequestImage } from '../claude/request.ts';
import type { L10n } from '../l10n.ts';

/** Lines count from 1, as an editor shows them; `to` is the last line that holds selected text. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** A piece of a document around a selection that helps to understand it. */
export interface Surrounding {
  readonly part: 'imports' | 'enclosing' | 'before' | 'after';
  readonly lines: LineRange;
  readonly text: string;
}

/** A selected text with what the model needs to know about where it comes from. */
export interface SelectionAttachment {
  readonly kind: 'selection';
  /**
   * As a person would name it: relative to the workspace folder, or a title such as `Untitled-1`.
   */
  readonly file: string;
  /** VS Code's language identifier. */
  readonly language: string;
  readonly lines: LineRange;
  readonly text: string;
  readonly surroundings: readonly Surrounding[];
  /** The document's; left out where it can't be opened by it, and in older journals. */
  readonly uri?: string | undefined;
  /** Whether it is all of the document. */
  readonly whole?: boolean | undefined;
}

/** A piece of a reply that is asked about. */
export interface QuoteAttachment {
  readonly kind: 'quote';
  /** VS Code's language identifier where it is a code block; empty where it isn't one. */
  readonly language: string;
  readonly text: string;
}

/**
 * What the editor knows beside a text: what is wrong with it, what has changed, what it refers to.
 */
interface ContextOf<K> {
  readonly kind: K;
  /** What it is, in the user's language when it was attached. */
  readonly label: string;
  /** VS Code's language identifier; empty where it is no code. */
  readonly language: string;
  readonly text: string;
}

export type ContextAttachment = ContextOf<'problems'> | ContextOf<'diff'> | ContextOf<'definition'>;

/** A picture, for models that see. */
export interface ImageAttachment extends RequestImage {
  readonly kind: 'image';
  /** Its file, as a person would name it. */
  readonly file: string;
  readonly language: '';
  /** None: what of an attachment is words. */
  readonly text: '';
}

export type Attachment =
  | SelectionAttachment
  | QuoteAttachment
  | ContextAttachment
  | ImageAttachment;

/**
 * `src/fib.ts:3–9`, `src/fib.ts:3` for one line, `src/fib.ts` for all; a quotation's first words.
 */
export function attachmentLabel(attachment: Attachment, l10n: L10n): string {
  switch (attachment.kind) {
    case 'selection': {
      const { file, lines, whole } = attachment;
      if (whole) return file;
      const { from, to } = lines;
      return from === to ? `${file}:${from}` : `${file}:${from}–${to}`;
    }
    case 'quote':
      return l10n.t('“{0}”', firstWords(attachment.text));
    case 'problems':
    case 'diff':
    case 'definition':
      return attachment.label;
    case 'image':
      return attachment.file;
  }
}

const mostQuoted = 40;

function firstWords(text: string): string {
  const words = text
    .slice(0, 10 * mostQuoted)
    .trim()
    .replace(/\s+/g, ' ');
  const characters = [...words];
  if (characters.length <= mostQuoted) return words;
  return `${characters.slice(0, mostQuoted).join('').trimEnd()}…`;
}
