import type { L10n } from '../l10n.ts';
import { type Attachment, attachmentLabel } from '../prompt/attachment.ts';
import { type Prompt, promptName } from '../prompt/prompt.ts';
import { receiptRows } from '../usage/receipt.ts';
import { findOpenFenceLine } from './continuation-splicer.ts';
import type { Turn } from './conversation.ts';
import { describeOutcome } from './outcome.ts';
import type { Reply } from './reply.ts';

/**
 * A conversation as Markdown: each question as a quotation with what was attached to it, each reply
 * character for character, but for headings of the title's level, which go one level down with all
 * others of the reply; how it ended where it isn't complete, and its receipt as a footnote.
 */
export function exportConversation(title: string, turns: readonly Turn[], l10n: L10n): string {
  const parts = turns.flatMap(({ prompt, attachments, reply }, index) => [
    blockquote(promptLine(prompt, l10n)),
    ...attachments.map((each) => attachmentBlock(each, l10n)),
    replyBlock(reply, index + 1, l10n, nestHeadings(reply.text)),
  ]);
  const notes = turns.map(({ reply }, index) => footnote(reply, index + 1, l10n));
  return `${[`# ${title}`, ...parts, notes.join('\n')].join('\n\n')}\n`;
}

/** One reply alone as Markdown, with its receipt. */
export function exportReply(reply: Reply, l10n: L10n): string {
  return `${replyBlock(reply, 1, l10n)}\n\n${footnote(reply, 1, l10n)}\n`;
}

function promptLine(prompt: Prompt, l10n: L10n): string {
  const name = promptName(prompt, l10n);
  if (prompt.kind === 'free' || prompt.kind === 'code') return prompt.text;
  // What a saved prompt says is the user's; ours needn't be told.
  return prompt.kind === 'saved' ? `${name}\n\n${prompt.text}` : (name ?? '');
}

function blockquote(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function attachmentBlock(attachment: Attachment, l10n: L10n): string {
  const { kind, language, text } = attachment;
  if (kind === 'image') return codeSpan(attachmentLabel(attachment, l10n));
  // Words of a reply are a quotation in a quotation.
  if (kind === 'quote' && language === '') return blockquote(blockquote(text));
  const fence = fenceAround(text);
  const info = language.replace(/[^\w+#.-]/g, '');
  return `${codeSpan(attachmentLabel(attachment, l10n))}\n\n${fence}${info}\n${text}\n${fence}`;
}

/** A fence that nothing in the text can close. */
function fenceAround(text: string): string {
  return '`'.repeat(Math.max(3, longestBacktickRun(text) + 1));
}

/** A file may be called anything: between more backticks than it has itself. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const ticks = '`'.repeat(longestBacktickRun(line) + 1);
  const space = ticks.length > 1 ? ' ' : '';
  return `${ticks}${space}${line}${space}${ticks}`;
}

function longestBacktickRun(text: string): number {
  const runs = text.match(/`+/g) ?? [];
  return runs.reduce((longest, { length }) => Math.max(longest, length), 0);
}

/** The text with its headings below the title, which has the first level. */
function nestHeadings(markdown: string): string {
  const heading = /^( {0,3})(#{1,6})(?=[ \t]|$)/;
  let open: string | null = null;
  const lines = markdown.split('\n').map((line) => {
    // In a code block they are no headings.
    const [, fence = '', rest = ''] = /^[ \t>]*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open === null && fence !== '') open = fence;
    else if (open !== null && fence.startsWith(open) && rest.trim() === '') open = null;
    return { line, level: open === null ? (heading.exec(line)?.[2]?.length ?? 0) : 0 };
  });
  if (!lines.some(({ level }) => level === 1)) return markdown;
  return lines
    .map(({ line, level }) => (level === 0 || level === 6 ? line : line.replace(heading, '$1#$2')))
    .join('\n');
}

/** @param text the reply's, or what stands for it */
function replyBlock(reply: Reply, number: number, l10n: L10n, text = reply.text): string {
  const { outcome } = reply;
  const fence = findClosingFence(text);
  // Where a reply ended inside a code block, what follows is not part of it.
  const closed = fence === null ? text : `${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
  const sentence =
    outcome === null
      ? l10n.t('Claude is still writing this.')
      : describeOutcome(outcome, l10n).sentence;
  const mark = `[^receipt-${number}]`;
  const end = sentence === null ? mark : `*${sentence}* ${mark}`;
  return closed === '' ? end : `${closed}\n\n${end}`;
}

/**
 * What closes the code block that a text leaves open. Null also where the open code block is in a
 * list or a quotation: the next paragraph ends those.
 */
export function findClosingFence(markdown: string): string | null {
  const open = findOpenFenceLine(markdown);
  if (open === null) return null;
  const lines = markdown.split('\n').slice(0, open.index + 1);
  const opening = lines.pop() ?? '';
  const indent = opening.indexOf(open.marker);
  if (opening.slice(0, indent).trim() !== '') return null;
  const isInList = lines.some((line) => {
    const [item = ''] = /^ *(?:[-*+]|\d+[.)]) +/.exec(line) ?? [];
    return item !== '' && item.length <= indent;
  });
  return isInList ? null : open.marker;
}

function footnote(reply: Reply, number: number, l10n: L10n): string {
  const rows = receiptRows(reply.receipt(), l10n);
  const facts = rows.map(({ label, value }) => l10n.t('{0}: {1}', label, value));
  return `[^receipt-${number}]: ${facts.join(' · ')}`;
}
