import MarkdownItParser, { type MarkdownIt } from 'markdown-it';
import { noteUnmatchedMarks } from './unmatched-marks.ts';

/** CommonMark with GFM's tables, strikethrough and autolinks. HTML is text: it is never parsed. */
export function createParser(): MarkdownIt {
  const parser = new MarkdownItParser({ html: false, linkify: true, typographer: false });
  // A bare word like `main.rs` isn't a link: only what begins with a scheme is one.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  // Every link is kept as a token; `safeHref` decides what becomes clickable.
  parser.validateLink = () => true;
  noteUnmatchedMarks(parser);
  return parser;
}
