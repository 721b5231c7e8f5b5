import * as vscode from 'vscode';
import { type Attachment, attachmentLabel } from '../../core/prompt/attachment.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { Settings } from '../../core/settings.ts';
import type { Connections } from '../connections.ts';
import type { Documents } from '../document/documents.ts';
import { selected } from '../editor/selected.ts';
import type { PanelSlot } from '../panel/panel-slot.ts';
import type { ReplyStarter } from '../replies/reply-starter.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { QuestionGate } from './question-gate.ts';

type Target = Settings['target'];

/** From a command to a streaming reply: what is selected, a key, a prompt, a target. */
export class Asker {
  readonly #connections: Connections;
  readonly #gate: QuestionGate;
  readonly #settings: SettingsReader;
  readonly #starter: ReplyStarter;
  readonly #panel: PanelSlot;
  readonly #documents: Documents;

  constructor(parts: {
    readonly connections: Connections;
    readonly gate: QuestionGate;
    readonly settings: SettingsReader;
    readonly starter: ReplyStarter;
    readonly panel: PanelSlot;
    readonly documents: Documents;
  }) {
    this.#connections = parts.connections;
    this.#gate = parts.gate;
    this.#settings = parts.settings;
    this.#starter = parts.starter;
    this.#panel = parts.panel;
    this.#documents = parts.documents;
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
    const text = given ?? (await askForPrompt(attachments, target));
    if (text !== null) await this.#send({ kind: 'free', text }, attachments, target);
  }

  async #send(prompt: Prompt, attachments: readonly Attachment[], target: Target): Promise<void> {
    if (!(await this.#gate.lets(attachments))) return;
    switch (target) {
      case 'panel':
        this.#starter.start(await this.#panel.show(), { prompt, attachments });
        return;
      case 'document':
        await this.#documents.ask(prompt, attachments);
        return;
    }
  }
}

async function askForPrompt(
  attachments: readonly Attachment[],
  target: Target,
): Promise<string | null> {
  const text = await vscode.window.showInputBox({
    title:
      target === 'panel'
        ? vscode.l10n.t('Ask Claude')
        : vscode.l10n.t('Ask Claude into a Document'),
    placeHolder: vscode.l10n.t('What do you want to know?'),
    prompt: attachedText(attachments),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.length > 0 && value.trim() === '' ? vscode.l10n.t('Type a question.') : undefined,
  });
  return text === undefined || text.trim() === '' ? null : text.trim();
}

function attachedText(attachments: readonly Attachment[]): string {
  const names = attachments.map(attachmentLabel);
  return names.length === 0
    ? vscode.l10n.t('Nothing is selected: the question goes alone.')
    : vscode.l10n.t('With {0}', names.join(', '));
}
