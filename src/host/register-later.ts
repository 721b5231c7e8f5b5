import * as vscode from 'vscode';

/**
 * Does what nobody waits for once the command that started the extension has had its turn: VS Code
 * takes it in whenever it comes, and the first command comes sooner.
 */
export function later(run: () => void): vscode.Disposable {
  const timer = setTimeout(run, 0);
  return new vscode.Disposable(() => clearTimeout(timer));
}

/** Registers what nobody waits for. */
export function registerLater(register: () => vscode.Disposable): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  const registering = later(() => {
    registered = register();
  });
  return vscode.Disposable.from(registering, new vscode.Disposable(() => registered?.dispose()));
}
