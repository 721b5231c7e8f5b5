import * as vscode from 'vscode';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { Settings } from '../../core/settings.ts';
import type { Connections } from '../connections.ts';
import type { Documents } from '../document/documents.ts';
import { selected } from '../editor/selected.ts';
import type { Panels } from '../panel/panels.ts';
import type { ReplyStarter } from '../replies/reply-starter.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { LazySpending } from '../usage/lazy-spending.ts';
import type { QuestionGate } from './question-gate.ts';

type Target = Settings['target'];

/** From a command to a streaming reply: what is selected, a key, a prompt, a target. */
export class Asker {
  readonly #connections: Connections;
  readonly #gate: QuestionGate;
  readonly #settings: SettingsReader;
  readonly #starter: ReplyStarter;
  readonly #panels: Panels;
  readonly #documents: Documents;
  readonly #spending: LazySpending;

  constructor(parts: {
    readonly connections: Connections;
    readonly gate: QuestionGate;
    readonly settings: SettingsReader;
    readonly starter: ReplyStarter;
    readonly panels: Panels;
    readonly documents: Documents;
    readonly spending: LazySpending;
  }) {
    this.#connections = parts.connections;
    this.#gate = parts.gate;
    this.#settings = parts.settings;
    this.#starter = parts.starter;
    this.#panels = parts.panels;
    this.#documents = parts.documents;
    this.#spending = parts.spending;
  }

  async explainSelection(): Promise<void> {
    const attachments = await selected();
    if (attachments.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Select the text that Claude should explain first.'),
      );
      return;
    }
    await this.#send({ kind: 'explain' }, attachments, this.#settings.read().target);
  }

  /** @param given the question, where it needn't be asked for */
  async ask(given: string | null, target: Target = this.#settings.read().target): Promise<void> {
    // Read first: the input box takes the focus, and the user may click elsewhere.
    const attachments = await selected();
    if (!(await this.#connections.ensureKey())) return;
    const text = given ?? (await this.#askForPrompt(attachments, target));
    if (text !== null) await this.#send({ kind: 'free', text }, attachments, target);
  }

  async #askForPrompt(attachments: readonly Attachment[], target: Target): Promise<string | null> {
    const title =
      target === 'panel'
        ? vscode.l10n.t('Ask Claude')
        : vscode.l10n.t('Ask Claude into a Document');
    const { askForPrompt } = await this.#spending.load();
    const requestsFor = (text: string): readonly ClaudeRequest[] => [
      this.#request({ kind: 'free', text }, attachments, target),
    ];
    return askForPrompt({ title, attachments, requestsFor });
  }

  async #send(prompt: Prompt, attachments: readonly Attachment[], target: Target): Promise<void> {
    const request = (): ClaudeRequest => this.#request(prompt, attachments, target);
    if (!(await this.#gate.lets(attachments, request))) return;
    switch (target) {
      case 'panel':
        this.#starter.start(await this.#panels.show(), { prompt, attachments });
        return;
      case 'document':
        await this.#documents.ask(prompt, attachments);
        return;
    }
  }

  /** What would be sent now. */
  #request(prompt: Prompt, attachments: readonly Attachment[], target: Target): ClaudeRequest {
    const isPanel = target === 'panel';
    const earlier = isPanel ? (this.#panels.conversation?.branch ?? []) : [];
    return this.#starter.requestOf({ prompt, attachments }, earlier, isPanel);
  }
}
