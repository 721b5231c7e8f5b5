import * as vscode from 'vscode';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import { filePrompt } from '../../core/prompt/code-prompt.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { Settings } from '../../core/settings.ts';
import type { KeyPrompt } from '../api-key/key-prompt.ts';
import type { DocumentTarget } from '../document/document-target.ts';
import { selected } from '../editor/selected.ts';
import type { Panels } from '../panel/panels.ts';
import type { Question, ReplyStarter } from '../replies/reply-starter.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { Spending } from '../usage/spending.ts';
import { askForPrompt } from './ask-box.ts';
import type { QuestionGate } from './question-gate.ts';

type Target = Settings['target'];

/** From a command to a streaming reply: what is selected, a key, a prompt, a target. */
export class Asker {
  readonly #keyPrompt: KeyPrompt;
  readonly #gate: QuestionGate;
  readonly #settings: SettingsReader;
  readonly #starter: ReplyStarter;
  readonly #panels: Panels;
  readonly #documents: DocumentTarget;
  readonly #spending: Spending;

  constructor(parts: {
    readonly keyPrompt: KeyPrompt;
    readonly gate: QuestionGate;
    readonly settings: SettingsReader;
    readonly starter: ReplyStarter;
    readonly panels: Panels;
    readonly documents: DocumentTarget;
    readonly spending: Spending;
  }) {
    this.#keyPrompt = parts.keyPrompt;
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
    await this.send({ prompt: { kind: 'explain' }, attachments });
  }

  /**
   * @param given the question, where it needn't be asked for
   * @param language of the document that code alone is wanted in, by VS Code's identifier
   */
  async ask(
    given: string | null,
    target: Target = this.#settings.read().target,
    language: string | null = null,
  ): Promise<void> {
    // Read first: the input box takes the focus, and the user may click elsewhere.
    const attachments = await selected();
    if (!(await this.#keyPrompt.ensureKey())) return;
    const promptFor = (text: string): Prompt =>
      language === null ? { kind: 'free', text } : filePrompt(text, language);
    const text = given ?? (await this.#askForPrompt(attachments, target, promptFor));
    if (text === null) return;
    await this.send({ prompt: promptFor(text), attachments }, target, language);
  }

  /** Streams the reply to the cursor. @param given the question, where it needn't be asked for */
  async askAtCursor(given: string | null): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    await this.#documents.askAtCursor(editor, {
      words: async (attachments, promptFor) => {
        if (!(await this.#keyPrompt.ensureKey())) return null;
        return given ?? this.#askForPrompt(attachments, 'document', promptFor);
      },
      pass: (question) => this.#gate.pass(question, (given) => this.requestOf(given, 'document')),
    });
  }

  async #askForPrompt(
    attachments: readonly Attachment[],
    target: Target,
    promptFor: (text: string) => Prompt,
  ): Promise<string | null> {
    const title =
      target === 'panel'
        ? vscode.l10n.t('Ask Claude')
        : vscode.l10n.t('Ask Claude into a Document');
    const requestsFor = (text: string): readonly ClaudeRequest[] => [
      this.requestOf({ prompt: promptFor(text), attachments }, target),
    ];
    return askForPrompt({ title, attachments, requestsFor }, this.#spending);
  }

  /**
   * Asks, once the gate lets it through. Resolves when the reply has begun, in a document when it
   * has ended.
   * @param language of a new document, by VS Code's identifier; null for Markdown
   */
  async send(
    asked: Question,
    target: Target = this.#settings.read().target,
    language: string | null = null,
  ): Promise<void> {
    const question = await this.#gate.pass(asked, (given) => this.requestOf(given, target));
    if (question === null) return;
    switch (target) {
      case 'panel':
        this.#starter.start(await this.#panels.show(), question);
        return;
      case 'document':
        await this.#documents.ask(question, language ?? undefined);
        return;
    }
  }

  /** What would be sent now. */
  requestOf(question: Question, target: Target = this.#settings.read().target): ClaudeRequest {
    const isPanel = target === 'panel';
    const earlier = isPanel ? (this.#panels.conversation?.branch ?? []) : [];
    return this.#starter.requestOf(question, earlier, isPanel);
  }
}
