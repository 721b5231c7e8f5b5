import * as vscode from 'vscode';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import type { KeyPrompt } from '../api-key/key-prompt.ts';
import { askForPrompt } from '../ask/ask-box.ts';
import type { QuestionGate } from '../ask/question-gate.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import { selected } from '../editor/selected.ts';
import type { Panels } from '../panel/panels.ts';
import type { Question, ReplyStarter } from '../replies/reply-starter.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { Spending } from '../usage/spending.ts';
import { pickPair } from './pick-pair.ts';
import { recentPairs, rememberPair } from './recent-pairs.ts';

export interface CompareParts {
  readonly keyPrompt: KeyPrompt;
  readonly gate: QuestionGate;
  readonly settings: SettingsReader;
  readonly starter: ReplyStarter;
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
  const { keyPrompt, gate, settings, starter, panels, spending, memory } = parts;
  // Read first: the boxes take the focus, and the user may click elsewhere.
  const attachments = await selected();
  if (!(await keyPrompt.ensureKey())) return;
  const pair = await pickPair(keyPrompt, recentPairs(memory), settings.read().model);
  if (pair === null) return;
  const { left, right } = pair;
  const question = (text: string, model: string): Question => ({
    prompt: { kind: 'free', text },
    attachments,
    model,
  });
  const requestFor = (text: string, model: string): ClaudeRequest =>
    starter.requestOf(question(text, model), [], true);
  const text = await askForPrompt(
    {
      title: vscode.l10n.t('Ask Claude: {0} ↔ {1}', left, right),
      attachments,
      requestsFor: (typed) => [requestFor(typed, left), requestFor(typed, right)],
    },
    spending,
  );
  if (text === null) return;
  const asked = await gate.pass(
    question(text, left),
    (given) => starter.requestOf(given, [], true),
    (given) => starter.requestOf({ ...given, model: right }, [], true),
  );
  if (asked === null) return;
  await rememberPair(memory, pair);
  const [one, other] = await panels.startPair([`Claude · ${left}`, `Claude · ${right}`]);
  starter.start(one, asked);
  starter.start(other, { ...asked, model: right });
}
