import * as vscode from 'vscode';
import { joinSubscriptions, type Subscription } from '../../core/emitter.ts';
import type { ToWebview } from '../../core/protocol.ts';
import { commandIds } from '../command-ids.ts';
import type { Connections } from '../connections.ts';
import { effortLabel } from '../model/effort-items.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';

/** Tells a panel's composer which model the next question goes to, and with what effort. */
export class ComposerModel {
  readonly #settings: SettingsReader;
  readonly #connections: Connections;
  readonly #post: (message: ToWebview) => void;
  readonly #subscriptions: Subscription;
  #told = '';

  constructor(
    settings: SettingsReader,
    connections: Connections,
    post: (message: ToWebview) => void,
  ) {
    this.#settings = settings;
    this.#connections = connections;
    this.#post = post;
    this.#subscriptions = joinSubscriptions(
      connections.onDidLearn(() => this.#tell()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingsSection)) this.#tell();
      }),
    );
  }

  /** The webview is there, or has lost count. */
  send(): void {
    this.#told = '';
    this.#tell();
  }

  choose(what: 'model' | 'effort'): void {
    const command = what === 'model' ? commandIds.chooseModel : commandIds.chooseEffort;
    void vscode.commands.executeCommand(command);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #tell(): void {
    const { model, effort } = this.#settings.read();
    const can = this.#connections.capabilitiesOf(model);
    const isTaken = effort === null || can === null || can.effort.includes(effort);
    const level = effort === null || !isTaken ? vscode.l10n.t('Default') : effortLabel(effort);
    const told: ToWebview = {
      type: 'model',
      model,
      // A model that takes no effort isn't offered any.
      effort: can?.effort.length === 0 ? null : vscode.l10n.t('Effort: {0}', level),
    };
    const words = JSON.stringify(told);
    if (words === this.#told) return;
    this.#told = words;
    this.#post(told);
  }
}
