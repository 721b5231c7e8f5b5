import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { ReceivedRequest, Simulator } from '../fakes/messages-api/simulator.ts';

/* What the tests inside VS Code do over and over. */

export const extension = (): vscode.Extension<unknown> => {
  const found = vscode.extensions.getExtension('claude-stream.claude-stream');
  if (found === undefined) throw new Error('The extension is not installed.');
  return found;
};

export async function useSimulator(simulator: Simulator): Promise<void> {
  // The key in the environment is for the simulator, so nobody is asked.
  process.env['ANTHROPIC_BASE_URL'] = simulator.url;
  await vscode.workspace
    .getConfiguration('claudeStream')
    .update('baseUrl', simulator.url, vscode.ConfigurationTarget.Global);
}

export async function openText(text: string, language = 'plaintext'): Promise<vscode.TextEditor> {
  for (;;) {
    const document = await vscode.workspace.openTextDocument({ content: text, language });
    // VS Code gives the name of an untitled document that was just closed again, and may give what is
    // left of that document with it.
    if (document.getText() === text) return showDocument(document);
  }
}

/** Right after a change of tabs VS Code itself may give the editor that stood in this place before. */
export async function showDocument(
  document: vscode.TextDocument,
  options: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextEditor> {
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    ...options,
  });
  return activeEditorOf(document);
}

/** Writes a file and shows it in a tab that stays. */
export async function openFile(path: string, text: string): Promise<vscode.TextEditor> {
  await writeFile(path, text);
  return showDocument(await vscode.workspace.openTextDocument(path), { preview: false });
}

/** The editor that shows a document, once it is the active one: a command may resolve before. */
export function activeEditorOf(document: vscode.TextDocument): Promise<vscode.TextEditor> {
  const { activeTextEditor } = vscode.window;
  if (activeTextEditor?.document === document) return Promise.resolve(activeTextEditor);
  return new Promise((resolve) => {
    const subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document !== document) return;
      subscription.dispose();
      resolve(editor);
    });
  });
}

/** Runs a command and gives the question that reaches the API. */
export async function questionOf(
  simulator: Simulator,
  run: () => Thenable<unknown>,
): Promise<string> {
  const request = await requestOf(simulator, run);
  return String(request.body?.messages.at(-1)?.content);
}

export async function requestOf(
  simulator: Simulator,
  run: () => Thenable<unknown>,
): Promise<ReceivedRequest> {
  const asked = simulator.nextMessage();
  await run();
  return asked;
}

export async function closeAllEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Resolves as soon as `ready` says so, asked at every change of a document. */
export function documentChange(
  document: vscode.TextDocument,
  ready: (text: string) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    if (ready(document.getText())) {
      resolve();
      return;
    }
    const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document || !ready(document.getText())) return;
      subscription.dispose();
      resolve();
    });
  });
}
