import { CodeReader } from '../../core/code/code-reader.ts';
import type { Indentation } from '../../core/code/indent-like.ts';
import { StreamedIndent } from '../../core/code/streamed-indent.ts';

/** How a reply is written into a document. */
export interface ReplyForm {
  /** Whether its end may be told in the document itself, in words. */
  readonly isProse: boolean;
  /** What is to be written for this piece of the reply. */
  push(text: string): string;
  /** The rest, once the reply is complete. */
  finish(): string;
}

/** Character for character. */
export function prose(): ReplyForm {
  return { isProse: true, push: (text) => text, finish: () => '' };
}

/** The code in it alone, line by line, indented like the line that it goes to. */
export function codeAlone(leading: string, indentation: Indentation): ReplyForm {
  const reader = new CodeReader();
  const indent = new StreamedIndent(leading, indentation);
  return {
    isProse: false,
    push: (text) => indent.push(reader.push(text)),
    finish: () => indent.push(reader.finish()),
  };
}
