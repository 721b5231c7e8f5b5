import * as vscode from 'vscode';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import { exchangesOf } from '../../core/conversation/exchanges.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import { buildRequest } from '../../core/prompt/build-request.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { Settings } from '../../core/settings.ts';
import type { Connections } from '../connections.ts';
import type { DocumentTarget } from '../document/document-target.ts';
import { confirmAttachments } from '../editor/confirm-attachments.ts';
import { readSelections } from '../editor/read-selections.ts';
import type { PanelSlot } from '../panel/panel-slot.ts';
import type { ReplyStarter } from '../replies/reply-starter.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { LazySpending } from '../usage/lazy-spending.ts';

type Target = Settings['target'];

/** From a command to a streaming reply: what is selected, a key, a prompt, a target. */
export class Asker {
  readonly #connections: Connections;
  readonly #settings: SettingsReader;
  readonly #starter: ReplyStarter;
  readonly #panel: PanelSlot;
  readonly #documents: DocumentTarget;
  readonly #spending: LazySpending;

  constructor(parts: {
    readonly connections: Connections;
    readonly settings: SettingsReader;
    readonly starter: ReplyStarter;
    readonly panel: PanelSlot;
    readonly documents: DocumentTarget;
    readonly spending: LazySpending;
  }) {
    this.#connections = parts.connections;
    this.#settings = parts.settings;
    this.#starter = parts.starter;
    this.#panel = parts.panel;
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
    const requestFor = (text: string): ClaudeRequest =>
      this.#request({ kind: 'free', text }, attachments, target);
    return askForPrompt({ title, attachments, requestFor });
  }

  async #send(prompt: Prompt, attachments: readonly Attachment[], target: Target): Promise<void> {
    if (!(await confirmAttachments(attachments))) return;
    if (!(await this.#connections.ensureKey())) return;
    if (!(await this.#isWithinBudget(prompt, attachments, target))) return;
    switch (target) {
      case 'panel':
        this.#starter.start(await this.#panel.show(), { prompt, attachments });
        return;
      case 'document':
        await this.#documents.ask(prompt, attachments);
        return;
    }
  }

  async #isWithinBudget(
    prompt: Prompt,
    attachments: readonly Attachment[],
    target: Target,
  ): Promise<boolean> {
    if (this.#settings.read().dailyBudget === 0) return true;
    const { budget } = await this.#spending.load();
    return budget.allows(this.#request(prompt, attachments, target));
  }

  /** What would be sent now. */
  #request(prompt: Prompt, attachments: readonly Attachment[], target: Target): ClaudeRequest {
    const before = target === 'panel' ? this.#panel.conversation?.branch : undefined;
    const place = { earlier: exchangesOf(before ?? []), cache: target === 'panel' };
    return buildRequest(prompt, attachments, this.#settings.read(), place);
  }
}

async function selected(): Promise<readonly Attachment[]> {
  const editor = editorInUse();
  return editor === undefined ? [] : readSelections(editor);
}

/** The active editor; while the panel has the focus, the one on screen that has a selection. */
function editorInUse(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return (
    activeTextEditor ??
    visibleTextEditors.find(({ selections }) => selections.some(({ isEmpty }) => !isEmpty))
  );
}
