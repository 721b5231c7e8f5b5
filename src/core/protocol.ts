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
  isStringUpTo,
} from './guard.ts';
import { isPalette } from './theme/palette.ts';

/*
 * What the host and the panel's webview say to each other. While a reply streams only new text
 * crosses: `delta` carries the offset where it belongs, so that a gap or a repetition shows at once
 * and is answered by asking for the whole state again.
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

const isAction = isOneOf([
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
  actions: isListOf(isAction),
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

/* Host to webview. */

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

/* Webview to host. */

/** More than the longest reply there can be, in UTF-16 code units. */
const maxCodeLength = 2 ** 22;
/** Of a picture in base64: the largest that the API takes. */
const maxImageLength = 5_000_000;

/** A longer question isn't counted while it is written, in UTF-16 code units. */
export const maxDraftLength = 2 ** 20;

/** Sent when the page has loaded, and when it has missed a message: asks for `state`. */
export interface ReadyMessage extends Guarded<typeof isReady> {}
const isReady = isObject({ type: isOneOf(['ready']) });

/** Sent when Stop is pressed. */
export interface StopMessage extends Guarded<typeof isStop> {}
const isStop = isObject({ type: isOneOf(['stop']), replyId: isString });

/** Sent when Retry Now is pressed while a reply waits for a retry. */
export interface RetryNowMessage extends Guarded<typeof isRetryNow> {}
const isRetryNow = isObject({ type: isOneOf(['retry-now']), replyId: isString });

/** Sent when a button below a reply that has ended is pressed. */
export interface ActMessage extends Guarded<typeof isAct> {}
const isAct = isObject({ type: isOneOf(['act']), action: isAction, replyId: isString });

/** Sent when a link in a reply is clicked. */
export interface OpenLinkMessage extends Guarded<typeof isOpenLink> {}
const isOpenLink = isObject({ type: isOneOf(['open-link']), href: isString });

/** The page's own id of a question that it sends; `ask-result` carries it back. */
const isAskId = isStringUpTo(64);

/** Sent when the composer's question is sent; the chips that it shows go with it. */
export interface AskMessage extends Guarded<typeof isAsk> {}
const isAsk = isObject({ type: isOneOf(['ask']), askId: isAskId, text: isString });

/** Sent when a queued question is taken back; `not-sent` is the answer. */
export interface UnqueueMessage extends Guarded<typeof isUnqueue> {}
const isUnqueue = isObject({ type: isOneOf(['unqueue']), askId: isAskId });

/** Sent after a pause in typing, to be counted; empty where there is nothing to count. */
export interface DraftMessage extends Guarded<typeof isDraft> {}
const isDraft = isObject({ type: isOneOf(['draft']), text: isStringUpTo(maxDraftLength) });

/** Sent when a question about selected words of a reply begins; empty where none are selected. */
export interface QuoteMessage extends Guarded<typeof isQuote> {}
const isQuote = isObject({ type: isOneOf(['quote']), text: isStringUpTo(maxCodeLength) });

/** Sent when the model or the effort below the composer is pressed. */
export interface ChooseMessage extends Guarded<typeof isChoose> {}
const isChoose = isObject({ type: isOneOf(['choose']), what: isOneOf(['model', 'effort']) });

/** Sent when Attach is pressed: what is selected in the editor becomes a chip. */
export interface AttachMessage extends Guarded<typeof isAttach> {}
const isAttach = isObject({ type: isOneOf(['attach']) });

/** Sent when an image is pasted into the composer. */
export interface PasteImageMessage extends Guarded<typeof isPasteImage> {}
const isPasteImage = isObject({
  type: isOneOf(['paste-image']),
  /** In base64; empty where it is too large. */
  data: isStringUpTo(maxImageLength),
});

/** Sent when a chip is removed. */
export interface DetachMessage extends Guarded<typeof isDetach> {}
const isDetach = isObject({ type: isOneOf(['detach']), chipId: isString });

/** Sent when an earlier question is asked again in other words, in a branch of its own. */
export interface EditMessage extends Guarded<typeof isEdit> {}
const isEdit = isObject({
  type: isOneOf(['edit']),
  askId: isAskId,
  replyId: isString,
  text: isString,
});

/** Sent when something that a turn is about is clicked; `index` counts its sources from 0. */
export interface OpenSourceMessage extends Guarded<typeof isOpenSource> {}
const isOpenSource = isObject({
  type: isOneOf(['open-source']),
  replyId: isString,
  index: isCount,
});

