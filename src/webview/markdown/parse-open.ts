import type { Inline, InlineParser } from './inline-parser.ts';
import { scanInline } from './inline-scan.ts';

export interface OpenInline extends Inline {
  /** Whether it stands there as it came, nothing added and nothing but white space left away. */
  readonly isAsWritten: boolean;
}

/** Half-open code and brackets further back than this are taken for what they are. */
const reach = 400;

/**
 * Running text that is still arriving, as it will most likely read: what is half open is closed,
 * and what is half there is left away.
 * @param isInLine whether more of the last line may come
 */
export function parseOpen(content: string, parser: InlineParser, isInLine: boolean): OpenInline {
  const { openRuns, openBrackets } = scanInline(content);
  const run = openRuns.find(({ at }) => content.length - at < reach);
  if (run !== undefined) {
    const before = content.slice(0, run.at);
    const code = content.slice(run.at + run.length).replace(/`+$/, '');
    const ticks = '`'.repeat(run.length);
    const span = code.trim() === '' ? '' : ticks + code + ticks;
    return closed(content, withoutBrackets(before, openBrackets) + span, parser);
  }
  const text = withoutHalfLink(content, openBrackets);
  return closed(content, withoutHalfMark(text, isInLine), parser);
}

function closed(content: string, text: string, parser: InlineParser): OpenInline {
  const parsed = parser.parse(text);
  const { openers } = parsed;
  if (openers.length === 0) return { ...parsed, isAsWritten: text === content.trimEnd() };
  return { ...parser.parse(text + openers.toReversed().join('')), isAsWritten: false };
}

function withoutHalfMark(content: string, isInLine: boolean): string {
  const text = isInLine ? content.replace(/(?:&#?\w{0,31}|<[a-z][^\s<>]*|<|\\)$/i, '') : content;
  return text.replace(/[*_~]+$/, '').trimEnd();
}

/** The words of a link whose address is on its way, without the brackets. */
function withoutHalfLink(content: string, openBrackets: readonly number[]): string {
  const link = /!?\[([^[\]]*)\](?:\([^()\s]*(?:\s+(?:["'(][^"')]*["')]?\s*)?)?|\[[^[\]]*)?$/.exec(
    content.slice(-reach),
  );
  const match = link?.[0];
  if (match !== undefined) return content.slice(0, -match.length) + (link?.[1] ?? '');
  return withoutBrackets(content, openBrackets);
}

function withoutBrackets(content: string, openBrackets: readonly number[]): string {
  let text = content;
  for (const at of openBrackets.toReversed()) {
    if (content.length - at >= reach || at >= text.length) continue;
    const from = text[at - 1] === '!' ? at - 1 : at;
    text = text.slice(0, from) + text.slice(at + 1);
  }
  return text;
}
