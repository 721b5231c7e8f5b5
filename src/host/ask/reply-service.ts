import * as vscode from 'vscode';
import type { CheckedRequest } from '../../core/claude/checked-request.ts';
import type { Claude } from '../../core/claude/claude.ts';
import { describeFailure } from '../../core/claude/describe-failure.ts';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import { ContinuationSplicer } from '../../core/conversation/continuation-splicer.ts';
import type { Conversation, Turn, TurnChange } from '../../core/conversation/conversation.ts';
import { canContinue } from '../../core/conversation/outcome.ts';
import { Reply } from '../../core/conversation/reply.ts';
import { Emitter } from '../../core/emitter.ts';
import { toError } from '../../core/errors.ts';
import { english } from '../../core/l10n.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import { type Question, questionIn, type RequestContext } from '../../core/prompt/question.ts';
import { now } from '../../core/time.ts';
import type { KeyPrompt } from '../connection/key-prompt.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { Preflight } from './preflight.ts';
import type { RunningReplies, RunSignals } from './running-replies.ts';

/** One line a reply: how it ended and what it took, and never what it said. */
function logOutcome(log: vscode.LogOutputChannel, reply: Reply): void {
  const { outcome } = reply;
  if (outcome === null) return;
  const { model, usage, requestId, timeToFirstTokenMs, writingMs } = reply.receipt();
  const firstToken = timeToFirstTokenMs === null ? '-' : `${Math.round(timeToFirstTokenMs)} ms`;
  const line =
    `${outcome.kind}: model ${model}, request ${requestId ?? '-'}, ` +
    `${usage.input} in, ${usage.output} out, first token ${firstToken}, ` +
    `written in ${Math.round(writingMs)} ms`;
  if (outcome.kind !== 'broken') {
    log.info(line);
    return;
  }
  const { message, logLevel } = describeFailure(outcome.failure, english);
  log[logLevel](`${line}. ${outcome.failure.kind}: ${message}`);
}

/** Where a question goes. */
interface Destination {
  /** Null where there is none before `open` makes it. */
  readonly conversation: Conversation | null;
  /**
   * Called once the question may be sent, right before it is. Left out where there is nothing to
   * prepare.
   * @returns null where the question isn't to be sent after all
   */
  readonly open?: () => Promise<Conversation | null>;
  /** Asks in this turn's place, on a branch beside it; after the last turn where it is left out. */
  readonly insteadOf?: Turn;
  /** One of the models that a question goes to at once: replaces the question's own. */
  readonly model?: string;
  /** Whether the same attachments were sent before, so that the user has agreed to them. */
  readonly isRepeat?: boolean;
}

/** Where a reply is continued. */
interface Continuation {
  readonly conversation: Conversation;
  /** As a destination's. */
  readonly open?: Destination['open'];
  /** Called where the reply is complete or still streams. */
  readonly onNotContinuable?: (() => void) | undefined;
}

interface ReplyServiceOptions {
  readonly preflight: Preflight;
  readonly keyPrompt: Pick<KeyPrompt, 'open'>;
  readonly settings: SettingsReader;
  readonly running: RunningReplies;
  readonly log: vscode.LogOutputChannel;
}

/** Asks Claude: checks a question, adds a turn to a conversation and streams its reply into it. */
export class ReplyService implements vscode.Disposable {
  readonly #parts: ReplyServiceOptions;
  readonly #changed = new Emitter<TurnChange>();
  /** Ends what is asked for after a reply's end. */
  readonly #closing = new AbortController();

  constructor(parts: ReplyServiceOptions) {
    this.#parts = parts;
  }

  /** Every change of every reply, whichever conversation it belongs to. */
  readonly onDidChange = this.#changed.event;

  /**
   * Runs preflight and starts the reply. Resolves as soon as the turn is in the conversation; its
   * reply streams on. Null where nothing was sent.
   */
  async submit(question: Question, to: Destination): Promise<Turn | null> {
    const asked = questionIn(to.conversation, question);
    return (await this.submitToEach(asked, [to]))?.[0] ?? null;
  }

