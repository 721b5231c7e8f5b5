import * as vscode from 'vscode';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import type { QuestionGate } from '../ask/question-gate.ts';
import type { Connections } from '../connections.ts';
import { selected } from '../editor/selected.ts';
import type { Panels } from '../panel/panels.ts';
import type { Question, ReplyStarter } from '../replies/reply-starter.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { LazySpending } from '../usage/lazy-spending.ts';
import { pickPair } from './pick-pair.ts';
import { recentPairs, rememberPair } from './recent-pairs.ts';

export interface CompareParts {
  readonly connections: Connections;
  readonly gate: QuestionGate;
  readonly settings: SettingsReader;
  readonly starter: ReplyStarter;
  readonly panels: Panels;
  readonly spending: LazySpending;
  readonly memory: vscode.Memento;
}

/** One question to two models: two panels side by side, each with its own reply and receipt. */
export async function compareModels(parts: CompareParts): Promise<void> {
  const { connections, gate, settings, starter, panels, spending, memory } = parts;
  // Read first: the boxes take the focus, and the user may click elsewhere.
  const attachments = await selected();
  if (!(await connections.ensureKey())) return;
  const pair = await pickPair(connections, recentPairs(memory), settings.read().model);
  if (pair === null) return;
  const { left, right } = pair;
  const question = (text: string, model: string): Question => ({
    prompt: { kind: 'free', text },
    attachments,
    model,
  });
  const requestFor = (text: string, model: string): ClaudeRequest =>
    starter.requestOf(question(text, model), [], true);
  const { askForPrompt } = await spending.load();
  const text = await askForPrompt({
    title: vscode.l10n.t('Ask Claude: {0} ↔ {1}', left, right),
    attachments,
    requestsFor: (typed) => [requestFor(typed, left), requestFor(typed, right)],
  });
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
