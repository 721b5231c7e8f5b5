import {
  type Guarded,
  guardOf,
  isAnyOf,
  isBoolean,
  isCount,
  isListOf,
  isNullOr,
  isObject,
  isOneOf,
  isString,
} from '../guard.ts';
import { isPalette } from '../theme/palette.ts';

/*
 * What the host tells the panel's webview. While a reply streams only new text crosses: `delta`
 * carries the offset where it belongs, so that a gap or a repetition shows at once and is answered
 * by asking for the whole state again.
 */

const isPhase = isOneOf(['connecting', 'waiting', 'thinking', 'writing', 'retrying', 'ended']);

/** A wait before a request is sent again. */
const isRetrying = isObject({
  /** Why, and which try it will be. */
  sentence: isString,
  /** What is left of the wait, in milliseconds. */
  waitMs: isCount,
});

/** Durations in milliseconds, at the moment when the message was made. */
const isTiming = isObject({
  /** Since the reply was asked for or went on. */
  elapsedMs: isCount,
  /** For how long the model has thought; null where it hasn't. */
  thoughtMs: isNullOr(isCount),
});

export const isPanelAction = isOneOf([
  'continue',
  'retry',
  'retry-with',
  'copy',
  'copy-request-id',
  'set-api-key',
  'choose-model',
  'open-base-url-setting',
  'show-log',
]);

const isRow = isObject({
  kind: isOneOf(['figure', 'request-id']),
  label: isString,
  value: isString,
});

/** How a reply ended, in words for the reader. */
const isEnd = isObject({
  outcome: isOneOf(['complete', 'stopped', 'cut', 'refused', 'broken']),
  /** The failure's kind where the outcome is `broken`. */
  failure: isNullOr(isString),
  /** Null where nothing needs saying. */
  sentence: isNullOr(isString),
  actions: isListOf(isPanelAction),
  receipt: isListOf(isRow),
  /** The receipt in one line. */
  summary: isString,
});

/** Something that was attached. */
const isSource = isObject({
  /** Such as `src/fib.ts:3–9`. */
  label: isString,
  /** Whether it can be opened in an editor. */
  opens: isBoolean,
  /** Whether it has changed since it was asked about. */
  stale: isBoolean,
});

const isTurnView = isObject({
  replyId: isString,
  title: isString,
  /** The user's own words; empty for a built-in prompt. */
  promptText: isString,
  sources: isListOf(isSource),
  /** Whether secrets were taken out before it was sent. */
  redacted: isBoolean,
  /** Which of the branches that begin here this is, from 1. */
  branch: isObject({ number: isCount, count: isCount }),
  phase: isPhase,
  text: isString,
  /** A summary of the thinking; empty where there is none. */
  thinking: isString,
  timing: isTiming,
  /** Null unless the phase is `retrying`. */
  retrying: isNullOr(isRetrying),
  end: isNullOr(isEnd),
});

/** What goes with the next question. */
const isChip = isObject({
  id: isString,
  /** Such as `src/fib.ts:3–9`. */
  label: isString,
  /** Why it can't go along, in a sentence; null where it can. */
  fault: isNullOr(isString),
});

export type TurnView = Guarded<typeof isTurnView>;
export type EndView = Guarded<typeof isEnd>;
export type SourceView = Guarded<typeof isSource>;
export type Chip = Guarded<typeof isChip>;
export type Timing = Guarded<typeof isTiming>;
export type Retrying = Guarded<typeof isRetrying>;
export type PanelAction = Guarded<typeof isPanelAction>;

/** `offset` counts UTF-16 code units from the start of the reply, or of its thinking. */
const added = { replyId: isString, offset: isCount, text: isString };

/** Sent in answer to `ready` and when another branch is shown: everything that the view shows. */
export interface StateMessage extends Guarded<typeof isState> {}
const isState = isObject({
  type: isOneOf(['state']),
  turns: isListOf(isTurnView),
  follow: isBoolean,
});

/** Sent when the setting `follow` changes: whether the view keeps to the end of a growing reply. */
export interface FollowMessage extends Guarded<typeof isFollow> {}
const isFollow = isObject({ type: isOneOf(['follow']), follow: isBoolean });

/** Sent when a question is asked: the new turn, after those that are shown. */
export interface TurnMessage extends Guarded<typeof isTurn> {}
const isTurn = isObject({ type: isOneOf(['turn']), turn: isTurnView });

/** Sent when a reply enters another phase, also where one that had ended is continued. */
export interface PhaseMessage extends Guarded<typeof isPhaseChange> {}
const isPhaseChange = isObject({
  type: isOneOf(['phase']),
  replyId: isString,
  phase: isPhase,
  timing: isTiming,
  retrying: isNullOr(isRetrying),
});