  /** Does the same for several models at once: preflight asks about all of them together. */
  async submitToEach(
    question: Question,
    destinations: readonly Destination[],
  ): Promise<readonly Turn[] | null> {
    const { preflight } = this.#parts;
    const contexts = destinations.map((to) => contextOf(to.conversation, to));
    const isRepeat = destinations.some((to) => to.isRepeat || to.insteadOf !== undefined);
    const checked = isRepeat
      ? await preflight.recheck(question, ...contexts)
      : await preflight.check(question, ...contexts);
    if (checked === null) return null;
    const opened: [Conversation, Destination][] = [];
    for (const to of destinations) {
      const conversation = await (to.open === undefined ? to.conversation : to.open());
      if (conversation === null) {
        checked.release();
        return null;
      }
      opened.push([conversation, to]);
    }
    return opened.map(([conversation, to], index) => {
      // As it is now: an earlier reply may have gone on while the user was asked.
      const request = checked.seal(contextOf(conversation, to), index);
      const before = conversation.branch.at(-1)?.reply.id ?? null;
      const after = to.insteadOf === undefined ? before : to.insteadOf.after;
      const turn = this.#turn(checked.question, request.request.model, after);
      conversation.add(turn);
      this.#run(conversation, turn, request);
      return turn;
    });
  }

  /**
   * Goes on from the end of a reply that was stopped, cut short or broken off: all ways to continue
   * a reply end here, and only here it is decided whether it may be. Resolves as `submit` does;
   * null where nothing was sent.
   */
  async continue(
    turn: Turn,
    { conversation, open = async () => conversation, onNotContinuable }: Continuation,
  ): Promise<Turn | null> {
    const { preflight, settings } = this.#parts;
    if (!canContinue(turn.reply)) {
      onNotContinuable?.();
      return null;
    }
    const { prompt, attachments, reply } = turn;
    const model = reply.receipt().model || settings.read().model;
    const context = (): RequestContext => ({
      before: conversation.turnsBefore(turn),
      mayGoOn: conversation.mayGoOn,
      textSoFar: reply.text,
    });
    const checked = await preflight.recheck({ prompt, attachments, model }, context());
    // Somebody else may have continued it while the user was asked.
    if (checked === null) return null;
    if ((await open()) === null || !canContinue(reply)) {
      checked.release();
      return null;
    }
    const request = checked.seal(context());
    const seam = new ContinuationSplicer(reply.text);
    this.#apply(conversation, turn, { type: 'continued' });
    this.#run(conversation, turn, request, seam);
    return turn;
  }

  /** Starts what another program composed: a turn without words of the user's. */
  start(conversation: Conversation, request: CheckedRequest): Turn {
    const prompt: Prompt = { kind: 'free', text: '' };
    const turn = this.#turn({ prompt, attachments: [] }, request.request.model, null);
    conversation.add(turn);
    this.#run(conversation, turn, request);
    return turn;
  }

  dispose(): void {
    this.#closing.abort();
  }

  #turn({ prompt, attachments }: Question, model: string, after: string | null): Turn {
    const { prices } = this.#parts.settings.read();
    return {
      after,
      prompt,
      attachments,
      reply: new Reply(crypto.randomUUID(), model, now(), prices),
    };
  }

  /** @param seam where the reply joins what there is of it already */
  #run(
    conversation: Conversation,
    turn: Turn,
    request: CheckedRequest,
    seam?: ContinuationSplicer,
  ): void {
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
    this.#parts.running.run({ conversation, turn }, async (signals) => {
      const claude = await this.#stream(request, signals, emit);
      // Its outcome is in the ledger.
      request.release();
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
    if (event.type === 'outcome') logOutcome(this.#parts.log, turn.reply);
  }

  /** Never rejects: every failure becomes an outcome. Null where no connection could be opened. */
  async #stream(
    request: CheckedRequest,
    signals: RunSignals,
    emit: (event: ReplyEvent) => void,
  ): Promise<Claude | null> {
    const { keyPrompt, log } = this.#parts;
    try {
      const claude = await keyPrompt.open();
      if (claude === null) {
        emit({ type: 'outcome', outcome: { kind: 'broken', failure: { kind: 'no-key' } } });
        return null;
      }
      await claude.streamReply(request, { ...signals, emit });
      return claude;
    } catch (error) {
      const detail = vscode.l10n.t('see the log');
      log.error(toError(error));
      emit({
        type: 'outcome',
        outcome: { kind: 'broken', failure: { kind: 'unexpected', detail } },
      });
      return null;
    }
  }
}

/** @param conversation null where the question begins one */
function contextOf(
  conversation: Conversation | null,
  { insteadOf, model }: Destination,
): RequestContext {
  if (conversation === null) return { before: [], mayGoOn: true, model };
  const { branch, mayGoOn } = conversation;
  const before = insteadOf === undefined ? branch : conversation.turnsBefore(insteadOf);
  return { before, mayGoOn, model };
}
