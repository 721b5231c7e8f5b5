import type * as vscode from 'vscode';

/** Tells whether the panel was closed since. On its own, since the stub needs it before the app. */
export function watchClosing(webviewPanel: vscode.WebviewPanel): () => boolean {
  let isClosed = false;
  webviewPanel.onDidDispose(() => {
    isClosed = true;
  });
  return () => isClosed;
}
