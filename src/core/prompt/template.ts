import { splitArguments } from './split-arguments.ts';

/** What a prompt file takes of the editor and its workspace, by VS Code's names. */
export const editorVariables = [
  'selection',
  'file',
  'relativeFile',
  'relativeFileDirname',
  'fileBasename',
  'fileBasenameNoExtension',
  'fileExtname',
  'fileDirname',
  'lineNumber',
  'language',
  'workspaceFolder',
  'workspaceFolderBasename',
] as const;

export type EditorVariable = (typeof editorVariables)[number];

/** Null where there is nothing of it: no selection, no file, no folder. */
export type EditorValues = Readonly<Record<EditorVariable, string | null>>;

/** A piece of a prompt file's body: words, or a place that is filled in when it is run. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** All arguments as they were typed: `$ARGUMENTS`. */
  | { readonly kind: 'arguments' }
  /** One of the arguments, from 0. Where it wasn't given, `otherwise` stands for it. */
  | { readonly kind: 'argument'; readonly index: number; readonly otherwise: string }
  | { readonly kind: 'input'; readonly name: string; readonly placeholder: string }
  | { readonly kind: 'editor'; readonly name: EditorVariable };

/** A prompt file's body, read once. */
export type Template = readonly TemplatePart[];

export interface TemplateValues {
  /** As typed; empty where there are none. */
  readonly arguments: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly editor: EditorValues;
}

export interface TemplateRules {
  /** Whether `$0`, `$1` … are places, as in Claude Code's commands; in VS Code's files they are words. */
  readonly hasPositions: boolean;
  /** Names of the arguments in order, from the head: `$name` is the one at its place. */
  readonly names?: readonly string[];
}

/**
 * Finds the places to fill in; whatever else looks like one is words. The rules for arguments are
 * those of Claude Code (https://code.claude.com/docs/en/skills, "Available string substitutions"),
 * the variables are VS Code's (https://code.visualstudio.com/docs/reference/variables-reference).
 */
export function parseTemplate(body: string, { hasPositions, names = [] }: TemplateRules): Template {
  const parts: TemplatePart[] = [];
  let words = '';
  let end = 0;
  const first = hasPositions && countsFromOne(body) ? 1 : 0;
  for (const match of body.matchAll(placePattern(hasPositions, names))) {
    const [written] = match;
    words += body.slice(end, match.index);
    end = match.index + written.length;
    if (match.groups?.['escaped'] !== undefined) {
      words += match.groups['escaped'];
      continue;
    }
    if (words !== '') parts.push({ kind: 'text', text: words });
    words = '';
    parts.push(toPart(written, match.groups ?? {}, first, names));
  }
  words += body.slice(end);
  if (words !== '') parts.push({ kind: 'text', text: words });
  return parts;
}

function placePattern(hasPositions: boolean, names: readonly string[]): RegExp {
  // The longest first: an alternative takes what it can.
  const named = names.toSorted((a, b) => b.length - a.length).join('|');
  const places = [
    String.raw`ARGUMENTS\[(?<listed>\d{1,2})\]`,
    ...(hasPositions ? [String.raw`(?<position>\d{1,2})(?!\w)`] : []),
    ...(named === '' ? [] : [String.raw`(?<named>${named})(?![\w[])`]),
    String.raw`ARGUMENTS(?!\w)`,
  ].join('|');
  return new RegExp(
    [
      // One backslash makes it words; behind two it is a place.
      String.raw`(?<!\\)\\(?<escaped>\$(?:${places.replace(/\?<\w+>/g, '?:')}))`,
      String.raw`\$(?:${places})`,
      String.raw`\$\{input:(?<input>[^:{}\n]*[^:{}\s][^:{}\n]*)(?::(?<placeholder>[^{}\n]*))?\}`,
      String.raw`\$\{(?<editor>selectedText|${editorVariables.join('|')})\}`,
    ].join('|'),
    'g',
  );
}

function toPart(
  written: string,
  groups: Readonly<Record<string, string | undefined>>,
  first: number,
  names: readonly string[],
): TemplatePart {
  const { listed, position, named, input, placeholder = '', editor } = groups;
  if (listed !== undefined) {
    return { kind: 'argument', index: Number(listed), otherwise: written };
  }
  if (position !== undefined) {
    return { kind: 'argument', index: Number(position) - first, otherwise: written };
  }
  if (named !== undefined) return { kind: 'argument', index: names.indexOf(named), otherwise: '' };
  if (input !== undefined) return { kind: 'input', name: input.trim(), placeholder };
  const name = editor === 'selectedText' ? 'selection' : editor;
  const variable = editorVariables.find((each) => each === name);
  return variable === undefined ? { kind: 'arguments' } : { kind: 'editor', name: variable };
}

/** Files from before Claude Code counted from 0 have `$1` as the first argument. */
function countsFromOne(body: string): boolean {
  const positions = [...body.matchAll(placePattern(true, []))].map(({ groups }) => groups ?? {});
  return (
    positions.some(({ position }) => position === '1') &&
    !positions.some(({ position, listed }) => position === '0' || listed !== undefined)
  );
}

/**
 * The prompt's words. What is filled in is taken as it is: nothing in it is a place again. Arguments
 * that no place has received are appended.
 */
export function expandTemplate(template: Template, values: TemplateValues): string {
  const words = splitArguments(values.arguments);
  const text = template.map((part) => textOf(part, values, words)).join('');
  const isReceived = template.some(
    (part) => part.kind === 'arguments' || (part.kind === 'argument' && part.index in words),
  );
  const isAppended = !isReceived && values.arguments.trim() !== '';
  return isAppended ? `${text}\n\nARGUMENTS: ${values.arguments}` : text;
}

function textOf(part: TemplatePart, values: TemplateValues, words: readonly string[]): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'arguments':
      return values.arguments;
    case 'argument':
      return words[part.index] ?? part.otherwise;
    case 'input':
      return values.inputs.get(part.name) ?? '';
    case 'editor':
      return values.editor[part.name] ?? '';
  }
}

/** Whether it has a place for arguments. */
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

/** What it takes from the editor and its workspace. */
export function getEditorVariables(template: Template): ReadonlySet<EditorVariable> {
  return new Set(template.flatMap((part) => (part.kind === 'editor' ? [part.name] : [])));
}

/** Whether it is about what an editor shows. */
export function needsEditor(template: Template): boolean {
  return [...getEditorVariables(template)].some((name) => !name.startsWith('workspaceFolder'));
}

/** What looks like a variable and isn't filled in, each once. Fenced code has variables of its own. */
export function getUnknownVariables(body: string): readonly string[] {
  const known = placePattern(false, []);
  const found = new Set<string>();
  let fence = '';
  for (const line of body.split('\n')) {
    const [, marks = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== '' && marks.startsWith(fence)) fence = '';
    else if (fence === '' && marks !== '') fence = marks;
    else if (fence === '') {
      for (const [written] of line.matchAll(/(?<!\\)\$\{[A-Za-z][\w.]*(?::[^{}]*)?\}/g)) {
        if (written.search(known) !== 0) found.add(written);
      }
    }
  }
  return [...found];
}
