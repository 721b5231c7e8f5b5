import type { MarkdownIt } from 'markdown-it';
import { estimateTokens } from '../../core/claude/usage.ts';
import { fill } from '../../core/l10n.ts';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import type {
  EndView,
  PanelAction,
  Retrying,
  SourceView,
  Timing,
  TurnView,
} from '../../core/protocol/to-webview.ts';
import type { CreateCodeBlock } from '../code/plain-code-block.ts';
import { createElement } from '../elements.ts';
import type { JobStatus } from '../idle-queue.ts';
import type { DeferredReply } from './deferred-replies.ts';
import { type QuestionActions, QuestionHeader } from './question-header.ts';
import { ReplyFooter } from './reply-footer.ts';
import { DeferredText, ReplyText } from './reply-text.ts';
import { StatusLine } from './status-line.ts';
import { ThinkingView } from './thinking-view.ts';

export interface ReplyActions extends QuestionActions {
  stop(): void;
  retryNow(): void;
  runAction(action: PanelAction): void;
  /** The text here and the host's text differ: ask for the whole. */
  requestResync(): void;
  readonly createCodeBlock: CreateCodeBlock;
}

/** Clocks and figures are brought up to date this often. */
const tickMs = 250;
/** What a turn is high about, in CSS pixels: beside its text, and for each of its characters. */
const frameHeight = 180;
const characterHeight = 0.42;

/**
 * One turn on the page: the question, the growing answer, how it ended and what it cost. The text
 * of a reply that has ended is laid out when it is asked for.
 */
