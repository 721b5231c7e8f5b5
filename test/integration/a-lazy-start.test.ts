import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/command-ids.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { startSimulator } from '../fakes/messages-api/simulator.ts';
import { extension, questionOf, useSimulator } from './workspace.ts';

/** The first file in order: what it tests can only be seen before anything else has run. */
describe('lazy start', () => {
  const isSdkLoaded = (): boolean =>
    Object.keys(require.cache).some((path) => path.endsWith('sdk.cjs'));

  it('is not activated by VS Code’s start', () => {
    assert.equal(extension().isActive, false);
  });

  it('is activated by a command, without loading the SDK', async () => {
    await vscode.commands.executeCommand(commandIds.stop);
    assert.equal(extension().isActive, true);
    assert.equal(isSdkLoaded(), false);
  });

  it('loads the SDK with the first request', async () => {
    await using simulator = await startSimulator(say('Hello.'));
    await useSimulator(simulator);
    const question = await questionOf(simulator, () =>
      vscode.commands.executeCommand(commandIds.ask, { prompt: 'Hello?' }),
    );
    assert.equal(question, 'Hello?');
    assert.equal(isSdkLoaded(), true);
  });

  it('has registered every command', async () => {
    const known = await vscode.commands.getCommands(true);
    const missing = Object.values(commandIds).filter((id) => !known.includes(id));
    assert.deepEqual(missing, []);
  });
});
