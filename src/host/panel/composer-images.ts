import * as vscode from 'vscode';
import { joinSubscriptions, type Subscription } from '../../core/emitter.ts';
import { commandIds } from '../command-ids.ts';
import type { Connections } from '../connections.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';
import type { ComposerAttachments } from './composer-attachments.ts';

/**
 * Says at once that the chosen model takes no images, where it is known to take none and has some.
 */
export class ComposerImages {
  readonly #attachments: ComposerAttachments;
  readonly #settings: SettingsReader;
  readonly #connections: Connections;
  readonly #subscriptions: Subscription;
  /** The images that it was said of, and for which model. */
  #told = '';

  constructor(
    attachments: ComposerAttachments,
    settings: SettingsReader,
    connections: Connections,
  ) {
    this.#attachments = attachments;
    this.#settings = settings;
    this.#connections = connections;
    this.#subscriptions = joinSubscriptions(
      attachments.onDidChange(() => this.#look()),
      connections.onDidLearn(() => this.#look()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) this.#look();
      }),
    );
    this.#look();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #look(): void {
    const images = this.#attachments.list.filter(({ kind }) => kind === 'image');
    const { model } = this.#settings.read();
    const isBlind = this.#connections.capabilitiesOf(model)?.takesImages === false;
    const sentence = vscode.l10n.t('{0} takes no images.', model);
    this.#attachments.imageFault = isBlind ? sentence : null;
    const told = isBlind && images.length > 0 ? `${model} ${images.length}` : '';
    if (told === this.#told) return;
    this.#told = told;
    if (told !== '') void this.#tell(sentence);
  }

  async #tell(sentence: string): Promise<void> {
    const choose = vscode.l10n.t('Choose Another Model');
    const leaveOut = vscode.l10n.t('Leave Images Out');
    const pressed = await vscode.window.showWarningMessage(sentence, choose, leaveOut);
    if (pressed === choose) await vscode.commands.executeCommand(commandIds.chooseModel);
    else if (pressed === leaveOut) this.#attachments.removeImages();
  }
}
