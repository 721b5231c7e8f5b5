import * as vscode from 'vscode';
import { explainKind, problemKind } from './code-action-kinds.ts';

/** The lightbulb's entries: what they are is loaded by the first that is asked for. */
export function registerCodeActions(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    '*',
    {
      async provideCodeActions(document, range, context): Promise<vscode.CodeAction[]> {
        const { only, triggerKind, diagnostics } = context;
        // On save VS Code runs whatever kinds a workspace's settings name: nothing of ours is sent
        // so.
        const isOnSave = triggerKind === vscode.CodeActionTriggerKind.Automatic;
        if (isOnSave && only !== undefined) return [];
        if (range.isEmpty && diagnostics.length === 0) return [];
        const { codeActions } = await import('./code-actions.ts');
        return codeActions(document, range, context);
      },
    },
    { providedCodeActionKinds: [explainKind, problemKind] },
  );
}
