import { isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** The value of a key in a head. */
export interface HeadValue {
  /** A scalar's text, or a flow list or map as it is written; empty for what stands below its key. */
  readonly text: string;
  /** The texts of a list; a scalar is a list of one. */
  readonly items: readonly string[];
}

export type FrontMatter =
  | {
      readonly ok: true;
      readonly fields: ReadonlyMap<string, HeadValue>;
      /** What follows the head. */
      readonly body: string;
    }
  | {
      readonly ok: false;
      /** The line of the file that the parser stopped at, from 1. */
      readonly line: number;
      /** The parser's own words; null where the head has no end. */
      readonly message: string | null;
    };

/**
 * Splits a file into its head, which is YAML between two lines of `---`, and its body. A file
 * without a head is all body, and so is one whose head is no map: its lines are only rules.
 */
export function splitFrontMatter(text: string): FrontMatter {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const all = { ok: true, fields: new Map<string, HeadValue>(), body: lines.join('\n') } as const;
  if (lines[0]?.trimEnd() !== '---') return all;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end < 0) return { ok: false, line: 1, message: null };
  const head = lines.slice(1, end);
  const body = lines.slice(end + 1).join('\n');
  const strict = readHead(head);
  if (strict.ok) return strict.fields === null ? all : { ...strict, fields: strict.fields, body };
  const lenient = readHead(quotePlainValues(head));
  if (lenient.ok && lenient.fields !== null) return { ok: true, fields: lenient.fields, body };
  return { ok: false, line: strict.line + 1, message: strict.message };
}

type ReadHead =
  /** Null where it is no map. */
  | { readonly ok: true; readonly fields: ReadonlyMap<string, HeadValue> | null }
  | { readonly ok: false; readonly line: number; readonly message: string };

function readHead(lines: readonly string[]): ReadHead {
  const source = lines.join('\n');
  const lineCounter = new LineCounter();
  // All scalars are text: a name may be `1` or `no`.
  const document = parseDocument(source, {
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter,
  });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lineCounter.linePos(error.pos[0]);
    return { ok: false, line, message: error.message };
  }
  const { contents } = document;
  const fields = new Map<string, HeadValue>();
  if (contents === null || (isScalar(contents) && contents.value === '')) {
    return { ok: true, fields };
  }
  if (!isMap(contents)) return { ok: true, fields: null };
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  const scalarText = (node: unknown): string | null => {
    const resolved = resolve(node);
    return isScalar(resolved) ? String(resolved.value ?? '') : null;
  };
  for (const { key, value } of contents.items) {
    const name = scalarText(key);
    if (name === null) continue;
    const resolved = resolve(value);
    const text = scalarText(value) ?? sourceText(resolved ?? value, source);
    const items = isSeq(resolved)
      ? resolved.items.flatMap((item) => scalarText(item) ?? [])
      : [text].filter((item) => item !== '');
    fields.set(name, { text, items });
  }
  return { ok: true, fields };
}

/**
 * A list or map in brackets, such as `[issue]`, which argument hints are often written as; or an
 * alias of nothing, such as the pattern `**` begins.
 */
function sourceText(node: unknown, source: string): string {
  const isWritten = isAlias(node) || (isCollection(node) && node.flow === true);
  return isWritten && node.range ? source.slice(node.range[0], node.range[1]) : '';
}

/**
 * Quotes what authors write bare though YAML has a meaning for it, as the tools that own these files
 * do: `argument-hint: [from] [to]`, `description: Use it when: …`, `applyTo: *.ts`.
 */
function quotePlainValues(lines: readonly string[]): readonly string[] {
  const quoted: string[] = [];
  for (let index = 0; index < lines.length; ) {
    let next = index + 1;
    while (next < lines.length && /^[ \t]+\S/.test(lines[next] ?? '')) next++;
    const field = lines.slice(index, next);
    const [, key, first = ''] = /^([\w.-]+):[ \t]+(.*\S)[ \t]*$/.exec(field[0] ?? '') ?? [];
    const value = [first, ...field.slice(1).map((line) => line.trim())].join(' ');
    const isPlain = key !== undefined && !/^["'|>#]/.test(first) && isBalanced(value);
    // The lines stay as many: an error names one of them.
    quoted.push(...(isPlain ? [`${key}: ${JSON.stringify(value)}`] : field));
    if (isPlain) quoted.push(...field.slice(1).map(() => ''));
    index = next;
  }
  return quoted;
}

/** Whether a value closes each bracket that it opens: else it is a list that breaks off. */
function isBalanced(value: string): boolean {
  const count = (bracket: string): number => value.split(bracket).length;
  return count('[') === count(']') && count('{') === count('}');
}
