import * as vscode from 'vscode';
import type { Claude } from '../../core/claude/claude.ts';
import { describeFailure } from '../../core/claude/describe-failure.ts';
import type { Model } from '../../core/claude/model.ts';
import { formatTokens } from '../../core/format-figures.ts';
import { getLanguage } from '../../core/l10n.ts';
import { commandIds } from '../command-ids.ts';
import { failureActionLabel, runFailureAction, showFailure } from '../notifications.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';

interface ModelItem extends vscode.QuickPickItem {
  readonly modelId: string;
}

/** Opens a connection that can list the models, after asking for a key where there is none. */
export interface ModelSource {
  open(): Promise<Pick<Claude, 'listModels'> | null>;
}

interface PickModelOptions {
  readonly title?: string;
  /** The command that tries once more where they can't be listed. */
  readonly again?: string;
  /** A model that isn't offered. */
  readonly except?: string;
}

/**
 * The id of a model that the user picks from those that the key may use, as the API names them now;
 * null where none was picked.
 */
export async function pickModel(
  keyPrompt: ModelSource,
  current: string,
  {
    title = vscode.l10n.t('Choose the Model'),
    again = commandIds.chooseModel,
    except,
  }: PickModelOptions = {},
): Promise<string | null> {
  const claude = await keyPrompt.open();
  if (claude === null) return null;
  const looking = new AbortController();
  const listed = claude.listModels(looking.signal);
  const pick = vscode.window.createQuickPick<ModelItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Current: {0}. Type another id to use it.', current);
  pick.matchOnDescription = true;
  pick.busy = true;
  let models: readonly ModelItem[] = [];
  const showItems = (): void => {
    const typed = pick.value.trim();
    const isListed = models.some(({ modelId }) => modelId === typed);
    pick.items = typed === '' || isListed ? models : [...models, typedItem(typed)];
  };
  return new Promise((resolve) => {
    const finish = (chosen: string | null): void => {
      resolve(chosen);
      looking.abort();
      pick.dispose();
    };
    pick.onDidChangeValue(showItems);
    pick.onDidAccept(() => finish(pick.selectedItems[0]?.modelId ?? null));
    pick.onDidHide(() => finish(null));
    void listed.then((result) => {
      if (looking.signal.aborted) return;
      pick.busy = false;
      if (result.ok) {
        models = result.value
          .filter(({ id }) => id !== except)
          .map((model) => modelItem(model, current));
        showItems();
        return;
      }
      finish(null);
      const { message, action } = describeFailure(result.failure, vscode.l10n);
      const retry = (): void => void vscode.commands.executeCommand(again);
      void showFailure(vscode.l10n.t('The models could not be listed. {0}', message), [
        { label: failureActionLabel(action), run: () => void runFailureAction(action, retry) },
      ]);
    });
    pick.show();
  });
}

function modelItem(model: Model, current: string): ModelItem {
  const details = [
    model.contextTokens === null
      ? null
      : vscode.l10n.t('{0} context', formatTokens(model.contextTokens, getLanguage(vscode.l10n))),
    model.maxOutputTokens === null
      ? null
      : vscode.l10n.t('{0} output', formatTokens(model.maxOutputTokens, getLanguage(vscode.l10n))),
    lifecycleText(model),
  ].filter((detail) => detail !== null);
  const icon = model.id === current ? '$(check) ' : '';
  return {
    modelId: model.id,
    label: icon + model.displayName,
    description: model.id,
    detail: details.join(' · '),
  };
}

function lifecycleText({ lifecycle, retiresAt }: Model): string {
  const on = retiresAt?.slice(0, 10);
  switch (lifecycle) {
    case 'active':
      return vscode.l10n.t('active');
    case 'deprecated':
      return on === undefined
        ? vscode.l10n.t('$(warning) deprecated')
        : vscode.l10n.t('$(warning) deprecated, retires on {0}', on);
    case 'retired':
      return vscode.l10n.t('$(error) retired');
  }
}

function typedItem(id: string): ModelItem {
  return { modelId: id, label: vscode.l10n.t('Use “{0}”', id), alwaysShow: true };
}

/** Chooses the model for all that is asked from then on. */
export async function chooseModel(
  keyPrompt: ModelSource,
  settings: Pick<SettingsReader, 'read'>,
): Promise<void> {
  const current = settings.read().model;
  const chosen = await pickModel(keyPrompt, current);
  if (chosen === null || chosen === current) return;
  await vscode.workspace
    .getConfiguration(settingsSection)
    .update('model', chosen, vscode.ConfigurationTarget.Global);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Claude model: {0}', chosen), 5000);
}
