import * as vscode from 'vscode';
import { reasonToRetry } from '../../core/claude/describe-failure.ts';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import { Conversation } from '../../core/conversation/conversation.ts';
import { describeOutcome } from '../../core/conversation/describe-outcome.ts';
import type { Reply } from '../../core/conversation/reply.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import { showFailure } from '../failures/show-failure.ts';
import type { ReplyStarter } from '../replies/reply-starter.ts';
import type { RunningReplies } from '../replies/running-replies.ts';
import { DocumentWriter } from './document-writer.ts';

/** Streams replies into new Markdown documents. */
export class DocumentTarget {
  readonly #starter: ReplyStarter;
  readonly #running: RunningReplies;

  constructor(starter: ReplyStarter, running: RunningReplies) {
    this.#starter = starter;
    this.#running = running;
  }

  /** Resolves when the reply has ended and is written. */
  async ask(prompt: Prompt, attachments: readonly Attachment[]): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown' });
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: false,
    });
    const writer = new DocumentWriter(document);
    const conversation = new Conversation(() => performance.now());
    let onEnd: (() => void) | undefined;
    const ended = new Promise<void>((resolve) => {
      onEnd = resolve;
    });
    const subscription = conversation.onDidChange(({ event }) => {
      if (event.type === 'text') writer.write(event.text);
      else if (event.type === 'outcome') onEnd?.();
    });
    const { reply } = this.#starter.start(conversation, prompt, attachments);
    const tabs = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (isOpen(document.uri)) return;
      void this.#running.stop(reply.id);
      writer.dispose();
    });
    const write = async (): Promise<void> => {
      await ended;
      const marker = endMarker(reply);
      if (marker !== null) writer.write(marker);
      await writer.finish();
    };
    try {
      await this.#showProgress(conversation, reply, write);
    } finally {
      tabs.dispose();
      subscription.dispose();
      writer.dispose();
    }
    if (reply.outcome?.kind === 'broken') {
      this.#reportFailure(reply, () => void this.ask(prompt, attachments));
    }
  }

  async #showProgress(
    conversation: Conversation,
    reply: Reply,
    work: () => Promise<void>,
  ): Promise<void> {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Claude is writing…'),
        cancellable: true,
      },
      async (progress, token) => {
        const subscriptions = [
          token.onCancellationRequested(() => void this.#running.stop(reply.id)),
          conversation.onDidChange(({ event }) => {
            if (event.type === 'retrying') progress.report({ message: retryMessage(event) });
            else if (event.type === 'connecting') progress.report({ message: '' });
          }),
        ];
        await work();
        for (const subscription of subscriptions) subscription.dispose();
      },
    );
  }

  #reportFailure(reply: Reply, retry: () => void): void {
    if (reply.outcome === null) return;
    const { sentence, action } = describeOutcome(reply.outcome, vscode.l10n);
    if (sentence !== null && action !== null) void showFailure(sentence, action, retry);
  }
}

function retryMessage({ failure, waitMs }: Extract<ReplyEvent, { type: 'retrying' }>): string {
  const reason = reasonToRetry(failure, vscode.l10n);
  return vscode.l10n.t('{0} Trying again in {1} s.', reason, Math.ceil(waitMs / 1000));
}

/** What the document says below a reply that isn't complete; a complete one stands alone. */
function endMarker(reply: Reply): string | null {
  if (reply.outcome === null) return null;
  const { sentence } = describeOutcome(reply.outcome, vscode.l10n);
  if (sentence === null) return null;
  return reply.text === '' ? `*${sentence}*\n` : `\n\n---\n\n*${sentence}*\n`;
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(
      ({ input }) =>
        input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
    ),
  );
}
