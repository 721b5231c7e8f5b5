import * as vscode from 'vscode';
import type { Claude } from '../../core/claude/claude.ts';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import { canContinue } from '../../core/conversation/can-continue.ts';
import { now } from '../../core/conversation/clock.ts';
import type { Conversation, TurnChange } from '../../core/conversation/conversation.ts';
import { exchangesOf } from '../../core/conversation/exchanges.ts';
import { Reply } from '../../core/conversation/reply.ts';
import { Seam } from '../../core/conversation/seam.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import { Emitter } from '../../core/emitter.ts';
import { toError } from '../../core/errors.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import { buildRequest, continueRequest } from '../../core/prompt/build-request.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { KeyPrompt } from '../api-key/key-prompt.ts';
import type { SettingsReader } from '../settings-reader.ts';
import { logOutcome } from './log-outcome.ts';
import type { RunningReplies, RunSignals } from './running-replies.ts';

/** What is asked. */
export interface Question {
  readonly prompt: Prompt;
  readonly attachments: readonly Attachment[];
  /** Left out for the one in the settings. */
  readonly model?: string;
}

/** Asks Claude: adds a turn to a conversation and streams its reply into it. */
export class ReplyStarter implements vscode.Disposable {
  readonly #keyPrompt: Pick<KeyPrompt, 'open'>;
  readonly #settings: SettingsReader;
  readonly #running: RunningReplies;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new Emitter<TurnChange>();
  /** Ends what is asked for after a reply's end. */
  readonly #closing = new AbortController();

  constructor(
    keyPrompt: Pick<KeyPrompt, 'open'>,
    settings: SettingsReader,
    running: RunningReplies,
    log: vscode.LogOutputChannel,
  ) {
    this.#keyPrompt = keyPrompt;
    this.#settings = settings;
    this.#running = running;
    this.#log = log;
  }

  /** Every change of every reply, whichever conversation it belongs to. */
  readonly onDidChange = this.#changed.event;

  /**
   * Asks after the last reply in view. Returns as soon as the turn is in the conversation; its
   * reply streams on.
   */
  start(conversation: Conversation, question: Question): Turn {
    return this.#ask(conversation, question, conversation.branch.at(-1)?.reply.id ?? null);
  }

  /** Asks what another program composed: a turn without words of the user's. */
  startRequest(conversation: Conversation, request: ClaudeRequest): Turn {
    const { prices } = this.#settings.read();
    const reply = new Reply(crypto.randomUUID(), request.model, now(), prices);
    const prompt: Prompt = { kind: 'free', text: '' };
    const turn: Turn = { after: null, prompt, attachments: [], reply };
    conversation.add(turn);
    this.#run(conversation, turn, request);
    return turn;
  }

  /** Asks in the place of a turn: a branch of its own, beside the old one. */
  startInstead(conversation: Conversation, { after }: Turn, question: Question): Turn {
    return this.#ask(conversation, question, after);
  }

  /** Goes on from the end of a reply that was stopped, cut short or broken off. */
  continue(conversation: Conversation, turn: Turn): void {
    if (!canContinue(turn.reply)) return;
    const { text } = turn.reply;
    const request = this.#request(
      conversation,
      turn,
      turn.reply.receipt().model || this.#settings.read().model,
    );
    this.#apply(conversation, turn, { type: 'continued' });
    this.#run(conversation, turn, continueRequest(request, text), new Seam(text));
  }

  /**
   * What a question would send.
   * @param mayGoOn whether follow-ups are to be expected
   */
  requestOf(question: Question, earlier: readonly Turn[], mayGoOn: boolean): ClaudeRequest {
    const { prompt, attachments, model } = question;
    const settings = this.#settings.read();
    const asked = model ?? settings.model;
    return buildRequest(
      prompt,
      attachments,
      { ...settings, model: asked },
      { earlier: exchangesOf(earlier, asked), cache: mayGoOn },
    );
  }

  dispose(): void {
    this.#closing.abort();
  }

  #ask(conversation: Conversation, question: Question, after: string | null): Turn {
    const { prompt, attachments } = question;
    const { prices, ...settings } = this.#settings.read();
    const model = question.model ?? settings.model;
    const reply = new Reply(crypto.randomUUID(), model, now(), prices);
    const turn: Turn = { after, prompt, attachments, reply };
    conversation.add(turn);
    this.#run(conversation, turn, this.#request(conversation, turn, model));
    return turn;
  }

  #request(conversation: Conversation, turn: Turn, model: string): ClaudeRequest {
    const { prompt, attachments } = turn;
    const question = { prompt, attachments, model };
    return this.requestOf(question, conversation.before(turn), conversation.mayGoOn);
  }

  /** @param seam where the reply joins what there is of it already */
  #run(conversation: Conversation, turn: Turn, request: ClaudeRequest, seam?: Seam): void {
    const apply = (event: ReplyEvent): void => this.#apply(conversation, turn, event);
    const emit = (event: ReplyEvent): void => {
      if (seam === undefined) {
        apply(event);
        return;
      }
      const text = event.type === 'text' ? seam.push(event.text) : '';
      const held = event.type === 'outcome' ? seam.finish() : '';
      if (text + held !== '') apply({ type: 'text', text: text + held });
      if (event.type !== 'text') apply(event);
    };
    this.#running.run({ conversation, turn }, async (signals) => {
      const claude = await this.#stream(request, signals, emit);
      // Detached: the reply has ended, and nobody waits for a figure. It doesn't reject.
      if (claude !== null) void this.#count(claude, conversation, turn);
    });
  }

  /** A reply that ended before its usage came is counted, where the API can be reached. */
  async #count(claude: Claude, conversation: Conversation, turn: Turn): Promise<void> {
    const { outcome, uncountedText } = turn.reply;
    if (uncountedText === null) return;
    const { model } = turn.reply.receipt();
    const counted = await claude.countTokens(model, uncountedText, this.#closing.signal);
    // The reply may have gone on meanwhile: its end is another then.
    if (!counted.ok || turn.reply.outcome !== outcome) return;
    this.#apply(conversation, turn, { type: 'counted', output: counted.value });
  }

  #apply(conversation: Conversation, turn: Turn, event: ReplyEvent): void {
    this.#changed.fire(conversation.apply(turn, event));
    if (event.type === 'outcome') logOutcome(this.#log, turn.reply);
  }

  /** Never rejects: every failure becomes an outcome. Null where no connection could be opened. */
  async #stream(
    request: ClaudeRequest,
    signals: RunSignals,
    emit: (event: ReplyEvent) => void,
  ): Promise<Claude | null> {
    try {
      const claude = await this.#keyPrompt.open();
      if (claude === null) {
        emit({ type: 'outcome', outcome: { kind: 'broken', failure: { kind: 'no-key' } } });
        return null;
      }
      await claude.streamReply(request, { ...signals, emit });
      return claude;
    } catch (error) {
      const detail = vscode.l10n.t('see the log');
      this.#log.error(toError(error));
      emit({
        type: 'outcome',
        outcome: { kind: 'broken', failure: { kind: 'unexpected', detail } },
      });
      return null;
    }
  }
}
