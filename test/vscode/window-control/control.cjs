const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const vscode = require('vscode');

const run = (command) => vscode.commands.executeCommand(command);
const settings = () => vscode.workspace.getConfiguration('windowControl');

/** Puts the variables that the tests have written beside our address into this host's environment. */
function loadEnvironment() {
  const path = `${process.env['WINDOW_CONTROL_ADDRESS']}.env`;
  if (existsSync(path)) Object.assign(process.env, JSON.parse(readFileSync(path, 'utf8')));
}

/** Resolves once VS Code has read both settings files in these revisions. */
function untilSettings({ userRevision, machineRevision }) {
  loadEnvironment();
  const areRead = () =>
    settings().get('userRevision') === userRevision &&
    settings().get('machineRevision') === machineRevision;
  return new Promise((resolve) => {
    if (areRead()) return resolve();
    const listener = vscode.workspace.onDidChangeConfiguration(() => {
      if (!areRead()) return;
      listener.dispose();
      resolve();
    });
  });
}

/** Resolves once VS Code has told this host of no tab any more. */
function untilNoTabs() {
  const areGone = () => vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
  return new Promise((resolve) => {
    if (areGone()) return resolve();
    const listener = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (!areGone()) return;
      listener.dispose();
      resolve();
    });
  });
}

/** Closes what is open, saving nothing. */
async function tidy() {
  await run('workbench.action.closeQuickOpen');
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await run('workbench.action.revertAndCloseActiveEditor');
  }
  await run('workbench.action.closeAllEditors');
  await untilNoTabs();
  await run('workbench.action.unlockEditorGroup');
  await run('workbench.action.closePanel');
  await run('workbench.action.closeAuxiliaryBar');
  await run('workbench.view.explorer');
  await run('notifications.clearAll');
}

/** Begins a command, which may take as long as a reply does. */
async function begin({ command, parameters }) {
  void vscode.commands.executeCommand(command, ...parameters);
}

async function openFile({ path }) {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path));
}

/** The active editor, as soon as VS Code has told this host of it. */
function untilEditor() {
  const active = vscode.window.activeTextEditor;
  if (active !== undefined) return active;
  return new Promise((resolve) => {
    const listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor === undefined) return;
      listener.dispose();
      resolve(editor);
    });
  });
}

/** Selects in the active editor, by positions that count from 0, and gives it the focus. */
async function select({ from, to }) {
  const { document, viewColumn } = await untilEditor();
  const selection = new vscode.Range(from.line, from.column, to.line, to.column);
  const editor = await vscode.window.showTextDocument(document, { viewColumn });
  editor.selection = new vscode.Selection(selection.start, selection.end);
  editor.revealRange(selection);
}

const actions = { begin, openFile, select, tidy, untilSettings };

async function answer(request, response) {
  const chunks = await Array.fromAsync(request);
  const { action, ...parameters } = JSON.parse(Buffer.concat(chunks).toString());
  await actions[action](parameters);
  response.end('{}');
}

exports.activate = ({ subscriptions }) => {
  const address = process.env['WINDOW_CONTROL_ADDRESS'];
  if (address === undefined) return;
  loadEnvironment();
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const told = JSON.stringify({ pid: process.pid, port: server.address().port });
    // Written whole or not at all: the tests look for it again and again.
    writeFileSync(`${address}.new`, told);
    renameSync(`${address}.new`, address);
  });
  subscriptions.push({ dispose: () => server.close() });
};
