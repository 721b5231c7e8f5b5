import * as vscode from 'vscode';
import { Conversation } from '../../core/conversation/conversation.ts';
import { describeOutcome } from '../../core/conversation/outcome.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { Question } from '../../core/prompt/question.ts';
import { commitMessageText } from '../../core/prompt/task-prompts.ts';
import { now } from '../../core/time.ts';
import type { ReplyService } from '../ask/reply-service.ts';
import type { RunningReplies } from '../ask/running-replies.ts';
import { failureActionLabel, runFailureAction, showFailure } from '../notifications.ts';
import { diffToCommit, pickRepository, type Repository } from './git.ts';
import { MessageBox } from './message-box.ts';
import { notifyNothingChanged } from './review-changes.ts';

export interface CommitMessageServices {
  readonly replies: Pick<ReplyService, 'submit'>;
  readonly running: Pick<RunningReplies, 'stop'>;
}

/** Streams commit messages into the boxes of the Source Control view. */
export class CommitMessages {
  readonly #services: CommitMessageServices;
  /** The last message written for each repository, by its root. */
  readonly #written = new Map<string, string>();

  constructor(services: CommitMessageServices) {
    this.#services = services;
  }

  /**
   * Writes a message for what would be committed in the repository that is meant.
   * @param given what a menu of the Source Control view brings along
   */
  async write(given: unknown): Promise<void> {
    const repository = await pickRepository(given);
    if (repository !== null) await this.stream(repository);
  }

  /** Resolves when the message is in the repository's box. Stop stops it. */
  async stream(repository: Repository): Promise<void> {
    const diff = await diffToCommit(repository);
    if (diff === null) {
      notifyNothingChanged();
      return;
    }
    const { value } = repository.inputBox;
    // A message of ours that the user left as it is says nothing about the next one.
    const isOurs = value === this.#written.get(repository.rootUri.toString());
    const prompt: Prompt = {
      kind: 'built-in',
      name: vscode.l10n.t('Commit Message'),
      text: commitMessageText(isOurs ? '' : value),
    };
    await this.#streamInto(repository, { prompt, attachments: [diff] }, false);
  }

  /** Resolves when the reply has ended or nothing was sent. */
  async #streamInto(repository: Repository, question: Question, isRepeat: boolean): Promise<void> {
    const { replies, running } = this.#services;
    const conversation = new Conversation(now, { mayGoOn: false });
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const openBox = (): MessageBox =>
      new MessageBox(repository.inputBox, () => {
        for (const { reply } of conversation.turns) void running.stop(reply.id);
        notifyEdited();
      });
    let box = openBox();
    const subscription = conversation.onDidChange(({ turn: { reply }, event }) => {
      if (event.type === 'outcome') end();
      if (event.type === 'text') box.write(reply.text.trimStart());
    });
    const turn = await replies.submit(question, {
      conversation,
      open: async () => {
        // What was typed while the user was asked is theirs, and comes back where nothing is written.
        box = openBox();
        return conversation;
      },
      isRepeat,
    });
    if (turn !== null) await ended;
    subscription.dispose();
    if (turn === null) return;
    const { prompt, attachments, reply } = turn;
    await box.finish(reply.text.trim());
    if (reply.text.trim() !== '') this.#written.set(repository.rootUri.toString(), box.written);
    if (reply.outcome === null || reply.outcome.kind === 'stopped') return;
    const { sentence, action } = describeOutcome(reply.outcome, vscode.l10n);
    if (sentence === null) return;
    const again = (): void => void this.#streamInto(repository, { prompt, attachments }, true);
    await showFailure(
      sentence,
      action === null
        ? []
        : [{ label: failureActionLabel(action), run: () => void runFailureAction(action, again) }],
    );
  }
}

function notifyEdited(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Stopped writing the commit message because you edited it.'),
  );
}
