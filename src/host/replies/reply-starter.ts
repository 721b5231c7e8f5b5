import * as vscode from 'vscode';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import type { Conversation, TurnChange } from '../../core/conversation/conversation.ts';
import { Reply } from '../../core/conversation/reply.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import { Emitter } from '../../core/emitter.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import { buildRequest } from '../../core/prompt/build-request.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { Connections } from '../connections.ts';
import type { SettingsReader } from '../settings-reader.ts';
import { logOutcome } from './log-outcome.ts';
import type { RunningReplies } from './running-replies.ts';

/** Asks Claude: adds a turn to a conversation and streams its reply into it. */
export class ReplyStarter {
  readonly #connections: Connections;
  readonly #settings: SettingsReader;
  readonly #running: RunningReplies;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new Emitter<TurnChange>();

  constructor(
    connections: Connections,
    settings: SettingsReader,
    running: RunningReplies,
    log: vscode.LogOutputChannel,
  ) {
    this.#connections = connections;
    this.#settings = settings;
    this.#running = running;
    this.#log = log;
  }

  /** Every change of every reply, whichever conversation it belongs to. */
  readonly onDidChange = this.#changed.event;

  /** Returns as soon as the turn is in the conversation; its reply streams on. */
  start(conversation: Conversation, prompt: Prompt, attachments: readonly Attachment[]): Turn {
    const request = buildRequest(prompt, attachments, this.#settings.read());
    const reply = new Reply(crypto.randomUUID(), request.model, performance.now());
    const turn: Turn = { prompt, attachments, reply };
    conversation.add(turn);
    const emit = (event: ReplyEvent): void => {
      conversation.apply(turn, event);
      this.#changed.fire({ turn, event });
      if (event.type === 'outcome') logOutcome(this.#log, turn.reply);
    };
    // Detached on purpose: `#stream` turns every failure into an outcome.
    void this.#running.run(reply.id, (signal) => this.#stream(request, signal, emit));
    return turn;
  }

  async #stream(
    request: ClaudeRequest,
    signal: AbortSignal,
    emit: (event: ReplyEvent) => void,
  ): Promise<void> {
    try {
      const claude = await this.#connections.open();
      if (claude === null) {
        emit({ type: 'outcome', outcome: { kind: 'broken', failure: { kind: 'no-key' } } });
        return;
      }
      await claude.streamReply(request, { signal, emit });
    } catch (error) {
      const detail = vscode.l10n.t('see the log');
      this.#log.error(error instanceof Error ? error : String(error));
      emit({
        type: 'outcome',
        outcome: { kind: 'broken', failure: { kind: 'unexpected', detail } },
      });
    }
  }
}
