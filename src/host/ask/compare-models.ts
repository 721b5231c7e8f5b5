import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { isListOf, isObject, isString } from '../../core/guard.ts';
import type { Question } from '../../core/prompt/question.ts';
import type { Draft } from '../../core/usage/input-count.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import { pickModel } from '../connection/choose-model.ts';
import type { KeyPrompt } from '../connection/key-prompt.ts';
import { readActiveSelections } from '../editor/read-selections.ts';
import { comparedTitle } from '../panel/panel.ts';
import type { Panels } from '../panel/panels.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { UsageServices } from '../usage/usage-services.ts';
import { askForPrompt } from './ask-box.ts';
import type { Preflight } from './preflight.ts';
import type { ReplyService } from './reply-service.ts';

/** Two models by their ids: the left column's and the right one's. */
interface ModelPair {
  readonly left: string;
  readonly right: string;
}

const recentPairsKey = 'comparedModels';
const maxRecentPairs = 3;

const isPairs = isListOf(isObject({ left: isString, right: isString }));

/** The pairs that were compared, the last one first. */
export function recentPairs(memory: vscode.Memento): readonly ModelPair[] {
  const kept: unknown = memory.get(recentPairsKey);
  return isPairs(kept) ? kept : [];
}

export async function rememberPair(memory: vscode.Memento, pair: ModelPair): Promise<void> {
  const others = recentPairs(memory).filter(
    ({ left, right }) => left !== pair.left || right !== pair.right,
  );
  await memory.update(recentPairsKey, [pair, ...others].slice(0, maxRecentPairs));
}

interface PairItem extends vscode.QuickPickItem {
  /** Null where two are to be chosen. */
  readonly pair: ModelPair | null;
}

/**
 * Two models that the user picks: a pair of before at once, or one after the other. Null where the
 * user gave up.
 * @param recent the last one first
 * @param current the model in the settings
 */
async function pickPair(
  keyPrompt: KeyPrompt,
  recent: readonly ModelPair[],
  current: string,
): Promise<ModelPair | null> {
  if (recent.length > 0) {
    const items: readonly PairItem[] = [
      ...recent.map((pair) => ({ label: `${pair.left} ↔ ${pair.right}`, pair })),
      { label: vscode.l10n.t('Choose Two Models…'), pair: null },
    ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Compare Two Models'),
      // The focus may just be on its way back to a panel.
      ignoreFocusOut: true,
    });
    if (chosen === undefined || chosen.pair !== null) return chosen?.pair ?? null;
  }
  const again = commandIds.compareModels;
  const title = vscode.l10n.t('Compare Two Models: The Left One');
  const left = await pickModel(keyPrompt, current, { title, again });
  if (left === null) return null;
  const right = await pickModel(keyPrompt, current, {
    title: vscode.l10n.t('{0}, Compared with', left),
    again,
    except: left,
  });
  return right === null ? null : { left, right };
}

interface CompareServices {
  readonly keyPrompt: KeyPrompt;
  readonly preflight: Preflight;
  readonly settings: SettingsReader;
  readonly replies: ReplyService;
  readonly panels: Panels;
  readonly spending: UsageServices;
  readonly memory: vscode.Memento;
}

/** Compare Two Models. */
export function registerCompare(commands: Commands, parts: CompareServices): vscode.Disposable {
  return commands.register(commandIds.compareModels, () => compareModels(parts));
}

/** One question to two models: two panels side by side, each with its own reply and receipt. */
async function compareModels(parts: CompareServices): Promise<void> {
  const { keyPrompt, preflight, settings, replies, panels, spending, memory } = parts;
  // Read first: the boxes take the focus, and the user may click elsewhere.
  const attachments = await readActiveSelections();
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
    opened ??= panels.startPair([comparedTitle(left), comparedTitle(right)]);
    const conversation = (await opened)[side];
    conversation.model = side === 0 ? left : right;
    return conversation;
  };
  const sent = await replies.submitToEach(question(text), [
    { conversation: null, open: () => open(0), model: left },
    { conversation: null, open: () => open(1), model: right },
  ]);
  if (sent !== null) await rememberPair(memory, pair);
}
