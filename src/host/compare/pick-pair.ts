import * as vscode from 'vscode';
import type { KeyPrompt } from '../api-key/key-prompt.ts';
import { commandIds } from '../command-ids.ts';
import { pickModel } from '../model/pick-model.ts';
import type { ModelPair } from './recent-pairs.ts';

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
export async function pickPair(
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
  const right = await pickModel(keyPrompt, left, {
    title: vscode.l10n.t('{0}, Compared with', left),
    again,
  });
  return right === null ? null : { left, right };
}
