import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Question } from '../../core/prompt/question.ts';
import type { Draft } from '../../core/usage/input-count.ts';
import type { KeyPrompt } from '../api-key/key-prompt.ts';
import { askForPrompt } from '../ask/ask-box.ts';
import type { Preflight } from '../ask/preflight.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import { selected } from '../editor/selected.ts';
import type { Panels } from '../panel/panels.ts';
import type { ReplyService } from '../replies/reply-service.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { Spending } from '../usage/spending.ts';
import { pickPair } from './pick-pair.ts';
import { recentPairs, rememberPair } from './recent-pairs.ts';

export interface CompareParts {
  readonly keyPrompt: KeyPrompt;
  readonly preflight: Preflight;
  readonly settings: SettingsReader;
  readonly replies: ReplyService;
  readonly panels: Panels;
  readonly spending: Spending;
  readonly memory: vscode.Memento;
}

/** Compare Two Models. */
export function registerCompare(commands: Commands, parts: CompareParts): vscode.Disposable {
  return commands.register(commandIds.compareModels, () => compareModels(parts));
}

/** One question to two models: two panels side by side, each with its own reply and receipt. */
async function compareModels(parts: CompareParts): Promise<void> {
  const { keyPrompt, preflight, settings, replies, panels, spending, memory } = parts;
  // Read first: the boxes take the focus, and the user may click elsewhere.
  const attachments = await selected();
  if (!(await keyPrompt.ensureKey())) return;
  const pair = await pickPair(keyPrompt, recentPairs(memory), settings.read().model);
  if (pair === null) return;
  const { left, right } = pair;
  const question = (text: string): Question => ({ prompt: { kind: 'free', text }, attachments });
  const draft = (text: string, model: string): Draft =>
    preflight.draft(question(text), { before: [], mayGoOn: true, model });
  const box = {
    title: vscode.l10n.t('Ask Claude: {0} ↔ {1}', left, right),
    attachments,
    draftsFor: (typed: string) => [draft(typed, left), draft(typed, right)],
  };
  const text = await askForPrompt(box, spending);
  if (text === null) return;
  let opened: ReturnType<Panels['startPair']> | undefined;
  const open = async (side: 0 | 1): Promise<Conversation> => {
    opened ??= panels.startPair([`Claude · ${left}`, `Claude · ${right}`]);
    return (await opened)[side];
  };
  const sent = await replies.submitToEach(question(text), [
    { conversation: null, open: () => open(0), model: left },
    { conversation: null, open: () => open(1), model: right },
  ]);
  if (sent !== null) await rememberPair(memory, pair);
}
