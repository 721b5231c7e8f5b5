import * as vscode from 'vscode';
import type { PromptFile } from '../../core/prompt/prompt-file.ts';
import {
  type EditorVariable,
  editorVariablesOf,
  expandTemplate,
  inputsOf,
  takesArguments,
} from '../../core/prompt/template.ts';

/**
 * A prompt file's words, after asking for what is to be typed. Null where the user gave up, or the
 * editor has nothing of what it needs, which is said.
 * @param given its arguments, where they needn't be asked for
 */
export async function fillIn(
  name: string,
  { template, argumentHint }: PromptFile,
  editor: Readonly<Record<EditorVariable, string>>,
  given: string | null,
): Promise<string | null> {
  const missing = [...editorVariablesOf(template)].find((variable) => editor[variable] === '');
  if (missing !== undefined) {
    void vscode.window.showInformationMessage(missingSentence(missing, name));
    return null;
  }
  const asksForArguments = takesArguments(template) && given === null;
  const inputs = inputsOf(template);
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
