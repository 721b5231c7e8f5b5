/** The address of a workbench page, with the development payload that names our extension. */
import type { VsCodeServer } from './server.ts';

export interface WorkbenchTarget {
  readonly server: VsCodeServer;
  /** Absolute path of the folder to open. */
  readonly folder?: string | undefined;
  /** Absolute path of the extension under development. */
  readonly extensionPath?: string | undefined;
  /** Absolute path of a JavaScript module that exports `run(): Promise<void>`. */
  readonly testsPath?: string | undefined;
}

export function workbenchAddress(target: WorkbenchTarget): string {
  const { server, folder, extensionPath, testsPath } = target;
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload: [string, string][] = [];
  if (extensionPath !== undefined) payload.push(['extensionDevelopmentPath', remote(extensionPath)]);
  if (testsPath !== undefined) payload.push(['extensionTestsPath', remote(testsPath)]);
  payload.push(['skipWelcome', 'true'], ['skipReleaseNotes', 'true']);

  const address = new URL(server.url);
  // Without a folder VS Code would open the one of the last time.
  if (folder === undefined) address.searchParams.set('ew', 'true');
  else address.searchParams.set('folder', folder);
  address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}
