import * as vscode from 'vscode';

/**
 * The model that a workspace's prompt is asked of. It may name one, and models differ in price: the
 * user is asked once for each file and model, and the answer is kept with the workspace.
 * Null where they want neither.
 */
export async function agreedModel(
  memory: vscode.Memento,
  promptId: string,
  name: string,
  wanted: string,
  own: string,
): Promise<string | null> {
  if (wanted === own) return own;
  const key = `promptModel:${wanted}:${promptId}`;
  const agreed = memory.get<unknown>(key);
  if (agreed === wanted) return wanted;
  if (agreed === 'own') return own;
  const take = vscode.l10n.t('Use {0}', wanted);
  const keep = vscode.l10n.t('Use {0}', own);
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('The workspace’s prompt “{0}” asks for another model than yours.', name),
    {
      modal: true,
      detail: vscode.l10n.t('Models differ in price. Your choice is kept for this prompt.'),
    },
    take,
    keep,
  );
  if (pressed === undefined) return null;
  await memory.update(key, pressed === take ? wanted : 'own');
  return pressed === take ? wanted : own;
}
