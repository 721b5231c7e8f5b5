import * as vscode from 'vscode';

/** Says once which conversations were set aside. @param names of their folders */
export function tellDamaged(names: readonly string[]): void {
  const [first, ...others] = names;
  if (first === undefined) return;
  void vscode.window.showWarningMessage(
    others.length === 0
      ? vscode.l10n.t('A saved conversation is damaged and was set aside as {0}.', first)
      : vscode.l10n.t(
          '{0} saved conversations are damaged and were set aside, the first as {1}.',
          names.length,
          first,
        ),
  );
}
