import * as vscode from 'vscode';
import type { TurnChange } from '../../core/conversation/conversation.ts';
import type { Subscription } from '../../core/emitter.ts';
import { contextKeys, privacyStep, walkthrough } from '../command-ids.ts';

/** Set once the user was told, for all windows. */
const noteShownKey = 'toldWhatLeaves';

/**
 * Tells once what leaves the machine, with the first question and without holding it up: in the
 * panel where there is one, else in a notification. And completes the walkthrough's step about
 * follow-ups.
 */
export class FirstUse implements vscode.Disposable {
  readonly #memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #subscription: Subscription;
  #hasFollowedUp = false;

  constructor(
    memory: Pick<vscode.Memento, 'get' | 'update'>,
    onDidChangeReply: (listener: (change: TurnChange) => void) => Subscription,
  ) {
    this.#memory = memory;
    this.#subscription = onDidChangeReply(({ turn }) => {
      if (turn.after !== null && !this.#hasFollowedUp) {
        this.#hasFollowedUp = true;
        void vscode.commands.executeCommand('setContext', contextKeys.followedUp, true);
      }
      const note = this.takePrivacyNote();
      if (note !== '') void notify(note);
    });
  }

  /** For whoever shows it now; empty where it was shown before. */
  takePrivacyNote(): string {
    if (this.#memory.get(noteShownKey) === true) return '';
    void this.#memory.update(noteShownKey, true);
    return vscode.l10n.t(
      'What you ask goes to the API at your base URL alone, with the selection and what surrounds it. Conversations are kept on this machine. No telemetry.',
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Says it where no panel does, with a way to read more. */
async function notify(note: string): Promise<void> {
  const more = vscode.l10n.t('Read More');
  if ((await vscode.window.showInformationMessage(note, more)) !== more) return;
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', {
    category: walkthrough,
    step: privacyStep,
  });
}
