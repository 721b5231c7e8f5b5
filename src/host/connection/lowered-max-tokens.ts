import * as vscode from 'vscode';
import type { Subscription } from '../../core/emitter.ts';
import { formatTokens } from '../../core/format-figures.ts';
import { getLanguage } from '../../core/l10n.ts';
import { openSetting, settingsSection } from '../settings-reader.ts';
import type { Connections, LoweredMaxTokens } from './connections.ts';

/** Says once a session and model that it writes fewer tokens than the settings ask for. */
export function notifyLoweredMaxTokens(
  connections: Pick<Connections, 'onDidLowerMaxTokens'>,
): Subscription {
  const reported = new Set<string>();
  return connections.onDidLowerMaxTokens((lowered) => {
    if (reported.has(lowered.model)) return;
    reported.add(lowered.model);
    void showLoweredMaxTokens(lowered);
  });
}

async function showLoweredMaxTokens({ model, maxTokens }: LoweredMaxTokens): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} writes at most {1} tokens, so the setting {2} was lowered for this request.',
      model,
      formatTokens(maxTokens, getLanguage(vscode.l10n)),
      `${settingsSection}.maxTokens`,
    ),
    open,
  );
  if (pressed === open) openSetting('maxTokens');
}
