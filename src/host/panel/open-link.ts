import * as vscode from 'vscode';

/**
 * Opens a link of a reply. VS Code asks first and shows where it leads, unless the user trusts the
 * domain. Whatever the webview sends, only http and https lead anywhere, and not with a user in
 * front of the server, which would read like another server.
 */
export function openLink(href: string): void {
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return;
  const url = new URL(href);
  if (url.username !== '' || url.password !== '') return;
  void vscode.env.openExternal(vscode.Uri.parse(url.href, true));
}
