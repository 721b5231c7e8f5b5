import * as vscode from 'vscode';
import { type Attachment, attachmentLabel } from '../../core/prompt/attachment.ts';
import type { Draft } from '../../core/usage/input-count.ts';
import { commandIds } from '../command-ids.ts';
import { followEstimates } from '../usage/live-estimate.ts';
import type { UsageServices } from '../usage/usage-services.ts';

export interface AskBoxOptions {
  readonly title: string;
  readonly attachments: readonly Attachment[];
  /** What would be sent for these words, all at once. */
  readonly draftsFor: (text: string) => readonly Draft[];
}

/**
 * Asks for the question, and says while it is typed what it takes. Null where the user gave none.
 */
export function askForPrompt(
  { title, attachments, draftsFor }: AskBoxOptions,
  { counter, budget, warm }: Pick<UsageServices, 'counter' | 'budget' | 'warm'>,
): Promise<string | null> {
  warm.onTyping();
  const box = vscode.window.createInputBox();
  const attached = attachedText(attachments);
  box.title = title;
  box.placeholder = vscode.l10n.t('What do you want to know?');
  box.prompt = attached;
  box.ignoreFocusOut = true;
  box.buttons = [
    { iconPath: new vscode.ThemeIcon('eye'), tooltip: vscode.l10n.t('Preview Request') },
  ];
  box.onDidTriggerButton(() => {
    const question = { prompt: { kind: 'free', text: box.value.trim() }, attachments };
    void vscode.commands.executeCommand(commandIds.previewRequest, question);
  });

  const isBlank = (): boolean => box.value.trim() === '';
  const live = followEstimates(counter, budget, (estimate) => {
    const { text, warning } = estimate ?? { text: null, warning: null };
    box.prompt = text === null ? attached : `${attached} · ${text}`;
    box.validationMessage =
      warning === null
        ? undefined
        : { message: warning, severity: vscode.InputBoxValidationSeverity.Warning };
  });
  const update = (): void => {
    if (box.value.length > 0 && isBlank()) {
      live.update([]);
      box.validationMessage = vscode.l10n.t('Type a question.');
      return;
    }
    if (typeof box.validationMessage === 'string') box.validationMessage = undefined;
    live.update(isBlank() && attachments.length === 0 ? [] : draftsFor(box.value.trim()));
  };

  return new Promise((resolve) => {
    const finish = (text: string | null): void => {
      resolve(text);
      live.dispose();
      box.dispose();
    };
    box.onDidChangeValue(update);
    box.onDidAccept(() => {
      if (!isBlank()) finish(box.value.trim());
      else if (box.value === '') finish(null);
    });
    box.onDidHide(() => finish(null));
    box.show();
    update();
  });
}

function attachedText(attachments: readonly Attachment[]): string {
  const names = attachments.map((each) => attachmentLabel(each, vscode.l10n));
  return names.length === 0
    ? vscode.l10n.t('Nothing is selected: the question goes alone.')
    : vscode.l10n.t('With {0}', names.join(', '));
}
