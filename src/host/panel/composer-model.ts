import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { joinSubscriptions, type Subscription } from '../../core/emitter.ts';
import type { ToWebview } from '../../core/protocol/to-webview.ts';
import { commandIds } from '../command-ids.ts';
import { effortLabel } from '../connection/choose-effort.ts';
import { type ModelSource, pickModel } from '../connection/choose-model.ts';
import type { Connections } from '../connection/connections.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';
import type { ComposerAttachments } from './composer-attachments.ts';

interface CapabilityServices {
  readonly settings: Pick<SettingsReader, 'read'>;
  readonly connections: Pick<Connections, 'getCapabilities' | 'onDidLearnCapabilities'>;
}

/**
 * Says at once that the chosen model takes no images, where it is known to take none and has some.
 */
export class ComposerImageCheck {
  readonly #conversation: Conversation;
  readonly #attachments: ComposerAttachments;
  readonly #services: CapabilityServices;
  readonly #subscriptions: Subscription;
  /** The images that it was said of, and for which model. */
  #lastNotified = '';

  constructor(
    conversation: Conversation,
    attachments: ComposerAttachments,
    services: CapabilityServices,
  ) {
    this.#conversation = conversation;
    this.#attachments = attachments;
    this.#services = services;
    this.#subscriptions = joinSubscriptions(
      attachments.onDidChange(() => this.#check()),
      services.connections.onDidLearnCapabilities(() => this.#check()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) this.#check();
      }),
    );
    this.#check();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #check(): void {
    const images = this.#attachments.list.filter(({ kind }) => kind === 'image');
    const { settings, connections } = this.#services;
    const model = this.#conversation.model ?? settings.read().model;
    const isBlind = connections.getCapabilities(model)?.takesImages === false;
    const sentence = vscode.l10n.t('{0} takes no images.', model);
    this.#attachments.imageFault = isBlind ? sentence : null;
    const notified = isBlind && images.length > 0 ? `${model} ${images.length}` : '';
    if (notified === this.#lastNotified) return;
    this.#lastNotified = notified;
    if (notified !== '') void this.#notify(sentence);
  }

  async #notify(sentence: string): Promise<void> {
    const choose = vscode.l10n.t('Choose Another Model');
    const leaveOut = vscode.l10n.t('Leave Images Out');
    const pressed = await vscode.window.showWarningMessage(sentence, choose, leaveOut);
    if (pressed === choose) await vscode.commands.executeCommand(commandIds.chooseModel);
    else if (pressed === leaveOut) this.#attachments.removeImages();
  }
}

interface ComposerModelServices extends CapabilityServices {
  readonly keyPrompt: ModelSource;
}

/** Tells a panel's composer which model the next question goes to, and with what effort. */
export class ComposerModel {
  readonly #conversation: Conversation;
  readonly #services: ComposerModelServices;
  readonly #post: (message: ToWebview) => void;
  readonly #subscriptions: Subscription;
  #lastPosted = '';

  constructor(
    conversation: Conversation,
    services: ComposerModelServices,
    post: (message: ToWebview) => void,
  ) {
    this.#conversation = conversation;
    this.#services = services;
    this.#post = post;
    this.#subscriptions = joinSubscriptions(
      services.connections.onDidLearnCapabilities(() => this.#postModel()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) this.#postModel();
      }),
    );
  }

  /** The webview is there, or has lost count. */
  send(): void {
    this.#lastPosted = '';
    this.#postModel();
  }

  choose(what: 'model' | 'effort'): void {
    if (what === 'model' && this.#conversation.model !== null) {
      void this.#chooseOwn(this.#conversation.model);
      return;
    }
    const command = what === 'model' ? commandIds.chooseModel : commandIds.chooseEffort;
    void vscode.commands.executeCommand(command);
  }

  /** For this conversation alone. */
  async #chooseOwn(current: string): Promise<void> {
    this.#conversation.model = (await pickModel(this.#services.keyPrompt, current)) ?? current;
    this.#postModel();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #postModel(): void {
    const { settings, connections } = this.#services;
    const { model: usual, effort } = settings.read();
    const model = this.#conversation.model ?? usual;
    const can = connections.getCapabilities(model);
    const isTaken = effort === null || can === null || can.effort.includes(effort);
    const level = effort === null || !isTaken ? vscode.l10n.t('Default') : effortLabel(effort);
    const message: ToWebview = {
      type: 'model',
      model,
      // A model that takes no effort isn't offered any.
      effort: can?.effort.length === 0 ? null : vscode.l10n.t('Effort: {0}', level),
    };
    const words = JSON.stringify(message);
    if (words === this.#lastPosted) return;
    this.#lastPosted = words;
    this.#post(message);
  }
}
