import { resolveModelAlias } from '../claude/model.ts';
import { splitFrontMatter } from './front-matter.ts';
import { parseTemplate, type Template } from './template.ts';

/** Larger files are no prompts, in bytes. */
export const maxPromptBytes = 64 * 1024;

export interface PromptFile {
  /** What its head calls it; null where it goes by the file's name. */
  readonly name: string | null;
  readonly description: string;
  /** The id of the model that it asks for; null for the one in the settings. */
  readonly model: string | null;
  /**
   * A model that it asks for and that can't be asked: another vendor's, or a name of another tool.
   */
  readonly otherModel: string | null;
  /** What to type as its arguments, such as `[issue] [priority]`. */
  readonly argumentHint: string;
  readonly template: Template;
}

/** Why a file is no prompt. */
export type PromptFlaw =
  | { readonly kind: 'link' | 'too-large' | 'binary' | 'unreadable' | 'empty' }
  /** Its head can't be read at a line, from 1; null where it has no end. */
  | { readonly kind: 'head'; readonly line: number | null };

export type ReadPrompt =
  | { readonly ok: true; readonly file: PromptFile }
  | { readonly ok: false; readonly flaw: PromptFlaw };

/** @param isCommand whether it is one of `.claude/commands`, which know `$1` */
export function readPromptFile(bytes: Uint8Array, isCommand: boolean): ReadPrompt {
  if (bytes.length > maxPromptBytes) return { ok: false, flaw: { kind: 'too-large' } };
  const text = decode(bytes);
  if (text === null) return { ok: false, flaw: { kind: 'binary' } };
  const split = splitFrontMatter(text);
  if (!split.ok) return { ok: false, flaw: { kind: 'head', line: split.line } };
  const body = split.body.trim();
  if (body === '') return { ok: false, flaw: { kind: 'empty' } };
  // Keys that we don't know are passed over: tools, modes and whatever else is none of ours.
  const field = (key: string): string => oneLine(split.fields.get(key) ?? '');
  const model = resolveModelAlias(field('model'));
  const isOurs = isModelId(model);
  return {
    ok: true,
    file: {
      name: field('name') || null,
      description: field('description'),
      model: isOurs ? model : null,
      otherModel: isOurs || model === '' || model === 'inherit' ? null : model,
      argumentHint: field('argument-hint'),
      template: parseTemplate(body, isCommand),
    },
  };
}

/** Null where it is no text. */
function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** As the setting has them, and one of Claude's: the same files name other tools' models, too. */
function isModelId(text: string): boolean {
  return /^[\w.:@/-]{1,100}$/.test(text) && text.includes('claude-');
}

const maxFieldLength = 200;

/** A head's value goes into a list: one line, without what would disguise it. */
function oneLine(text: string): string {
  const line = text
    .replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= maxFieldLength
    ? line
    : `${characters.slice(0, maxFieldLength).join('').trimEnd()}…`;
}
