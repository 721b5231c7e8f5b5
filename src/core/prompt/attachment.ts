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
  /** As a person would name it: relative to the workspace folder, or a title such as `Untitled-1`. */
  readonly file: string;
  /** VS Code's language identifier. */
  readonly language: string;
  readonly lines: LineRange;
  readonly text: string;
  readonly surroundings: readonly Surrounding[];
}

export type Attachment = SelectionAttachment;

/** `src/fib.ts:3–9`, or `src/fib.ts:3` for one line. */
export function attachmentLabel({ file, lines }: Attachment): string {
  return lines.from === lines.to ? `${file}:${lines.from}` : `${file}:${lines.from}–${lines.to}`;
}
