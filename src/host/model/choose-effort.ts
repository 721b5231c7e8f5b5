import * as vscode from 'vscode';
import type { Capabilities } from '../../core/claude/capabilities.ts';
import type { Subscription } from '../../core/emitter.ts';
import { commandIds } from '../command-ids.ts';
import type { Connections, LeftOutEffort } from '../connections.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';
import { type EffortItem, effortItems, effortLabel } from './effort-items.ts';

/**
 * Chooses how much the model thinks for all that is asked from then on, of what the model in the
 * settings can do.
 */
export async function chooseEffort(
  connections: Connections,
  settings: SettingsReader,
): Promise<void> {
  const asked = settings.read();
  const { model } = asked;
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
    const items = effortItems(asked, can);
    if (JSON.stringify(items) !== JSON.stringify(pick.items)) pick.items = items;
  };
  const known = connections.capabilitiesOf(model);
  // What was told the last time can be chosen from at once.
  if (known !== null) show(known);
  pick.busy = true;
  pick.show();
  // Detached: who has chosen doesn't wait for it. It doesn't reject.
  void learn(connections, model, closed.signal).then((can) => {
    if (closed.signal.aborted) return;
    show(can ?? known);
    pick.busy = false;
  });
  const item = await chosen;
  closed.abort();
  pick.dispose();
  if (item?.sets !== undefined) await set(item.sets);
}

/** Null where it can't be known. */
async function learn(
  connections: Connections,
  model: string,
  signal: AbortSignal,
): Promise<Capabilities | null> {
  try {
    const claude = await connections.open();
    const told = await claude?.capabilities(model, signal);
    return told?.ok === true ? told.value : null;
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

async function set({ name, value }: NonNullable<EffortItem['sets']>): Promise<void> {
  await vscode.workspace
    .getConfiguration(settingsSection)
    .update(name, value ?? 'default', vscode.ConfigurationTarget.Global);
}

/**
 * Says that a question went without the effort that the settings ask for: once in a session, since
 * the settings may well be meant for another model.
 */
export function tellOfLeftOutEffort(connections: Connections): Subscription {
  const told = new Set<string>();
  return connections.onDidLeaveOutEffort((leftOut) => {
    const said = `${leftOut.effort} ${leftOut.model}`;
    if (told.has(said)) return;
    told.add(said);
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
