import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { ConnectionCheck, ConnectionCheckParts } from './check-connection.ts';

/** Check Connection: a chunk that is loaded when it is first run. */
export function registerCheck(commands: Commands, parts: ConnectionCheckParts): vscode.Disposable {
  let check: ConnectionCheck | undefined;
  return vscode.Disposable.from(
    commands.register(commandIds.checkConnection, async () => {
      const { ConnectionCheck } = await import('./check-connection.ts');
      check ??= new ConnectionCheck(parts);
      await check.run();
    }),
    new vscode.Disposable(() => check?.dispose()),
  );
}