export class ReplyView implements DeferredReply {
  readonly element: HTMLElement;
  /** Stands at the very end of what there is to read. */
  readonly endMarker = createElement('div', 'end-marker');
  /** The user's own words; empty for a built-in prompt. */
  readonly promptText: string;
  readonly #header: QuestionHeader;
  readonly #actions: ReplyActions;
  readonly #textElement: HTMLElement;
  readonly #thinking: ThinkingView;
  readonly #status: StatusLine;
  readonly #end: ReplyFooter;
  readonly #text: ReplyText;
  /** Tells when the reader has reached the end. */
  readonly #endObserver = new IntersectionObserver((entries) => {
    if (entries.at(-1)?.isIntersecting === true) this.#releaseSentence();
  });
  #deferredText: DeferredText | null = null;
  /** Each frame asks every reply: the element would tell it too, but slowly. */
  #outcome: EndView['outcome'] | 'streaming' = 'streaming';
  #length = 0;
  #pending = '';
  #frame: number | undefined;
  #tickTimer: ReturnType<typeof setInterval> | undefined;

  /** @param number counts the replies from 1 */
  constructor(
    turn: TurnView,
    number: number,
    parser: MarkdownIt,
    strings: PanelStrings,
    actions: ReplyActions,
  ) {
    this.#actions = actions;
    this.promptText = turn.promptText;
    const header = new QuestionHeader(turn, strings, actions);
    this.#header = header;
    this.element = createElement('article', 'turn');
    this.element.dataset['reply'] = turn.replyId;
    this.#showOutcome('streaming');
    this.element.setAttribute('aria-labelledby', header.titleId);

    this.#textElement = createElement('div', 'reply-text');
    this.#textElement.dataset['replyText'] = '';
    this.#textElement.tabIndex = -1;
    this.#textElement.setAttribute('role', 'region');
    this.#textElement.setAttribute('aria-label', fill(strings.replyLabel, number));
    this.#text = new ReplyText(this.#textElement, parser, actions.createCodeBlock);
    this.#thinking = new ThinkingView(strings);
    this.#status = new StatusLine(strings, actions);
    this.#end = new ReplyFooter(strings, (action) => actions.runAction(action));
    this.element.append(
      header.element,
      this.#textElement,
      this.#end.sentence,
      this.#end.element,
      this.endMarker,
    );

    this.appendThinking(0, turn.thinking);
    if (turn.timing.thoughtMs !== null) this.#textElement.before(this.#thinking.element);
    this.#length = turn.text.length;
    if (turn.end === null) {
      if (turn.text !== '') this.#show(turn.text);
      this.setPhase(turn.phase, turn.timing, turn.retrying);
    } else {
      if (turn.text !== '') {
        this.#deferredText = new DeferredText(this.#textElement, turn.text, (text) =>
          this.#show(text),
        );
      }
      this.#finish(turn.timing, turn.end);
    }
  }

  get isStreaming(): boolean {
    return this.#outcome === 'streaming';
  }

  /** A guess, in CSS pixels. */
  get estimatedHeight(): number {
    return frameHeight + this.#length * characterHeight;
  }

  layOutStep(): JobStatus {
    if (this.#deferredText === null) return 'done';
    if (this.#deferredText.isSelected) return 'waits';
    if (!this.#deferredText.step()) return 'more';
    this.#deferredText = null;
    this.#text.finish(this.#outcome === 'complete');
    return 'done';
  }

  layOut(): void {
    while (this.layOutStep() === 'more');
  }

  setPhase(phase: TurnView['phase'], timing: Timing, retrying: Retrying | null): void {
    if (phase === 'ended') return;
    this.#layOutAll();
    if (this.#status.element.parentElement === null) this.#start();
    this.#status.show(phase, timing, retrying);
    this.#showThinking(timing, phase === 'thinking');
  }

  /** Takes the focus, where its end was asked for; the view stays where it is. */
  focus(): void {
    this.#textElement.focus({ preventScroll: true });
  }

  /** @param offset where the host says that the text belongs, in UTF-16 code units */
  append(offset: number, text: string): void {
    if (offset !== this.#length) {
      this.#actions.requestResync();
      return;
    }
    this.#length += text.length;
    this.#pending += text;
    this.#frame ??= requestAnimationFrame(() => this.#flush());
  }

  /** @param offset as in `append`, from the start of the thinking */
  appendThinking(offset: number, text: string): void {
    if (offset !== this.#thinking.length) {
      this.#actions.requestResync();
      return;
    }
    this.#thinking.append(text);
    this.#status.addTokens(estimateTokens(text));
  }

  end(length: number, timing: Timing, end: EndView): void {
    if (length !== this.#length) {
      this.#actions.requestResync();
      return;
    }
    this.#flush();
    this.#finish(timing, end);
    this.#showEndInView(end);
  }

  /** The figures are known better than at the end. */
  updateReceipt(end: EndView): void {
    this.#end.updateReceipt(end);
  }

  dispose(): void {
    this.#stopTicking();
    this.#endObserver.disconnect();
    this.#end.dispose();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
  }

  /** Says at the foot of the view how it ended, until its own end comes into view. */
  #showEndInView({ sentence }: EndView): void {
    const isBelow = this.#end.element.getBoundingClientRect().top >= window.innerHeight;
    if (sentence === null || !isBelow) return;
    this.#end.sentence.classList.add('at-foot');
    this.#endObserver.observe(this.#end.element);
  }

  /** It stands above the footer again, without anything moving. */
  #releaseSentence(): void {
    this.#endObserver.disconnect();
    this.#end.sentence.classList.remove('at-foot');
  }

  /** Also where it is selected: it goes on. */
  #layOutAll(): void {
    while (this.#deferredText?.step() === false);
    this.#deferredText = null;
  }

  #flush(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const text = this.#pending;
    this.#pending = '';
    if (text !== '') this.#show(text);
  }

  #show(text: string): void {
    this.#status.addTokens(estimateTokens(text));
    this.#text.append(text);
  }

  #showOutcome(outcome: EndView['outcome'] | 'streaming'): void {
    this.#outcome = outcome;
    this.element.dataset['outcome'] = outcome;
  }

  /** It streams, or a reply that had ended goes on. */
  #start(): void {
    // The page mustn't get shorter under a reader who is at its end.
    if (!this.#end.element.hidden) this.element.style.minHeight = `${this.element.clientHeight}px`;
    const hadFocus = this.#end.element.contains(document.activeElement);
    this.#releaseSentence();
    this.#showOutcome('streaming');
    delete this.element.dataset['failure'];
    this.#end.hide();
    this.element.append(this.#status.element);
    if (hadFocus) this.#status.element.focus({ preventScroll: true });
    this.#tickTimer = setInterval(() => {
      this.#status.tick();
      this.#thinking.tick();
    }, tickMs);
  }

  #showThinking(timing: Timing, isThinking: boolean): void {
    if (timing.thoughtMs === null) return;
    this.#thinking.show(timing, isThinking);
    if (this.#thinking.element.parentElement !== null) return;
    // Never above text that is being read.
    if (this.#length === 0) this.#textElement.before(this.#thinking.element);
    else this.#textElement.after(this.#thinking.element);
  }

  #finish(timing: Timing, end: EndView): void {
    if (this.#deferredText === null) this.#text.finish(end.outcome === 'complete');
    this.#stopTicking();
    const hadFocus = this.#status.element.contains(document.activeElement);
    this.#status.element.remove();
    this.#showThinking(timing, false);
    this.#showOutcome(end.outcome);
    if (end.failure !== null) this.element.dataset['failure'] = end.failure;
    this.#end.show(end);
    this.element.style.minHeight = '';
    if (hadFocus) this.#end.element.focus({ preventScroll: true });
  }

  /** Shows the words of an edit that isn't sent yet. */
  restoreEdit(text: string): void {
    this.#header.restoreEdit(text);
  }

  closeEdit(): void {
    this.#header.closeEdit();
  }

  showSources(sources: readonly SourceView[]): void {
    this.#header.showSources(sources);
  }

  #stopTicking(): void {
    clearInterval(this.#tickTimer);
    this.#tickTimer = undefined;
  }
}
