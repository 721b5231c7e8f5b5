import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import { noContext, type Question, questionIn } from '../../core/prompt/question.ts';
import { filePrompt } from '../../core/prompt/task-prompts.ts';
import type { Settings } from '../../core/settings.ts';
import type { Draft } from '../../core/usage/input-count.ts';
import { commandIds } from '../command-ids.ts';
import { type Commands, languageArgument, promptArgument } from '../commands.ts';
import type { KeyPrompt } from '../connection/key-prompt.ts';
import type { DocumentTarget } from '../document/document-target.ts';
import { readActiveSelections } from '../editor/read-selections.ts';
import type { Panels } from '../panel/panels.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { UsageServices } from '../usage/usage-services.ts';
import { askForPrompt } from './ask-box.ts';
import type { Preflight } from './preflight.ts';
import type { ReplyService } from './reply-service.ts';

type Target = Settings['target'];

interface AskServices {
  readonly keyPrompt: Pick<KeyPrompt, 'ensureKey'>;
  readonly preflight: Pick<Preflight, 'draft'>;
  readonly settings: Pick<SettingsReader, 'read'>;
  readonly replies: Pick<ReplyService, 'submit'>;
  readonly panels: Pick<Panels, 'conversation' | 'show'>;
  readonly documents: Pick<DocumentTarget, 'ask' | 'askAtCursor'>;
  readonly spending: Pick<UsageServices, 'counter' | 'budget' | 'warm'>;
}

/** From a command to a streaming reply: what is selected, a key, a prompt, a target. */
export class AskService {
  readonly #services: AskServices;

  constructor(services: AskServices) {
    this.#services = services;
  }

  async explainSelection(): Promise<void> {
    const attachments = await readActiveSelections();
    if (attachments.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Select the text that Claude should explain first.'),
      );
      return;
    }
    await this.submit({ prompt: { kind: 'explain' }, attachments });
  }

  /**
   * @param presetText the question, where it needn't be asked for
   * @param language of the document that code alone is wanted in, by VS Code's identifier
   */
  async ask(
    presetText: string | null,
    target: Target = this.#services.settings.read().target,
    language: string | null = null,
  ): Promise<void> {
    // Read first: the input box takes the focus, and the user may click elsewhere.
    const attachments = await readActiveSelections();
    if (!(await this.#services.keyPrompt.ensureKey())) return;
    const promptFor = (text: string): Prompt =>
      language === null ? { kind: 'free', text } : filePrompt(text, language);
    const title =
      target === 'panel'
        ? vscode.l10n.t('Ask Claude')
        : vscode.l10n.t('Ask Claude into a Document');
    const text = presetText ?? (await this.#askForPrompt(title, attachments, target, promptFor));
    if (text === null) return;
    await this.submit({ prompt: promptFor(text), attachments }, target, language);
  }

  /** Streams the reply to the cursor. @param presetText the question, where it needn't be asked for */
  async askAtCursor(presetText: string | null): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    await this.#services.documents.askAtCursor(editor, async (attachments, promptFor) => {
      if (!(await this.#services.keyPrompt.ensureKey())) return null;
      const title = vscode.l10n.t('Ask Claude at the Cursor');
      return presetText ?? this.#askForPrompt(title, attachments, 'document', promptFor);
    });
  }

  async #askForPrompt(
    title: string,
    attachments: readonly Attachment[],
    target: Target,
    promptFor: (text: string) => Prompt,
  ): Promise<string | null> {
    const draftsFor = (text: string): readonly Draft[] => [
      this.draft({ prompt: promptFor(text), attachments }, target),
    ];
    return askForPrompt({ title, attachments, draftsFor }, this.#services.spending);
  }

  /**
   * Resolves when the reply has begun or nothing was sent, in a document when the reply has ended.
   * @param language of a new document, by VS Code's identifier; null for Markdown
   */
  async submit(
    question: Question,
    target: Target = this.#services.settings.read().target,
    language: string | null = null,
  ): Promise<void> {
    switch (target) {
      case 'panel':
        await this.#services.replies.submit(question, {
          conversation: this.#services.panels.conversation,
          open: () => this.#services.panels.show(),
        });
        return;
      case 'document':
        await this.#services.documents.ask(question, language ?? undefined);
        return;
    }
  }

  /** What would be sent now. */
  draft(question: Question, target: Target = this.#services.settings.read().target): Draft {
    const { preflight, panels } = this.#services;
    if (target !== 'panel') return preflight.draft(question, noContext);
    const { conversation } = panels;
    const before = conversation?.branch ?? [];
    return preflight.draft(questionIn(conversation, question), { before, mayGoOn: true });
  }
}

export function registerAsk(commands: Commands, asker: AskService): vscode.Disposable {
  return vscode.Disposable.from(
    commands.register(commandIds.explainSelection, () => asker.explainSelection()),
    commands.register(commandIds.explainWithClaude, () => asker.explainSelection()),
    commands.register(commandIds.ask, (argument: unknown) => asker.ask(promptArgument(argument))),
    commands.register(commandIds.askInDocument, (argument: unknown) =>
      asker.ask(promptArgument(argument), 'document', languageArgument(argument)),
    ),
    commands.register(commandIds.askAtCursor, (argument: unknown) =>
      asker.askAtCursor(promptArgument(argument)),
    ),
  );
}
