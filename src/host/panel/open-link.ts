import * as vscode from 'vscode';

/**
 * Opens a link of a reply. VS Code asks first and shows where it leads, unless the user trusts the
 * domain. Whatever the webview sends, only http and https lead anywhere.
 */
export function openLink(href: string): void {
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return;
  void vscode.env.openExternal(vscode.Uri.parse(href, true));
}
