import * as vscode from 'vscode';
import { describeRetryReason } from '../../core/claude/describe-failure.ts';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import { hasUsage, totalInput } from '../../core/claude/usage.ts';
import { Conversation, type Turn } from '../../core/conversation/conversation.ts';
import { canContinue, describeOutcome } from '../../core/conversation/outcome.ts';
import { formatCost, formatDuration } from '../../core/format-figures.ts';
import { getLanguage, type L10n } from '../../core/l10n.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import { chatPrompt } from '../../core/prompt/built-in-prompts.ts';
import { now } from '../../core/time.ts';
import { formatCount, isCostExact, type Receipt } from '../../core/usage/receipt.ts';
import type { FirstUse } from '../ask/first-use.ts';
import { followReply } from '../ask/follow-reply.ts';
import type { ReplyService } from '../ask/reply-service.ts';
import type { RunningReplies } from '../ask/running-replies.ts';
import { modelVendor } from '../command-ids.ts';
import { readActiveSelections } from '../editor/read-selections.ts';
import { failureActionCommand } from '../notifications.ts';
import type { SettingsReader } from '../settings-reader.ts';
import { ChatHistory, turnMetadata } from './chat-history.ts';
import { readReferences } from './read-references.ts';

/** A receipt in one line of Markdown; null where nothing was used. Estimates are marked with ≈. */
export function receiptLine(receipt: Receipt, l10n: L10n): string | null {
  const { model, usage, outputSource, cost, timeToFirstTokenMs } = receipt;
  if (!hasUsage(usage)) return null;
  const language = getLanguage(l10n);
  const about = isCostExact(receipt) ? '' : '≈';
  const facts = [
    escapeMarkdown(model),
    l10n.t(
      '{0} tokens in, {1} out',
      formatCount(totalInput(usage), language, usage.inputIsEstimate),
      formatCount(usage.output, language, outputSource === 'estimated'),
    ),
    cost === null ? null : about + formatCost(cost, language),
    timeToFirstTokenMs === null
      ? null
      : l10n.t('first token after {0}', formatDuration(timeToFirstTokenMs, language)),
  ];
  return facts.filter((fact) => fact !== null).join(' · ');
}

/** The API names the model: its name is text here, nothing else. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');
}

interface ChatServices {
  readonly firstUse: Pick<FirstUse, 'takePrivacyNote'>;
  readonly settings: SettingsReader;
  readonly replies: ReplyService;
  readonly running: RunningReplies;
}

/** As much as we use of what VS Code's chat sends. */
type ParticipantRequest = Pick<vscode.ChatRequest, 'prompt' | 'command' | 'references'> & {
  readonly model?: Pick<vscode.LanguageModelChat, 'vendor' | 'id' | 'name'>;
};

/** As much as we use of where VS Code's chat shows the reply. */
export interface ParticipantResponse {
  markdown(text: string): void;
  progress(text: string): void;
  reference(uri: vscode.Uri): void;
  button(command: vscode.Command): void;
}

/** Answers in VS Code's own chat, by the same stream as everywhere. */
export class ChatParticipant {
  readonly #parts: ChatServices;
  readonly #history = new ChatHistory();

  constructor(parts: ChatServices) {
    this.#parts = parts;
  }

  async answer(
    request: ParticipantRequest,
    context: vscode.ChatContext,
    response: ParticipantResponse,
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
    for (const turn of this.#history.earlierTurns(context, model)) conversation.add(turn);
    let note = '';
    const open = async (): Promise<Conversation | null> => {
      if (token.isCancellationRequested) return null;
      // Taken first, so that it isn't told in a notification: that would cover the chat's input box.
      note = this.#parts.firstUse.takePrivacyNote();
      return conversation;
    };
    const turn = await followReply(
      conversation,
      running,
      token,
      () => replies.submit({ prompt, attachments, model }, { conversation, open }),
      (event) => showEvent(event, response),
    );
    if (turn === null) {
      if (token.isCancellationRequested) return {};
      return { errorDetails: { message: vscode.l10n.t('Nothing was sent.') } };
    }
    this.#history.remember(turn);
    if (note !== '') response.markdown(`\n\n> ${note}\n`);
    return showOutcome(turn, otherModelNote(request, model), response);
  }

  /** What helps after a reply that isn't whole; after a whole one, what people ask next. */
  followups(result: vscode.ChatResult): vscode.ChatFollowup[] {
    const turn = this.#history.findTurn(result);
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
    { references }: ParticipantRequest,
    response: ParticipantResponse,
  ): Promise<readonly Attachment[]> {
    if (references.length === 0) return readActiveSelections();
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
  #model({ model }: ParticipantRequest): string {
    return model?.vendor === modelVendor ? model.id : this.#parts.settings.read().model;
  }
}

/** Why another model answers than the one chosen in the chat; empty where that one does. */
function otherModelNote({ model: chosen }: ParticipantRequest, model: string): string {
  if (chosen === undefined || chosen.vendor === modelVendor) return '';
  return vscode.l10n.t(
    '{0}, chosen in this chat, isn’t a Claude Stream model, so {1} from your settings answered.',
    escapeMarkdown(chosen.name),
    escapeMarkdown(model),
  );
}

function showEvent(event: ReplyEvent, response: ParticipantResponse): void {
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
          describeRetryReason(event.failure, vscode.l10n),
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

/**
 * How it ended, what it took, and what helps where it failed.
 * @param note said below the receipt; may be empty
 */
function showOutcome(turn: Turn, note: string, response: ParticipantResponse): vscode.ChatResult {
  const metadata = turnMetadata(turn);
  const { reply } = turn;
  const { outcome } = reply;
  const line = receiptLine(reply.receipt(), vscode.l10n);
  if (line !== null) response.markdown(`\n\n---\n\n*${line}*\n`);
  if (line !== null && note !== '') response.markdown(`\n*${note}*\n`);
  // VS Code says itself that the user has stopped it.
  if (outcome === null || outcome.kind === 'stopped') return { metadata };
  const { sentence, action } = describeOutcome(outcome, vscode.l10n);
  const button = action === null ? null : failureActionCommand(action);
  if (button !== null) response.button(button);
  return sentence === null ? { metadata } : { metadata, errorDetails: { message: sentence } };
}
