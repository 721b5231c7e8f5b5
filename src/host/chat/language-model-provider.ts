import * as vscode from 'vscode';
import type { CheckedRequest } from '../../core/claude/checked-request.ts';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import { Conversation } from '../../core/conversation/conversation.ts';
import { now } from '../../core/time.ts';
import { followReply } from '../ask/follow-reply.ts';
import type { Preflight } from '../ask/preflight.ts';
import type { ReplyService } from '../ask/reply-service.ts';
import type { RunningReplies } from '../ask/running-replies.ts';
import type { Connections } from '../connection/connections.ts';
import type { KeyPrompt } from '../connection/key-prompt.ts';
import { abortSignalFor } from '../disposables.ts';
import { type SettingsReader, settingsSection } from '../settings-reader.ts';
import { dialogueRequest, readMessages } from './dialogue-request.ts';
import { ModelList, toModelInformation } from './model-list.ts';
import { errorForFailure, errorForOutcome, responsePart, usagePart } from './model-response.ts';
import { TokenCounter } from './token-counter.ts';
import { ToolTurns } from './tool-turns.ts';

type Information = vscode.LanguageModelChatInformation;
type Message = vscode.LanguageModelChatRequestMessage;

export interface LanguageModelServices {
  readonly connections: Connections;
  readonly keyPrompt: KeyPrompt;
  readonly settings: SettingsReader;
  readonly preflight: Preflight;
  readonly replies: ReplyService;
  readonly running: RunningReplies;
  readonly secrets: vscode.SecretStorage;
  /** Fired when the models may be others than before. */
  readonly changed: Pick<vscode.EventEmitter<void>, 'fire'>;
}

/** Claude's models as VS Code's chat and other extensions see them. */
export class LanguageModelProvider implements vscode.Disposable {
  readonly #parts: LanguageModelServices;
  readonly #list: ModelList;
  readonly #counts: TokenCounter;
  readonly #toolTurns = new ToolTurns();
  readonly #subscriptions: vscode.Disposable;

  constructor(parts: LanguageModelServices) {
    this.#parts = parts;
    this.#list = new ModelList(() => parts.connections.open());
    this.#counts = new TokenCounter(
      () => parts.connections.open(),
      (request) => parts.preflight.countableExternal(request),
    );
    this.#subscriptions = vscode.Disposable.from(
      // `announceModels` tells VS Code.
      parts.secrets.onDidChange(() => this.#list.forget()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        const affects = (name: string): boolean =>
          change.affectsConfiguration(`${settingsSection}.${name}`);
        if (!affects('baseUrl') && !affects('chatModels')) return;
        this.#list.forget();
        parts.changed.fire();
      }),
    );
  }

  /** None without a key, unless the user may be asked for one; none where the setting says so. */
  async list(
    { silent }: vscode.PrepareLanguageModelChatModelOptions,
    token: vscode.CancellationToken,
  ): Promise<Information[]> {
    const { keyPrompt, settings } = this.#parts;
    if (settings.read().chatModels === 'off') return [];
    if (!silent && !(await keyPrompt.ensureKey())) return [];
    const stop = abortSignalFor(token);
    const listed = await this.#list.models(stop.signal).finally(stop.dispose);
    if (listed === null) return [];
    if (!listed.ok) throw errorForFailure(listed.failure);
    return listed.value.filter(({ lifecycle }) => lifecycle !== 'retired').map(toModelInformation);
  }

  /**
   * Streams a reply. Rejects with a `LanguageModelError` however it ends other than complete: half
   * a reply isn't to be taken for a whole one.
   */
  async respond(
    model: Information,
    messages: readonly Message[],
    options: vscode.ProvideLanguageModelChatResponseOptions,
    progress: vscode.Progress<vscode.LanguageModelResponsePart>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const { settings, replies, running } = this.#parts;
    const read = readMessages(messages);
    const restored = { ...read, messages: this.#toolTurns.restore(model.id, read.messages) };
    const request = await this.#check(dialogueRequest(model, restored, options, settings.read()));
    if (token.isCancellationRequested) {
      request.release();
      throw new vscode.CancellationError();
    }
    const gathered = this.#toolTurns.startRecording(model.id);
    const conversation = new Conversation(now, { mayGoOn: false });
    const turn = await followReply(
      conversation,
      running,
      token,
      () => replies.start(conversation, request),
      (event) => {
        gathered.take(event);
        const part = responsePart(event);
        if (part !== null) progress.report(part);
      },
    );
    if (turn === null) return;
    const { reply } = turn;
    const error = reply.outcome === null ? null : errorForOutcome(reply.outcome);
    if (error !== null) throw error;
    gathered.keep();
    progress.report(usagePart(reply.receipt().usage));
  }

  async count(
    model: Information,
    content: string | Message,
    token: vscode.CancellationToken,
  ): Promise<number> {
    const stop = abortSignalFor(token);
    return this.#counts.count(model.id, content, stop.signal).finally(stop.dispose);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Rejects where the user doesn't want others to ask, there is no key, or the budget is spent. */
  async #check(request: ClaudeRequest): Promise<CheckedRequest> {
    const checked = await this.#parts.preflight.checkExternal(request);
    if (checked === 'forbidden') {
      const setting = `${settingsSection}.chatModels`;
      throw vscode.LanguageModelError.NoPermissions(
        vscode.l10n.t('The setting {0} doesn’t allow this.', setting),
      );
    }
    if (checked === 'no-key') throw errorForFailure({ kind: 'no-key' });
    if (checked === 'budget') {
      throw vscode.LanguageModelError.Blocked(vscode.l10n.t('The daily budget is used up.'));
    }
    return checked;
  }
}
