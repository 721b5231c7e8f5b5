import * as vscode from 'vscode';
import type { SelectionAttachment } from '../../core/prompt/attachment.ts';
import type { PromptFile } from '../../core/prompt/prompt-file.ts';
import {
  type EditorVariable,
  expandTemplate,
  getEditorVariables,
  getInputs,
  takesArguments,
} from '../../core/prompt/template.ts';
import { documentName, readWholeFile } from '../editor/read-selections.ts';

/** What prompts take from an editor, read at one moment. */
export interface EditorContext {
  /** Empty where there is nothing of it. */
  readonly variables: Readonly<Record<EditorVariable, string>>;
  /** Null where there is no editor, or nothing in its document. */
  readonly whole: SelectionAttachment | null;
}

export function readEditorContext(editor: vscode.TextEditor | undefined): EditorContext {
  if (editor === undefined) {
    const variables = { selection: '', file: '', fileBasename: '', language: '' };
    return { variables, whole: null };
  }
  const { document, selections } = editor;
  const file = documentName(document);
  const texts = selections
    .filter(({ isEmpty }) => !isEmpty)
    .toSorted((a, b) => a.start.compareTo(b.start))
    .map((selection) => document.getText(selection));
  return {
    variables: {
      selection: texts.join('\n\n'),
      file,
      fileBasename: file.slice(file.lastIndexOf('/') + 1),
      language: document.languageId,
    },
    whole: readWholeFile(document),
  };
}

/**
 * A prompt file's words, after asking for what is to be typed. Null where the user gave up, or the
 * editor has nothing of what it needs, which is said.
 * @param given its arguments, where they needn't be asked for
 */
export async function fillInPrompt(
  name: string,
  { template, argumentHint }: PromptFile,
  editor: Readonly<Record<EditorVariable, string>>,
  given: string | null,
): Promise<string | null> {
  const missing = [...getEditorVariables(template)].find((variable) => editor[variable] === '');
  if (missing !== undefined) {
    void vscode.window.showInformationMessage(missingSentence(missing, name));
    return null;
  }
  const asksForArguments = takesArguments(template) && given === null;
  const inputs = getInputs(template);
  const steps = inputs.size + (asksForArguments ? 1 : 0);
  let step = 0;
  const ask = async (label: string, placeHolder: string): Promise<string | undefined> => {
    step++;
    const title = steps === 1 ? name : vscode.l10n.t('{0} ({1} of {2})', name, step, steps);
    return vscode.window.showInputBox({ title, prompt: label, placeHolder, ignoreFocusOut: true });
  };
  const typedArguments = asksForArguments
    ? await ask(vscode.l10n.t('What goes with it'), argumentHint)
    : (given ?? '');
  if (typedArguments === undefined) return null;
  const values = new Map<string, string>();
  for (const [input, placeholder] of inputs) {
    const typed = await ask(input, placeholder);
    if (typed === undefined) return null;
    values.set(input, typed);
  }
  return expandTemplate(template, { arguments: typedArguments, inputs: values, editor });
}

function missingSentence(missing: EditorVariable, name: string): string {
  return missing === 'selection'
    ? vscode.l10n.t('“{0}” is about a selection: select some text first.', name)
    : vscode.l10n.t('“{0}” is about a file: open one in an editor first.', name);
}
