import * as vscode from 'vscode';
import { reasonToRetry } from '../../core/claude/describe-failure.ts';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import { canContinue } from '../../core/conversation/can-continue.ts';
import { now } from '../../core/conversation/clock.ts';
import { Conversation } from '../../core/conversation/conversation.ts';
import { describeOutcome } from '../../core/conversation/describe-outcome.ts';
import type { Turn } from '../../core/conversation/turn.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import { chatPrompt } from '../../core/prompt/chat-commands.ts';
import { modelVendor } from '../command-ids.ts';
import { selected } from '../editor/selected.ts';
import type { FirstUse } from '../first-use/first-use.ts';
import { followReply } from '../replies/follow-reply.ts';
import type { ReplyService } from '../replies/reply-service.ts';
import type { RunningReplies } from '../replies/running-replies.ts';
import type { SettingsReader } from '../settings-reader.ts';
import { ChatHistory, metadataOf } from './chat-history.ts';
import { readReferences } from './read-references.ts';
import { receiptLine } from './receipt-line.ts';

export interface ChatParticipantParts {
  readonly firstUse: Pick<FirstUse, 'takeNote'>;
  readonly settings: SettingsReader;
  readonly replies: ReplyService;
  readonly running: RunningReplies;
}

/** Answers in VS Code's own chat, by the same stream as everywhere. */
export class ChatParticipant {
  readonly #parts: ChatParticipantParts;
  readonly #history = new ChatHistory();

  constructor(parts: ChatParticipantParts) {
    this.#parts = parts;
  }

  async answer(
    request: vscode.ChatRequest,
    context: vscode.ChatContext,
    response: vscode.ChatResponseStream,
    token: vscode.CancellationToken,
  ): Promise<vscode.ChatResult> {
    const prompt = chatPrompt(request.command, request.prompt, vscode.l10n);
    if (prompt === null) {
      response.markdown(
        vscode.l10n.t('Ask something about your code, or choose a command such as `/explain`.'),
      );
      return {};
    }
    const { replies, running } = this.#parts;
    const attachments = await this.#attachments(request, response);
    const model = this.#model(request);
    const conversation = new Conversation(now);
    for (const turn of this.#history.before(context, model)) conversation.add(turn);
    let note = '';
    const open = async (): Promise<Conversation | null> => {
      if (token.isCancellationRequested) return null;
      // Taken first, so that it isn't told in a notification: that would cover the chat's input box.
      note = this.#parts.firstUse.takeNote();
      return conversation;
    };
    const turn = await followReply(
      conversation,
      running,
      token,
      () => replies.submit({ prompt, attachments, model }, { conversation, open }),
      (event) => show(event, response),
    );
    if (turn === null) {
      if (token.isCancellationRequested) return {};
      return { errorDetails: { message: vscode.l10n.t('Nothing was sent.') } };
    }
    this.#history.remember(turn);
    if (note !== '') response.markdown(`\n\n> ${note}\n`);
    return tell(turn, response);
  }

  /** What helps after a reply that isn't whole; after a whole one, what people ask next. */
  followups(result: vscode.ChatResult): vscode.ChatFollowup[] {
    const turn = this.#history.turnOf(result);
    if (turn === null) return [];
    if (canContinue(turn.reply)) {
      return [
        {
          prompt: vscode.l10n.t('Go on exactly where your reply ended.'),
          label: vscode.l10n.t('Continue'),
          command: '',
        },
      ];
    }
    if (turn.reply.outcome?.kind !== 'complete') return [];
    return [vscode.l10n.t('Show an example'), vscode.l10n.t('What could go wrong here?')].map(
      (words) => ({ prompt: words, command: '' }),
    );
  }

  /**
   * What the user put beside the question; where that is nothing, what is selected, as with Ask….
   */
  async #attachments(
    { references }: vscode.ChatRequest,
    response: vscode.ChatResponseStream,
  ): Promise<readonly Attachment[]> {
    if (references.length === 0) return selected();
    const { attachments, unread } = await readReferences(references);
    for (const name of unread) {
      response.progress(vscode.l10n.t('{0} isn’t text and wasn’t sent.', name));
    }
    for (const { uri } of attachments) {
      if (uri !== undefined) response.reference(vscode.Uri.parse(uri));
    }
    return attachments;
  }

  /** The one chosen in the chat where it is ours, else the one in the settings. */
  #model({ model }: vscode.ChatRequest): string {
    return model?.vendor === modelVendor ? model.id : this.#parts.settings.read().model;
  }
}

function show(event: ReplyEvent, response: vscode.ChatResponseStream): void {
  switch (event.type) {
    case 'text':
      response.markdown(event.text);
      return;
    case 'thinking':
      // Once for each block: it begins without text.
      if (event.text === '') response.progress(vscode.l10n.t('Thinking…'));
      return;
    case 'retrying':
      response.progress(
        vscode.l10n.t(
          '{0} Retry {1} of {2} in {3} s.',
          reasonToRetry(event.failure, vscode.l10n),
          event.retry,
          event.maxRetries,
          Math.ceil(event.waitMs / 1000),
        ),
      );
      return;
    default:
      return;
  }
}

/** How it ended and what it took. */
function tell(turn: Turn, response: vscode.ChatResponseStream): vscode.ChatResult {
  const metadata = metadataOf(turn);
  const { reply } = turn;
  const { outcome } = reply;
  const line = receiptLine(reply.receipt(), vscode.l10n);
  if (line !== null) response.markdown(`\n\n---\n\n*${line}*\n`);
  // VS Code says itself that the user has stopped it.
  if (outcome === null || outcome.kind === 'stopped') return { metadata };
  const { sentence } = describeOutcome(outcome, vscode.l10n);
  return sentence === null ? { metadata } : { metadata, errorDetails: { message: sentence } };
}
