import * as vscode from 'vscode';

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
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(beginning()));
  await vscode.window.showTextDocument(uri, { preview: false });
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

function beginning(): string {
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
