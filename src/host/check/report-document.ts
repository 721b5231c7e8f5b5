import * as vscode from 'vscode';

const scheme = 'claude-stream-check';
const address = vscode.Uri.from({ scheme, path: '/Claude Connection.md' });

/** The last report, in an editor that can't be written in and asks nothing when it is closed. */
export class ReportDocument implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #report = '';

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#report,
    });
  }

  async show(report: string): Promise<void> {
    this.#report = report;
    this.#changed.fire(address);
    const document = await vscode.workspace.openTextDocument(address);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
