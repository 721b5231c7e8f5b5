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

import { notifyNothingChanged } from './review-changes.ts';

export interface CommitMessageServices {
  readonly replies: Pick<ReplyService, 'submit'>;
  readonly running: Pick<RunningReplies, 'stop'>;
}

/** Writes a message for what would be committed, in the repository that is meant. */
export async function writeCommitMessage(
  parts: CommitMessageServices,
  argument: unknown,
): Promise<void> {
  const repository = await pickRepository(argument);
  if (repository !== null) await streamCommitMessage(repository, parts);
}

/**
 * Streams it into the repository's Source Control box; resolves when it is there. Stop stops it.
 */
export async function streamCommitMessage(
  repository: Repository,
  parts: CommitMessageServices,
): Promise<void> {
  const diff = await diffToCommit(repository);
  if (diff === null) {
    notifyNothingChanged();
    return;
  }
  const { inputBox } = repository;
  const prompt: Prompt = {
    kind: 'built-in',
    name: vscode.l10n.t('Commit Message'),
    text: commitMessageText(inputBox.value),
  };
  await streamInto(inputBox, parts, { prompt, attachments: [diff] });
}

/**
 * Resolves when the reply has ended or nothing was sent. What stood there before comes back where
 * nothing was written.
 */
async function streamInto(
  inputBox: { value: string },
  parts: CommitMessageServices,
  question: Question,
  isRepeat = false,
): Promise<void> {
  const { replies, running } = parts;
  const conversation = new Conversation(now, { mayGoOn: false });
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let box = new OwnedBox(inputBox);
  const subscription = conversation.onDidChange(({ turn: { reply }, event }) => {
    if (event.type === 'outcome') end();
    if (event.type === 'text' && !box.write(reply.text.trimStart())) void running.stop(reply.id);
  });
  const turn = await replies.submit(question, {
    conversation,
    open: async () => {
      // What was typed while the user was asked is theirs, and comes back where nothing is written.
      box = new OwnedBox(inputBox);
      return conversation;
    },
    isRepeat,
  });
  if (turn !== null) await ended;
  subscription.dispose();
  if (turn === null) return;
  const { prompt, attachments, reply } = turn;
  box.write(reply.text.trim());
  if (reply.outcome === null || reply.outcome.kind === 'stopped') return;
  const { sentence, action } = describeOutcome(reply.outcome, vscode.l10n);
  if (sentence === null) return;
  const again = (): void => void streamInto(inputBox, parts, { prompt, attachments }, true);
  await showFailure(
    sentence,
    action === null
      ? []
      : [{ label: failureActionLabel(action), run: () => runFailureAction(action, again) }],
  );
}

/** A text box that is ours until somebody types into it: then it is theirs. */
class OwnedBox {
  readonly #box: { value: string };
  readonly #before: string;
  #written: string;

  constructor(box: { value: string }) {
    this.#box = box;
    this.#before = box.value;
    this.#written = box.value;
  }

  /** False where it is theirs. An empty text puts back what stood there before. */
  write(text: string): boolean {
    if (this.#box.value !== this.#written) return false;
    this.#written = text === '' ? this.#before : text;
    this.#box.value = this.#written;
    return true;
  }
}
