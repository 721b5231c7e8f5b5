import * as vscode from 'vscode';
import { isAttachment, isPrompt } from '../../core/conversation/journal-guards.ts';
import { type Guarded, isListOf, isObject, isOptional, isString } from '../../core/guard.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Question } from '../../core/prompt/question.ts';
import { editorVariablesOf } from '../../core/prompt/template.ts';
import { type EditorFacts, editorFacts } from '../context/editor-facts.ts';
import { confirmAttachments } from '../editor/confirm-attachments.ts';
import { editorInUse, selected } from '../editor/selected.ts';
import type { RequestPreview } from '../preview/preview-request.ts';
import { agreedModel } from './agreed-model.ts';
import { fillIn } from './fill-in.ts';
import { type ListedPrompt, listPrompts } from './list-prompts.ts';
import { pickPrompt } from './prompt-pick.ts';
import type { FoundFile } from './prompt-places.ts';
import type { PromptsDeps, RunPromptDeps } from './prompts-deps.ts';
import { recentPrompts, rememberPrompt } from './recent-prompts.ts';

/**
 * What a keybinding may bring: a built-in's name or that of one of the user's own files. A
 * workspace's prompt is never run by its name: whoever wrote it could have bound it, in a task,
 * too.
 */
const isGiven = isObject({ prompt: isString, arguments: isOptional(isString) });

/** Asks with a prompt that is chosen, or given by its name. */
export async function runPrompt(deps: RunPromptDeps, given: unknown): Promise<void> {
  const wanted = isGiven(given) ? given : null;
  await choosePrompt(deps, wanted, vscode.l10n.t('Run Prompt'), async (id, question) => {
    await rememberPrompt(deps.memory, id);
    await deps.asker.send(question);
  });
}

/** What the box of Ask… brings: looked at, since any command may bring anything. */
const isQuestion = isObject({ prompt: isPrompt, attachments: isListOf(isAttachment) });

/**
 * Shows what would be sent: of what is given, of the question in the panel, or of a chosen prompt.
 */
export async function previewRequest(
  deps: PromptsDeps,
  preview: RequestPreview,
  given: unknown,
): Promise<void> {
  if (isQuestion(given)) return preview.show(given);
  const { draft } = deps.panels;
  if (draft !== null && vscode.window.activeTextEditor === undefined)
    return preview.show(draft, 'panel');
  const title = vscode.l10n.t('Preview Which Request?');
  await choosePrompt(deps, null, title, (_, question) => preview.show(question));
}

/** @param use what is done with the question that comes of it */
async function choosePrompt(
  deps: RunPromptDeps,
  wanted: Guarded<typeof isGiven> | null,
  title: string,
  use: (id: string, question: Question) => Promise<void>,
): Promise<void> {
  // Read first: the list takes the focus.
  const facts = editorFacts(editorInUse());
  const attachments = selected();
  const list = listPrompts(deps.userFolder, deps.workspace);
  const named = wanted === null ? undefined : byName((await list).prompts, wanted.prompt);
  const pick = deps.pick ?? pickPrompt;
  const prompt =
    named ??
    (await pick({
      title,
      placeholder: placeholder(facts),
      filter: wanted?.prompt ?? '',
      list,
      recents: recentPrompts(deps.memory),
      keeps: () => true,
    }));
  if (prompt === null) return;
  const typed = wanted?.arguments ?? null;
  const question = await questionOf(deps, prompt, facts, await attachments, typed);
  if (question !== null) await use(prompt.id, question);
}

/** Ours go first, so that no file can stand in for one of them. */
function byName(prompts: readonly ListedPrompt[], name: string): ListedPrompt | undefined {
  return (
    prompts.find(({ id }) => id === `built-in:${name}`) ??
    prompts.find(({ source }) => source.kind === 'user' && source.read.ok && source.name === name)
  );
}

function placeholder({ variables, whole }: EditorFacts): string {
  if (variables.selection !== '') {
    return vscode.l10n.t('With what is selected in {0}', variables.file);
  }
  return whole === null
    ? vscode.l10n.t('Nothing is selected, and no file is open.')
    : vscode.l10n.t('Nothing is selected: what is built in goes with all of {0}.', whole.file);
}

/**
 * What would be asked; null where the user gave up, or something it needs is missing, which is
 * said.
 */
async function questionOf(
  deps: RunPromptDeps,
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
  { settings, workspaceMemory }: RunPromptDeps,
  id: string,
  name: string,
  { kind, read }: FoundFile,
): Promise<string | undefined | null> {
  const model = read.ok ? read.file.model : null;
  if (model === null) return undefined;
  if (kind === 'user') return model;
  return agreedModel(workspaceMemory, id, name, model, settings.read().model);
}
