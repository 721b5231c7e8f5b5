/** What a prompt file asks of the editor. */
export type EditorVariable = 'selection' | 'file' | 'fileBasename' | 'language';

/** A piece of a prompt file's body: words, or a place that is filled in when it is run. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** All that was given: `$ARGUMENTS`. */
  | { readonly kind: 'arguments' }
  /** One word of what was given, from 1: `$1`. */
  | { readonly kind: 'argument'; readonly index: number }
  | { readonly kind: 'input'; readonly name: string; readonly placeholder: string }
  | { readonly kind: 'editor'; readonly name: EditorVariable };

/** A prompt file's body, read once. */
export type Template = readonly TemplatePart[];

export interface TemplateValues {
  readonly arguments: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly editor: Readonly<Record<EditorVariable, string>>;
}

const variablePattern =
  /\$ARGUMENTS(?![A-Za-z0-9_])|\$([1-9])(?![0-9])|\$\{(?:input:([^:{}\s]+)(?::([^{}\n]*))?|(selection|selectedText|file|fileBasename|language))\}/g;

/**
 * Finds the places to fill in; whatever else looks like one is words.
 * @param hasPositions whether `$1` … `$9` are places: they are in `.claude/commands`
 */
export function parseTemplate(body: string, hasPositions: boolean): Template {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of body.matchAll(variablePattern)) {
    const [written, index, input, placeholder = '', editor] = match;
    if (index !== undefined && !hasPositions) continue;
    if (match.index > end) parts.push({ kind: 'text', text: body.slice(end, match.index) });
    if (index !== undefined) parts.push({ kind: 'argument', index: Number(index) });
    else if (input !== undefined) parts.push({ kind: 'input', name: input, placeholder });
    else if (editor !== undefined) parts.push({ kind: 'editor', name: toEditorVariable(editor) });
    else parts.push({ kind: 'arguments' });
    end = match.index + written.length;
  }
  if (end < body.length) parts.push({ kind: 'text', text: body.slice(end) });
  return parts;
}

/** Prompt files say `selectedText` too. */
function toEditorVariable(written: string): EditorVariable {
  switch (written) {
    case 'file':
    case 'fileBasename':
    case 'language':
      return written;
    default:
      return 'selection';
  }
}

/** The prompt's words. What is filled in is taken as it is: nothing in it is a place again. */
export function expandTemplate(template: Template, values: TemplateValues): string {
  const words = splitArguments(values.arguments);
  return template.map((part) => textOf(part, values, words)).join('');
}

function textOf(part: TemplatePart, values: TemplateValues, words: readonly string[]): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'arguments':
      return values.arguments;
    case 'argument':
      return words[part.index - 1] ?? '';
    case 'input':
      return values.inputs.get(part.name) ?? '';
    case 'editor':
      return values.editor[part.name];
  }
}

/** Whether it is to be given arguments when it is run. */
export function takesArguments(template: Template): boolean {
  return template.some(({ kind }) => kind === 'arguments' || kind === 'argument');
}

/**
 * What is to be typed when it is run, each once, with the first placeholder that is given for it.
 */
export function getInputs(template: Template): ReadonlyMap<string, string> {
  const inputs = new Map<string, string>();
  for (const part of template) {
    if (part.kind === 'input') inputs.set(part.name, inputs.get(part.name) || part.placeholder);
  }
  return inputs;
}

/** What it takes from the editor. */
export function getEditorVariables(template: Template): ReadonlySet<EditorVariable> {
  return new Set(template.flatMap((part) => (part.kind === 'editor' ? [part.name] : [])));
}

/** At white space, but not inside quotes. */
function splitArguments(typed: string): readonly string[] {
  return [...typed.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}
