import * as vscode from 'vscode';
import type { KeyPrompt } from '../api-key/key-prompt.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { Connections } from '../connections.ts';
import type { SettingsReader } from '../settings-reader.ts';
import { chooseEffort, tellOfLeftOutEffort } from './choose-effort.ts';
import { chooseModel } from './choose-model.ts';

export interface ModelParts {
  readonly keyPrompt: KeyPrompt;
  readonly connections: Connections;
  readonly settings: SettingsReader;
}

/** Choose Model, Choose Effort, and what is said of an effort that a model doesn't take. */
export function registerModelCommands(
  commands: Commands,
  { keyPrompt, connections, settings }: ModelParts,
): vscode.Disposable {
  return vscode.Disposable.from(
    commands.register(commandIds.chooseModel, () => chooseModel(keyPrompt, settings)),
    commands.register(commandIds.chooseEffort, () => chooseEffort(connections, settings)),
    tellOfLeftOutEffort(connections),
  );
}
