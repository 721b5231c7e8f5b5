import * as vscode from 'vscode';
import { isObject, isOptional, isString } from '../../core/guard.ts';
import { type Attachment, attachmentLabel } from '../../core/prompt/attachment.ts';
import { editorVariablesOf } from '../../core/prompt/template.ts';
import { type EditorFacts, editorFacts } from '../context/editor-facts.ts';
import { confirmAttachments } from '../editor/confirm-attachments.ts';
import { editorInUse, selected } from '../editor/selected.ts';
import type { Question } from '../replies/reply-starter.ts';
import { agreedModel } from './agreed-model.ts';
import { fillIn } from './fill-in.ts';
import { type ListedPrompt, listPrompts } from './list-prompts.ts';
import { pickPrompt } from './prompt-pick.ts';
import type { FoundFile } from './prompt-places.ts';
import type { PromptsDeps } from './prompts-deps.ts';
import { recentPrompts, rememberPrompt } from './recent-prompts.ts';

/**
 * What a keybinding may bring: a built-in's name or that of one of the user's own files. A workspace's
 * prompt is never run by its name: whoever wrote it could have bound it, in a task, too.
 */
const isGiven = isObject({ prompt: isString, arguments: isOptional(isString) });

/** Asks with a prompt that is chosen, or given by its name. */
export async function runPrompt(deps: PromptsDeps, given: unknown): Promise<void> {
  // Read first: the list takes the focus.
  const facts = editorFacts(editorInUse());
  const attachments = selected();
  const list = listPrompts(deps.userFolder, deps.workspace);
  const wanted = isGiven(given) ? given : null;
  const named = wanted === null ? undefined : byName((await list).prompts, wanted.prompt);
  const pick = deps.pick ?? pickPrompt;
  const prompt =
    named ??
    (await pick({
      title: vscode.l10n.t('Run Prompt'),
      placeholder: placeholder(await attachments, facts),
      filter: wanted?.prompt ?? '',
      list,
      recents: recentPrompts(deps.memory),
      keeps: () => true,
    }));
  if (prompt === null) return;
  const asked = wanted?.arguments ?? null;
  const question = await questionOf(deps, prompt, facts, await attachments, asked);
  if (question === null) return;
  await rememberPrompt(deps.memory, prompt.id);
  await deps.asker.send(question);
}

/** Ours go first, so that no file can stand in for one of them. */
function byName(prompts: readonly ListedPrompt[], name: string): ListedPrompt | undefined {
  return (
    prompts.find(({ id }) => id === `built-in:${name}`) ??
    prompts.find(({ source }) => source.kind === 'user' && source.read.ok && source.name === name)
  );
}

function placeholder(attachments: readonly Attachment[], { whole }: EditorFacts): string {
  if (attachments.length > 0) {
    return vscode.l10n.t('With {0}', attachments.map(attachmentLabel).join(', '));
  }
  return whole === null
    ? vscode.l10n.t('Nothing is selected, and no file is open.')
    : vscode.l10n.t('Nothing is selected: what is built in goes with all of {0}.', whole.file);
}

/** What would be asked; null where the user gave up, or something it needs is missing, which is said. */
export async function questionOf(
  deps: PromptsDeps,
  { id, name, source }: ListedPrompt,
  facts: EditorFacts,
  attachments: readonly Attachment[],
  given: string | null,
): Promise<Question | null> {
  if (source.kind === 'built-in') {
    const whole = facts.whole === null ? [] : [facts.whole];
    const about = attachments.length > 0 ? attachments : whole;
    if (about.length > 0) return { prompt: source.prompt, attachments: about };
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Select some text, or open a file, for Claude to work on first.'),
    );
    return null;
  }
  if (!source.read.ok) return null;
  const { file } = source.read;
  // What stands in the prompt's own words needn't go with them again, but is as large.
  const isInWords = editorVariablesOf(file.template).has('selection');
  if (isInWords && !(await confirmAttachments(attachments))) return null;
  const text = await fillIn(name, file, facts.variables, given);
  if (text === null) return null;
  const model = await modelOf(deps, id, name, source);
  if (model === null) return null;
  return {
    prompt: { kind: 'saved', name, text },
    attachments: isInWords ? [] : attachments,
    ...(model === undefined ? {} : { model }),
  };
}

/** Undefined for the one in the settings; null where the user gave up. */
async function modelOf(
  { settings, workspaceMemory }: PromptsDeps,
  id: string,
  name: string,
  { kind, read }: FoundFile,
): Promise<string | undefined | null> {
  const model = read.ok ? read.file.model : null;
  if (model === null) return undefined;
  if (kind === 'user') return model;
  return agreedModel(workspaceMemory, id, name, model, settings.read().model);
}
