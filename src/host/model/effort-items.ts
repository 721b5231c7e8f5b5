import * as vscode from 'vscode';
import type { Capabilities } from '../../core/claude/capabilities.ts';
import { defaultEffort } from '../../core/claude/default-effort.ts';
import { type Effort, effortLevels } from '../../core/claude/request.ts';
import type { Settings } from '../../core/settings.ts';

export interface EffortItem extends vscode.QuickPickItem {
  /** What choosing it sets; undefined for a line between rows. */
  readonly sets?:
    | { readonly name: 'effort'; readonly value: Effort | null }
    | { readonly name: 'showThinking'; readonly value: boolean };
}

type Asked = Pick<Settings, 'model' | 'effort' | 'showThinking'>;

/**
 * What may be chosen for a model: nothing that it can't do, and all where that isn't known.
 * @param can null where it isn't known
 */
export function effortItems(asked: Asked, can: Capabilities | null): readonly EffortItem[] {
  const levels = can?.effort ?? effortLevels;
  const items: EffortItem[] = [];
  if (levels.length > 0) {
    items.push(row(null, asked), ...levels.map((level) => row(level, asked)));
  }
  if (can?.summarisesThinking !== false) {
    items.push(
      { label: vscode.l10n.t('Thinking'), kind: vscode.QuickPickItemKind.Separator },
      {
        label: checked(asked.showThinking, vscode.l10n.t('Show a Summary of the Thinking')),
        description: asked.showThinking ? vscode.l10n.t('on') : vscode.l10n.t('off'),
        sets: { name: 'showThinking', value: !asked.showThinking },
      },
    );
  }
  return items;
}

function row(level: Effort | null, { model, effort }: Asked): EffortItem {
  const own = defaultEffort(model);
  const description =
    level === null ? (own ?? '') : level === own ? vscode.l10n.t('the default of {0}', model) : '';
  const label = level === null ? vscode.l10n.t('The Model’s Default') : effortLabel(level);
  return {
    label: checked(level === effort, label),
    description,
    sets: { name: 'effort', value: level },
  };
}

function checked(isChecked: boolean, label: string): string {
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
