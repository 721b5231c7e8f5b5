import '../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { commandIds } from '../../src/host/command-ids.ts';
import { calls, EventEmitter, Uri } from '../fakes/vscode.ts';

const { composeApp } = await import('../../src/app.ts');
const { activate, deactivate } = await import('../../src/extension.ts');

/** As much of VS Code's as is touched before anything is asked. */
function anyContext(): vscode.ExtensionContext {
  const memory = { get: () => undefined, update: () => Promise.resolve(), keys: () => [] };
  const context = {
    subscriptions: [],
    secrets: { onDidChange: () => ({ dispose: () => {} }) },
    extensionUri: Uri.parse('file:///extension'),
    globalStorageUri: Uri.parse('file:///storage'),
    globalState: memory,
    workspaceState: memory,
    extension: { packageJSON: { version: '0.0.0' } },
  };
  return context as unknown as vscode.ExtensionContext;
}

describe('the composition root', () => {
  it('has something behind every command that VS Code is told of', () => {
    const events = { history: new EventEmitter(), models: new EventEmitter() };
    const app = composeApp(anyContext(), 'node', events);
    const missing = Object.values(commandIds).filter((id) => !app.commands.has(id));
    app.dispose();
    assert.deepEqual(missing, []);
  });

  it('is loaded by the first use of a command, and not while the extension is activated', async () => {
    calls.length = 0;
    const context = anyContext();
    activate(context);
    const isComposed = () => calls.some(({ name }) => name === 'window.createOutputChannel');
    assert.ok(!isComposed());
    const run = calls.flatMap(({ name, given: [id, handler] }) =>
      name === 'commands.registerCommand' && id === commandIds.showLog ? [handler] : [],
    )[0] as () => Promise<unknown>;
    await run();
    assert.ok(isComposed());
    assert.ok(calls.some(({ name }) => name === 'window.createOutputChannel().show'));
    await deactivate();
    for (const subscription of context.subscriptions) subscription.dispose();
    assert.ok(calls.some(({ name }) => name === 'window.createOutputChannel().dispose'));
  });
});
