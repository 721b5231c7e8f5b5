import * as vscode from 'vscode';

/** Opens a link of a reply, once the user has seen where it leads. Only http and https lead anywhere. */
export async function openLink(href: string): Promise<void> {
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return;
  const open = vscode.l10n.t('Open');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t('Open this link from Claude’s reply?'),
    { modal: true, detail: new URL(href).href },
    open,
  );
  if (pressed === open) await vscode.env.openExternal(vscode.Uri.parse(href, true));
}
