import * as vscode from 'vscode';
import { answerPrompt, builtInPrompts } from '../../core/prompt/built-in-prompts.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import { type FoundFile, findPromptFiles, userPlace, workspacePlaces } from './prompt-places.ts';

/** A prompt that can be chosen, or a file that says why it can't. */
export interface ListedPrompt {
  /** Says for good which one it is; no file's can be a built-in's. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly source: { readonly kind: 'built-in'; readonly prompt: Prompt } | FoundFile;
}

export interface PromptList {
  readonly prompts: readonly ListedPrompt[];
  /** Whether there is a workspace whose prompts are left out, because it isn't trusted. */
  readonly leavesOutWorkspace: boolean;
}

/** What is asked of a workspace: whether it is trusted, and where it is. */
export type Workspace = Pick<typeof vscode.workspace, 'isTrusted' | 'workspaceFolders'>;

/** @param userFolder where the user's own prompts are */
export async function listPrompts(
  userFolder: vscode.Uri,
  workspace: Workspace = vscode.workspace,
): Promise<PromptList> {
  const { isTrusted, workspaceFolders = [] } = workspace;
  const places = [userPlace(userFolder), ...(isTrusted ? workspacePlaces(workspaceFolders) : [])];
  const found = await Promise.all(places.map(findPromptFiles));
  return {
    prompts: [...builtIns(), ...found.flat().map(listed)],
    leavesOutWorkspace: !isTrusted && workspaceFolders.length > 0,
  };
}

function builtIns(): readonly ListedPrompt[] {
  return builtInPrompts('answer', vscode.l10n).map((ours) => ({
    id: `built-in:${ours.name}`,
    name: ours.title,
    description: ours.description,
    source: { kind: 'built-in', prompt: answerPrompt(ours) },
  }));
}

function listed(source: FoundFile): ListedPrompt {
  const { kind, uri, name, read } = source;
  const file = read.ok ? read.file : null;
  return {
    id: `${kind}:${uri.toString()}`,
    name: file?.name ?? name,
    description: file?.description ?? '',
    source,
  };
}
