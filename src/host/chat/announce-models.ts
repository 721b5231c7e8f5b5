import * as vscode from 'vscode';
import type { TurnChange } from '../../core/conversation/conversation.ts';
import type { Subscription } from '../../core/emitter.ts';

interface AnnouncementServices {
  readonly secrets: Pick<vscode.SecretStorage, 'onDidChange'>;
  readonly onDidChangeReply: (listener: (change: TurnChange) => void) => Subscription;
  /** Fired when the models may be others than before. */
  readonly changed: Pick<vscode.EventEmitter<void>, 'fire'>;
}

/**
 * Has VS Code look for Claude's models as soon as there is a key: when one is stored, and once a
 * window after the first complete reply, because a key may also come from the environment. VS Code
 * rejects a question to `@claude` while its model picker is empty, and looks for models by itself
 * only after that. It remembers them for all windows.
 */
export function announceModels({
  secrets,
  onDidChangeReply,
  changed,
}: AnnouncementServices): vscode.Disposable {
  let announced = false;
  const announce = (): void => {
    announced = true;
    changed.fire();
  };
  return vscode.Disposable.from(
    secrets.onDidChange(announce),
    onDidChangeReply(({ event }) => {
      if (!announced && event.type === 'outcome' && event.outcome.kind === 'complete') announce();
    }),
  );
}
