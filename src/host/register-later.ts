import * as vscode from 'vscode';

/**
 * Registers what nobody waits for, once the command that started the extension has had its turn: VS Code
 * takes it in whenever it comes, and the first command comes sooner.
 */
export function registerLater(register: () => vscode.Disposable): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  const timer = setTimeout(() => {
    registered = register();
  }, 0);
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    registered?.dispose();
  });
}
