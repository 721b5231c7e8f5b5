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
interface ContextBase<K> {
  readonly kind: K;
  /** What it is, in the user's language when it was attached. */
  readonly label: string;
  /** VS Code's language identifier; empty where it is no code. */
  readonly language: string;
  readonly text: string;
}

export type ContextAttachment =
  | ContextBase<'problems'>
  | ContextBase<'diff'>
  | ContextBase<'definition'>;

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

const maxQuoteLength = 40;

function firstWords(text: string): string {
  const words = text
    .slice(0, 10 * maxQuoteLength)
    .trim()
    .replace(/\s+/g, ' ');
  const characters = [...words];
  if (characters.length <= maxQuoteLength) return words;
  return `${characters.slice(0, maxQuoteLength).join('').trimEnd()}…`;
}

/** The largest that the API takes, in bytes of the file: 5 MB in base64. */
export const maxImageBytes = 3_750_000;

/** Null where it is no image that the API takes. By how the file begins: names may be wrong. */
function detectImageType(bytes: Uint8Array): RequestImage['mediaType'] | null {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith('\x89PNG\r\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null;
}

/**
 * An image to go with a question; null where it is none that the API takes, or too large.
 * @param file what a person would call it
 * @param data base64; it may come from anywhere
 */
export function createImageAttachment(file: string, data: string): ImageAttachment | null {
  if (data.length > (maxImageBytes / 3) * 4 || !/^[A-Za-z0-9+/]{16,}={0,2}$/.test(data))
    return null;
  const head = Uint8Array.from(atob(data.slice(0, 16)), (byte) => byte.charCodeAt(0));
  const mediaType = detectImageType(head);
  return mediaType === null
    ? null
    : { kind: 'image', file, mediaType, data, language: '', text: '' };
}
