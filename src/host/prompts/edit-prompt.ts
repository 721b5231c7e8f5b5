import * as vscode from 'vscode';
import { commandIds } from '../command-ids.ts';
import { listPrompts } from './prompt-files.ts';
import { pickPrompt } from './prompt-pick.ts';
import type { RunPromptServices } from './run-prompt.ts';
import { recentPrompts } from './saved-prompts.ts';

/** Makes a prompt file of the user's own, after asking for its name, and opens it. */
export async function newPrompt(userFolder: vscode.Uri): Promise<void> {
  const taken = new Set(await namesIn(userFolder));
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('New Prompt'),
    prompt: vscode.l10n.t('What is it called?'),
    placeHolder: vscode.l10n.t('Simplify'),
    ignoreFocusOut: true,
    validateInput: (typed) => nameProblem(typed.trim(), taken),
  });
  if (name === undefined) return;
  const uri = vscode.Uri.joinPath(userFolder, `${name.trim()}.md`);
  await vscode.workspace.fs.createDirectory(userFolder);
  if (!(await createFile(uri, initialContent()))) {
    void vscode.window.showErrorMessage(vscode.l10n.t('There is one of this name already.'));
    return;
  }
  await vscode.window.showTextDocument(uri, { preview: false });
}

/** False where there is one by now: it isn't overwritten. */
async function createFile(uri: vscode.Uri, content: string): Promise<boolean> {
  const { fs } = vscode.workspace;
  // `writeFile` overwrites; a rename can be told not to.
  const draft = uri.with({ path: `${uri.path}.${crypto.randomUUID()}.tmp` });
  await fs.writeFile(draft, new TextEncoder().encode(content));
  try {
    await fs.rename(draft, uri, { overwrite: false });
    return true;
  } catch (error) {
    await fs.delete(draft);
    if (error instanceof vscode.FileSystemError && error.code === 'FileExists') return false;
    throw error;
  }
}

async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.map(([name]) => name.toLowerCase());
  } catch {
    return [];
  }
}

/** Null where a file can have this name on every system. */
function nameProblem(name: string, taken: ReadonlySet<string>): string | null {
  if (name === '') return vscode.l10n.t('Type a name.');
  if (!/^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,79}$/.test(name)) {
    return vscode.l10n.t('It becomes a file: at most 80 characters, without / \\ : * ? " < > |');
  }
  return taken.has(`${name.toLowerCase()}.md`)
    ? vscode.l10n.t('There is one of this name already.')
    : null;
}

function initialContent(): string {
  return [
    '---',
    `description: ${vscode.l10n.t('What it does, as the list shows it')}`,
    `# argument-hint: ${vscode.l10n.t('what to type for $ARGUMENTS')}`,
    '# model: claude-sonnet-5-5',
    '---',
    '',
    vscode.l10n.t('Simplify the attached code, and keep what it does. {0}', '$ARGUMENTS'),
    '',
  ].join('\n');
}

/** Opens a prompt file that is chosen: the user's own or the workspace's. */
export async function editPrompt({
  userFolder,
  workspace,
  memory,
}: RunPromptServices): Promise<void> {
  const list = listPrompts(userFolder, workspace);
  const { prompts } = await list;
  if (prompts.every(({ source }) => source.kind === 'built-in')) {
    const create = vscode.l10n.t('New Prompt…');
    const message = vscode.l10n.t('There is no prompt file yet.');
    const pressed = await vscode.window.showInformationMessage(message, create);
    if (pressed === create) await vscode.commands.executeCommand(commandIds.newPrompt);
    return;
  }
  const chosen = await pickPrompt({
    title: vscode.l10n.t('Edit Prompt'),
    placeholder: vscode.l10n.t('Which one?'),
    filter: '',
    list,
    recents: recentPrompts(memory),
    isIncluded: ({ source }) => source.kind !== 'built-in',
  });
  if (chosen === null || chosen.source.kind === 'built-in') return;
  await vscode.window.showTextDocument(chosen.source.uri);
}
