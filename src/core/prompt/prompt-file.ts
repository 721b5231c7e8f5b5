import { resolveModelAlias } from '../claude/model.ts';
import type { HeadValue } from './front-matter.ts';
import { getUnknownVariables, parseTemplate, type Template } from './template.ts';

/** Larger files are no prompts, in bytes. */
export const maxPromptBytes = 256 * 1024;

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
  /** What looks like a variable and isn't one of ours, as written: it stays in the words. */
  readonly unknownVariables: readonly string[];
}

/** Why a file is no prompt. */
export type PromptFlaw =
  | { readonly kind: 'link' | 'too-large' | 'binary' | 'unreadable' | 'empty' }
  /** Its head can't be read at a line, from 1; null where it has no end, else the parser's words. */
  | { readonly kind: 'head'; readonly line: number; readonly message: string | null };

export type ReadPrompt =
  | { readonly ok: true; readonly file: PromptFile }
  | { readonly ok: false; readonly flaw: PromptFlaw };

/** @param hasPositions whether `$0` and `$1` are places for arguments in it */
export async function readPromptFile(
  bytes: Uint8Array,
  hasPositions: boolean,
): Promise<ReadPrompt> {
  if (bytes.length > maxPromptBytes) return { ok: false, flaw: { kind: 'too-large' } };
  const text = decode(bytes);
  if (text === null) return { ok: false, flaw: { kind: 'binary' } };
  // A bundle of its own: it brings the YAML parser.
  const { splitFrontMatter } = await import('./front-matter.ts');
  const split = splitFrontMatter(text);
  if (!split.ok) {
    const { line, message } = split;
    const words = message === null ? null : oneLine(message);
    return { ok: false, flaw: { kind: 'head', line, message: words } };
  }
  const body = split.body.trim();
  if (body === '') return { ok: false, flaw: { kind: 'empty' } };
  // Keys that we don't know are passed over: tools, modes and whatever else is none of ours.
  const field = (key: string): string => oneLine(split.fields.get(key)?.text ?? '');
  const names = argumentNames(split.fields.get('arguments'));
  return {
    ok: true,
    file: {
      name: field('name') || null,
      description: field('description'),
      ...chooseModel(split.fields.get('model')),
      argumentHint: field('argument-hint') || names.map((name) => `<${name}>`).join(' '),
      template: parseTemplate(body, { hasPositions, names }),
      unknownVariables: getUnknownVariables(body).map(oneLine),
    },
  };
}

/** Names that a head gives to its arguments: words, or a list. */
function argumentNames(value: HeadValue | undefined): readonly string[] {
  const names = (value?.items ?? []).flatMap((item) => item.split(/\s+/));
  return names.filter((name) => /^(?!ARGUMENTS$)[A-Za-z_][\w-]{0,50}$/.test(name)).slice(0, 20);
}

/** VS Code's files may list several models: the first that can be asked counts. */
function chooseModel(value: HeadValue | undefined): Pick<PromptFile, 'model' | 'otherModel'> {
  const wanted = (value?.items ?? [])
    .map((name) => resolveModelAlias(oneLine(name)))
    .filter((name) => name !== 'inherit');
  const model = wanted.find(isModelId) ?? null;
  return {
    model,
    otherModel: model === null ? (wanted.find((name) => name !== '') ?? null) : null,
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
