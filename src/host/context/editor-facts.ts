import type * as vscode from 'vscode';
import type { SelectionAttachment } from '../../core/prompt/attachment.ts';
import type { EditorVariable } from '../../core/prompt/template.ts';
import { documentName } from '../editor/read-selections.ts';
import { wholeFile } from './whole-file.ts';

/** What prompts take from an editor, read at one moment. */
export interface EditorFacts {
  /** Empty where there is nothing of it. */
  readonly variables: Readonly<Record<EditorVariable, string>>;
  /** Null where there is no editor, or nothing in its document. */
  readonly whole: SelectionAttachment | null;
}

export function editorFacts(editor: vscode.TextEditor | undefined): EditorFacts {
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
    whole: wholeFile(document),
  };
}