/** Sent when another of the branches that begin at a turn is chosen. */
export interface BranchMessage extends Guarded<typeof isBranch> {}
const isBranch = isObject({
  type: isOneOf(['branch']),
  replyId: isString,
  to: isOneOf(['previous', 'next']),
});

/** Sent when a button of a code block is pressed. */
export interface CodeMessage extends Guarded<typeof isCode> {}
const isCode = isObject({
  type: isOneOf(['code']),
  action: isOneOf(['copy', 'insert', 'replace', 'new-file', 'explain']),
  replyId: isString,
  /** VS Code's identifier, such as `typescriptreact`. */
  language: isStringUpTo(64),
  text: isStringUpTo(maxCodeLength),
});

export type FromWebview =
  | ReadyMessage
  | StopMessage
  | RetryNowMessage
  | ActMessage
  | OpenLinkMessage
  | AskMessage
  | UnqueueMessage
  | DraftMessage
  | QuoteMessage
  | ChooseMessage
  | AttachMessage
  | PasteImageMessage
  | DetachMessage
  | EditMessage
  | OpenSourceMessage
  | BranchMessage
  | CodeMessage;

export const isFromWebview = guardOf<FromWebview>()(
  isAnyOf(
    isReady,
    isStop,
    isRetryNow,
    isAct,
    isOpenLink,
    isAsk,
    isUnqueue,
    isDraft,
    isQuote,
    isChoose,
    isAttach,
    isPasteImage,
    isDetach,
    isEdit,
    isOpenSource,
    isBranch,
    isCode,
  ),
);

export type TurnView = Guarded<typeof isTurnView>;
export type EndView = Guarded<typeof isEnd>;
export type SourceView = Guarded<typeof isSource>;
export type Chip = Guarded<typeof isChip>;
export type QueuedQuestion = Guarded<typeof isQueuedQuestion>;
export type Timing = Guarded<typeof isTiming>;
export type Retrying = Guarded<typeof isRetrying>;
export type PanelAction = Guarded<typeof isAction>;

/** The words that the webview itself shows; the host translates them. */
export const isPanelStrings = isObject({
  connecting: isString,
  waiting: isString,
  thinking: isString,
  /** `{0}` is a duration. */
  thoughtFor: isString,
  /** Said where the thinking has no summary. */
  thinkingNotShown: isString,
  writing: isString,
  /** `{0}` is a number of tokens, about. */
  tokensSoFar: isString,
  /** `{0}` is a duration, such as `23 s`. */
  stillWorking: isString,
  /** `{0}` is a number of seconds. */
  retryIn: isString,
  'retry-now': isString,
  stop: isString,
  continue: isString,
  retry: isString,
  'retry-with': isString,
  copy: isString,
  copied: isString,
  'copy-request-id': isString,
  'set-api-key': isString,
  'choose-model': isString,
  'open-base-url-setting': isString,
  'show-log': isString,
  emptyTitle: isString,
  emptyText: isString,
  emptyAsk: isString,
  emptyAttach: isString,
  emptyStop: isString,
  /** What leaves the machine, said once; empty where it was said before. */
  firstUse: isString,
  /** `{0}` counts the replies from 1. */
  replyLabel: isString,
  moreBelow: isString,
  pageTitle: isString,
  receiptLabel: isString,
  started: isString,
  composerLabel: isString,
  composerHint: isString,
  send: isString,
  attach: isString,
  /** `{0}` is what was attached. */
  detach: isString,
  /** Above the questions that wait for the end of the reply. */
  queued: isString,
  /** `{0}` is the beginning of a queued question. */
  unqueue: isString,
  /** `{0}` is what is chosen now. */
  chooseModel: isString,
  chooseEffort: isString,
  /** Beside the words that are selected in a reply. */
  askAbout: isString,
  edit: isString,
  cancel: isString,
  previousBranch: isString,
  nextBranch: isString,
  /** `{0}` is which one, `{1}` how many. */
  branchOf: isString,
  /** Said of something attached that has changed since. */
  changedSince: isString,
  finished: isString,
  insertCode: isString,
  replaceCode: isString,
  newFile: isString,
  explainCode: isString,
  wrapLines: isString,
  code: isString,
  /** `{0}` is a language's name. */
  codeIn: isString,
});
export type PanelStrings = Guarded<typeof isPanelStrings>;
