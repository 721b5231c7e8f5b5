import * as vscode from 'vscode';
import { ChunkLoader } from './host/chunk-loader.ts';

type Extension = typeof import('./extension.ts');

let extension: Extension | undefined;

/**
 * The entry where there is no Node: in a browser's worker, whose `require` knows `vscode` and no
 * files. What runs is the same as elsewhere, chunk by chunk.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const addressOf = (name: string) => vscode.Uri.joinPath(context.extensionUri, 'dist', name);
  const chunks = new ChunkLoader(
    async (name) => new TextDecoder().decode(await vscode.workspace.fs.readFile(addressOf(name))),
    (name) => addressOf(name).toString(true),
    { vscode },
  );
  extension = (await chunks.load('./extension.cjs')) as Extension;
  extension.activate(context, 'browser');
}

export async function deactivate(): Promise<void> {
  await extension?.deactivate();
}
