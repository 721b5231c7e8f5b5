import type { InlineParser } from './inline-parser.ts';
import { scanInline } from './inline-scan.ts';

/** Half-open code and brackets further back than this are taken for what they are. */
const reach = 400;

/**
 * Running text that is still arriving, as it will most likely read: what is half open is closed,
 * and what is half there is left away.
 */
export function mend(content: string, parser: InlineParser): string {
  const { openRuns, openBrackets } = scanInline(content);
  const run = openRuns.find(({ at }) => content.length - at < reach);
  if (run !== undefined) {
    const before = content.slice(0, run.at);
    const code = content.slice(run.at + run.length).replace(/`+$/, '');
    const ticks = '`'.repeat(run.length);
    return closed(
      withoutBrackets(before, openBrackets),
      parser,
      code.trim() === '' ? '' : ticks + code + ticks,
    );
  }
  return closed(withoutHalfLink(content, openBrackets), parser, '');
}

/** @param code a code span that stands at the end; empty where there is none */
function closed(content: string, parser: InlineParser, code: string): string {
  const text = code === '' ? withoutHalfMark(content) : content;
  const whole = text + code;
  const { openers } = parser.parse(whole);
  return whole + openers.toReversed().join('');
}

function withoutHalfMark(content: string): string {
  return content
    .replace(/(?:&#?\w{0,31}|<[a-z][^\s<>]*|<)$/i, '')
    .replace(/[*_~`[!\\]+$/, '')
    .trimEnd();
}

/** The words of a link whose address is on its way, without the brackets. */
function withoutHalfLink(content: string, openBrackets: readonly number[]): string {
  const link = /!?\[([^[\]]*)\](?:\([^()\s]*(?:\s+["'(]?[^"')]*)?|\[[^[\]]*)?$/.exec(
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