/** Sent while a reply streams, at most once a frame: new text. */
export interface DeltaMessage extends Guarded<typeof isDelta> {}
const isDelta = isObject({ type: isOneOf(['delta']), ...added });

/** Sent while the model thinks, at most once a frame: new text of the summary. */
export interface ThinkingMessage extends Guarded<typeof isThinking> {}
const isThinking = isObject({ type: isOneOf(['thinking']), ...added });

/** Sent when a reply ends. */
export interface EndMessage extends Guarded<typeof isEndOfReply> {}
const isEndOfReply = isObject({
  type: isOneOf(['end']),
  replyId: isString,
  /** The whole text's, in UTF-16 code units: a gap shows. */
  length: isCount,
  timing: isTiming,
  end: isEnd,
});

/** Sent when the figures of a reply that has ended are known better. */
export interface ReceiptMessage extends Guarded<typeof isReceipt> {}
const isReceipt = isObject({ type: isOneOf(['receipt']), replyId: isString, end: isEnd });

/** Sent when code that a turn is about has moved or changed. */
export interface SourcesMessage extends Guarded<typeof isSources> {}
const isSources = isObject({
  type: isOneOf(['sources']),
  replyId: isString,
  sources: isListOf(isSource),
});

/** Sent after `ready` and when something is attached to the next question or detached from it. */
export interface ChipsMessage extends Guarded<typeof isChips> {}
const isChips = isObject({ type: isOneOf(['chips']), chips: isListOf(isChip) });

/** Sent when the question in the composer was counted: what it costs; empty where unknown. */
export interface EstimateMessage extends Guarded<typeof isEstimate> {}
const isEstimate = isObject({
  type: isOneOf(['estimate']),
  text: isString,
  warning: isNullOr(isString),
});

/** Sent after `ready` and when the model or the effort of the next question changes. */
export interface ModelMessage extends Guarded<typeof isModel> {}
const isModel = isObject({
  type: isOneOf(['model']),
  model: isString,
  /** In words; null where the model takes none. */
  effort: isNullOr(isString),
});

/** Sent when a command asks about what is selected in a reply; `quote` is the answer. */
export interface QuoteSelectionMessage extends Guarded<typeof isQuoteSelection> {}
const isQuoteSelection = isObject({ type: isOneOf(['quote-selection']) });

/** Sent when a question was accepted or refused, and again after `ready`: `askId` is the page's own. */
export interface AskResultMessage extends Guarded<typeof isAskResult> {}
const isAskResult = isObject({
  type: isOneOf(['ask-result']),
  askId: isString,
  /** Whether it was sent or queued; else its words stay where they were typed. */
  accepted: isBoolean,
});

/** Sent when a queued question won't be sent: its words belong to the composer again. */
export interface NotSentMessage extends Guarded<typeof isNotSent> {}
const isNotSent = isObject({
  type: isOneOf(['not-sent']),
  text: isString,
  /** Why, in a sentence; null where the user took it back. */
  reason: isNullOr(isString),
});

/** A question that is sent when the reply that streams has ended. */
const isQueuedQuestion = isObject({ askId: isString, text: isString });

/** Sent after `ready` and when a question is queued or leaves the queue. */
export interface QueueMessage extends Guarded<typeof isQueue> {}
const isQueue = isObject({
  type: isOneOf(['queue']),
  /** Another one than before: the host was restarted, and has lost what was queued then. */
  session: isString,
  questions: isListOf(isQueuedQuestion),
});

/** Sent when a command moves the focus to the composer. */
export interface ComposeMessage extends Guarded<typeof isCompose> {}
const isCompose = isObject({ type: isOneOf(['compose']) });

/** Sent after `ready` and when the colour theme changes; null where it can't be read. */
export interface PaletteMessage extends Guarded<typeof isPaletteChange> {}
const isPaletteChange = isObject({ type: isOneOf(['palette']), palette: isNullOr(isPalette) });

export type ToWebview =
  | StateMessage
  | FollowMessage
  | TurnMessage
  | PhaseMessage
  | DeltaMessage
  | ThinkingMessage
  | EndMessage
  | ReceiptMessage
  | SourcesMessage
  | ChipsMessage
  | EstimateMessage
  | ModelMessage
  | QuoteSelectionMessage
  | AskResultMessage
  | NotSentMessage
  | QueueMessage
  | ComposeMessage
  | PaletteMessage;

export const isToWebview = guardOf<ToWebview>()(
  isAnyOf(
    isState,
    isFollow,
    isTurn,
    isPhaseChange,
    isDelta,
    isThinking,
    isEndOfReply,
    isReceipt,
    isSources,
    isChips,
    isEstimate,
    isModel,
    isQuoteSelection,
    isAskResult,
    isNotSent,
    isQueue,
    isCompose,
    isPaletteChange,
  ),
);
