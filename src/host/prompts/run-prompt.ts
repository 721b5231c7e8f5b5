import * as vscode from 'vscode';
import { isAttachment, isPrompt } from '../../core/conversation/journal-guards.ts';
import { type Guarded, isListOf, isObject, isOptional, isString } from '../../core/guard.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Question } from '../../core/prompt/question.ts';
import { getEditorVariables } from '../../core/prompt/template.ts';
import type { AskService } from '../ask/ask-service.ts';
import { confirmSize } from '../ask/preflight-checks.ts';
import type { RequestPreview } from '../ask/preview-request.ts';
import { currentEditor, readActiveSelections } from '../editor/read-selections.ts';
import type { Panels } from '../panel/panels.ts';
import type { CommitMessageServices } from '../scm/write-commit-message.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { UsageServices } from '../usage/usage-services.ts';
import { type EditorContext, fillInPrompt, readEditorContext } from './fill-in-prompt.ts';
import {
  type ListedPrompt,
  listPrompts,
  type PromptFileEntry,
  type Workspace,
} from './prompt-files.ts';
import { pickPrompt } from './prompt-pick.ts';
import { recentPrompts, rememberPrompt, type SavedPromptStore } from './saved-prompts.ts';

/** What running a prompt needs of the rest. */
export interface RunPromptServices extends SavedPromptStore {
  readonly asker: Pick<AskService, 'submit'>;
  readonly settings: Pick<SettingsReader, 'read'>;
  /** The workspace's own. */
  readonly workspaceMemory: vscode.Memento;
  /** VS Code's own where it is left out. */
  readonly workspace?: Workspace;
  /** The list on screen where it is left out. */
  readonly pick?: typeof pickPrompt;
}

/** What the commands of prompts and context need. */
export interface PromptServices extends RunPromptServices, CommitMessageServices {
  readonly asker: Pick<AskService, 'submit' | 'draft'>;
  readonly panels: Pick<Panels, 'draft' | 'attach'>;
  readonly spending: Pick<UsageServices, 'counter'>;
}

/**
 * The model that a workspace's prompt is asked of. It may name one, and models differ in price: the
 * user is asked once for each file and model, and the answer is kept with the workspace.
 * Null where they want neither.
 */
async function confirmPromptModel(
  memory: vscode.Memento,
  promptId: string,
  name: string,
  wanted: string,
  own: string,
): Promise<string | null> {
  if (wanted === own) return own;
  const key = `promptModel:${wanted}:${promptId}`;
  const agreed = memory.get<unknown>(key);
  if (agreed === wanted) return wanted;
  if (agreed === 'own') return own;
  const take = vscode.l10n.t('Use {0}', wanted);
  const keep = vscode.l10n.t('Use {0}', own);
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('The workspace’s prompt “{0}” asks for another model than yours.', name),
    {
      modal: true,
      detail: vscode.l10n.t('Models differ in price. Your choice is kept for this prompt.'),
    },
    take,
    keep,
  );
  if (pressed === undefined) return null;
  await memory.update(key, pressed === take ? wanted : 'own');
  return pressed === take ? wanted : own;
}

/**
 * What a keybinding may bring: a built-in's name or that of one of the user's own files. A
 * workspace's prompt is never run by its name: whoever wrote it could have bound it, in a task,
 * too.
 */
const isRunPromptArgument = isObject({ prompt: isString, arguments: isOptional(isString) });

/** Asks with a prompt that is chosen, or given by its name. */
export async function runPrompt(deps: RunPromptServices, given: unknown): Promise<void> {
  const wanted = isRunPromptArgument(given) ? given : null;
  await choosePrompt(deps, wanted, vscode.l10n.t('Run Prompt'), async (id, question) => {
    await rememberPrompt(deps.memory, id);
    await deps.asker.submit(question);
  });
}

/** What the box of Ask… brings: looked at, since any command may bring anything. */
const isQuestion = isObject({ prompt: isPrompt, attachments: isListOf(isAttachment) });

/**
 * Shows what would be sent: of what is given, of the question in the panel, or of a chosen prompt.
 */
export async function previewRequest(
  deps: PromptServices,
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
  deps: RunPromptServices,
  wanted: Guarded<typeof isRunPromptArgument> | null,
  title: string,
  use: (id: string, question: Question) => Promise<void>,
): Promise<void> {
  // Read first: the list takes the focus.
  const facts = readEditorContext(currentEditor(), deps.workspace?.workspaceFolders);
  const attachments = readActiveSelections();
  const list = listPrompts(deps.userFolder, deps.workspace);
  const named = wanted === null ? undefined : findByName((await list).prompts, wanted.prompt);
  const pick = deps.pick ?? pickPrompt;
  const prompt =
    named ??
    (await pick({
      title,
      placeholder: placeholder(facts),
      filter: wanted?.prompt ?? '',
      list,
      recents: recentPrompts(deps.memory),
      isIncluded: () => true,
    }));
  if (prompt === null) return;
  const typed = wanted?.arguments ?? null;
  const question = await buildQuestion(deps, prompt, facts, await attachments, typed);
  if (question !== null) await use(prompt.id, question);
}

/** Ours go first, so that no file can stand in for one of them. */
function findByName(prompts: readonly ListedPrompt[], name: string): ListedPrompt | undefined {
  return (
    prompts.find(({ id }) => id === `built-in:${name}`) ??
    prompts.find(({ source }) => source.kind === 'user' && source.read.ok && source.name === name)
  );
}

function placeholder({ variables, whole }: EditorContext): string {
  if (variables.selection !== null) {
    return vscode.l10n.t('With what is selected in {0}', variables.file ?? '');
  }
  return whole === null
    ? vscode.l10n.t('Nothing is selected, and no file is open.')
    : vscode.l10n.t('Nothing is selected: what is built in goes with all of {0}.', whole.file);
}

/**
 * What would be asked; null where the user gave up, or something it needs is missing, which is
 * said.
 */
async function buildQuestion(
  deps: RunPromptServices,
  { id, name, source }: ListedPrompt,
  facts: EditorContext,
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
  const isInWords = getEditorVariables(file.template).has('selection');
  if (isInWords && !(await confirmSize({ attachments, earlier: [] }))) return null;
  const text = await fillInPrompt(name, file, facts.variables, given);
  if (text === null) return null;
  const model = await resolveModel(deps, id, name, source);
  if (model === null) return null;
  return {
    prompt: { kind: 'saved', name, text },
    attachments: isInWords ? [] : attachments,
    ...(model === undefined ? {} : { model }),
  };
}

/** Undefined for the one in the settings; null where the user gave up. */
async function resolveModel(
  { settings, workspaceMemory }: RunPromptServices,
  id: string,
  name: string,
  { kind, read }: PromptFileEntry,
): Promise<string | undefined | null> {
  const model = read.ok ? read.file.model : null;
  if (model === null) return undefined;
  if (kind === 'user') return model;
  return confirmPromptModel(workspaceMemory, id, name, model, settings.read().model);
}
