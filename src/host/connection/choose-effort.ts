import * as vscode from 'vscode';
import { type Capabilities, defaultEffort } from '../../core/claude/model.ts';
import { type Effort, effortLevels } from '../../core/claude/request.ts';
import type { Subscription } from '../../core/emitter.ts';
import type { Settings } from '../../core/settings.ts';
import { commandIds } from '../command-ids.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';
import type { Connections, LeftOutEffort } from './connections.ts';

export interface EffortItem extends vscode.QuickPickItem {
  /** What choosing it sets; undefined for a line between rows. */
  readonly setting?:
    | { readonly name: 'effort'; readonly value: Effort | null }
    | { readonly name: 'showThinking'; readonly value: boolean };
}

type EffortSettings = Pick<Settings, 'model' | 'effort' | 'showThinking'>;

/**
 * What may be chosen for a model: nothing that it can't do, and all where that isn't known.
 * @param can null where it isn't known
 */
export function effortItems(
  current: EffortSettings,
  can: Capabilities | null,
): readonly EffortItem[] {
  const levels = can?.effort ?? effortLevels;
  const items: EffortItem[] = [];
  if (levels.length > 0) {
    items.push(effortRow(null, current), ...levels.map((level) => effortRow(level, current)));
  }
  if (can?.summarisesThinking !== false) {
    items.push(
      { label: vscode.l10n.t('Thinking'), kind: vscode.QuickPickItemKind.Separator },
      {
        label: withCheckMark(current.showThinking, vscode.l10n.t('Show a Summary of the Thinking')),
        description: current.showThinking ? vscode.l10n.t('on') : vscode.l10n.t('off'),
        setting: { name: 'showThinking', value: !current.showThinking },
      },
    );
  }
  return items;
}

function effortRow(level: Effort | null, { model, effort }: EffortSettings): EffortItem {
  const own = defaultEffort(model);
  const description =
    level === null ? (own ?? '') : level === own ? vscode.l10n.t('the default of {0}', model) : '';
  const label = level === null ? vscode.l10n.t('The Model’s Default') : effortLabel(level);
  return {
    label: withCheckMark(level === effort, label),
    description,
    setting: { name: 'effort', value: level },
  };
}

function withCheckMark(isChecked: boolean, label: string): string {
  return isChecked ? `$(check) ${label}` : label;
}

export function effortLabel(effort: Effort): string {
  switch (effort) {
    case 'low':
      return vscode.l10n.t('Low');
    case 'medium':
      return vscode.l10n.t('Medium');
    case 'high':
      return vscode.l10n.t('High');
    case 'xhigh':
      return vscode.l10n.t('Extra High');
    case 'max':
      return vscode.l10n.t('Maximum');
  }
}

/**
 * Chooses how much the model thinks for all that is asked from then on, of what the model in the
 * settings can do.
 */
export async function chooseEffort(
  connections: Connections,
  settings: SettingsReader,
): Promise<void> {
  const current = settings.read();
  const { model } = current;
  const pick = vscode.window.createQuickPick<EffortItem>();
  const closed = new AbortController();
  pick.title = vscode.l10n.t('Choose the Effort of {0}', model);
  pick.matchOnDescription = true;
  const chosen = new Promise<EffortItem | null>((resolve) => {
    pick.onDidAccept(() => resolve(pick.selectedItems[0] ?? null));
    pick.onDidHide(() => resolve(null));
  });
  const show = (can: Capabilities | null): void => {
    pick.placeholder = placeholder(model, can);
    const items = effortItems(current, can);
    if (JSON.stringify(items) !== JSON.stringify(pick.items)) pick.items = items;
  };
  const known = connections.getCapabilities(model);
  // What was told the last time can be chosen from at once.
  if (known !== null) show(known);
  pick.busy = true;
  pick.show();
  // Detached: who has chosen doesn't wait for it. It doesn't reject.
  void loadCapabilities(connections, model, closed.signal).then((can) => {
    if (closed.signal.aborted) return;
    show(can ?? known);
    pick.busy = false;
  });
  const item = await chosen;
  closed.abort();
  pick.dispose();
  if (item?.setting !== undefined) await saveSetting(item.setting);
}

/** Null where it can't be known. */
async function loadCapabilities(
  connections: Connections,
  model: string,
  signal: AbortSignal,
): Promise<Capabilities | null> {
  try {
    const claude = await connections.open();
    const result = await claude?.getCapabilities(model, signal);
    return result?.ok === true ? result.value : null;
  } catch {
    return null;
  }
}

function placeholder(model: string, can: Capabilities | null): string {
  if (can === null) {
    return vscode.l10n.t('What {0} can do isn’t known here: every level is offered.', model);
  }
  return can.effort.length === 0
    ? vscode.l10n.t('{0} has no levels of effort.', model)
    : vscode.l10n.t('How much {0} thinks before and while it answers', model);
}

async function saveSetting({ name, value }: NonNullable<EffortItem['setting']>): Promise<void> {
  await vscode.workspace
    .getConfiguration(settingsSection)
    .update(name, value ?? 'default', vscode.ConfigurationTarget.Global);
}

/**
 * Says that a question went without the effort that the settings ask for: once in a session, since
 * the settings may well be meant for another model.
 */
export function notifyIgnoredEffort(connections: Connections): Subscription {
  const reported = new Set<string>();
  return connections.onDidLeaveOutEffort((leftOut) => {
    const said = `${leftOut.effort} ${leftOut.model}`;
    if (reported.has(said)) return;
    reported.add(said);
    void tellEffortLeftOut(leftOut);
  });
}

async function tellEffortLeftOut({ model, effort }: LeftOutEffort): Promise<void> {
  const choose = vscode.l10n.t('Choose Effort');
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      '{0} doesn’t take the effort “{1}” of the settings. It is asked without.',
      model,
      effortLabel(effort),
    ),
    choose,
  );
  if (pressed === choose) await vscode.commands.executeCommand(commandIds.chooseEffort);
}
