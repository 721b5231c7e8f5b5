import {
  type Guarded,
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

/** Host to webview. */
export const isToWebview = isAnyOf(
  /** Everything, in answer to `ready`. */
  isObject({ type: isOneOf(['state']), turns: isListOf(isTurnView), follow: isBoolean }),
  /** The setting has changed: whether the view keeps to the end of a growing reply. */
  isObject({ type: isOneOf(['follow']), follow: isBoolean }),
  isObject({ type: isOneOf(['turn']), turn: isTurnView }),
  /** Also where a reply that had ended goes on. */
  isObject({
    type: isOneOf(['phase']),
    replyId: isString,
    phase: isPhase,
    timing: isTiming,
    retrying: isNullOr(isRetrying),
  }),
  /** `offset` counts UTF-16 code units from the start of the reply, or of its thinking. */
  isObject({
    type: isOneOf(['delta', 'thinking']),
    replyId: isString,
    offset: isCount,
    text: isString,
  }),
  /** `length` is the whole text's, for the same check. */
  isObject({
    type: isOneOf(['end']),
    replyId: isString,
    length: isCount,
    timing: isTiming,
    end: isEnd,
  }),
  /** The figures of a reply that has ended are known better. */
  isObject({ type: isOneOf(['receipt']), replyId: isString, end: isEnd }),
  /** What a turn was asked about has moved or changed. */
  isObject({ type: isOneOf(['sources']), replyId: isString, sources: isListOf(isSource) }),
  isObject({ type: isOneOf(['chips']), chips: isListOf(isChip) }),
  /** What the question in the composer takes; empty where nothing is known. */
  isObject({ type: isOneOf(['estimate']), text: isString, warning: isNullOr(isString) }),
  /** What the next question goes to; the effort in words, null where the model takes none. */
  isObject({ type: isOneOf(['model']), model: isString, effort: isNullOr(isString) }),
  /** Wants to know what is selected in a reply. */
  isObject({ type: isOneOf(['quote-selection']) }),
  /** The question was held back: its words belong to the composer again. */
  isObject({ type: isOneOf(['not-sent']), text: isString }),
  /** The composer takes the focus. */
  isObject({ type: isOneOf(['compose']) }),
  /** The editor's colours for code; null where they can't be read. */
  isObject({ type: isOneOf(['palette']), palette: isNullOr(isPalette) }),
);

/** More than the longest reply there can be, in UTF-16 code units. */
const mostCode = 2 ** 22;
/** Of a picture in base64: the largest that the API takes. */
const mostImage = 5_000_000;

/** A longer question isn't counted while it is written, in UTF-16 code units. */
export const mostDraft = 2 ** 20;

/** A button of a code block was pressed. */
const isCodeMessage = isObject({
  type: isOneOf(['code']),
  action: isOneOf(['copy', 'insert', 'replace', 'new-file', 'explain']),
  replyId: isString,
  /** VS Code's identifier, such as `typescriptreact`. */
  language: isStringUpTo(64),
  text: isStringUpTo(mostCode),
});

/** Webview to host. */
export const isFromWebview = isAnyOf(
  /** The webview is there, or has lost count: it wants the whole state. */
  isObject({ type: isOneOf(['ready']) }),
  isObject({ type: isOneOf(['stop']), replyId: isString }),
  isObject({ type: isOneOf(['retry-now']), replyId: isString }),
  isObject({ type: isOneOf(['act']), action: isAction, replyId: isString }),
  isObject({ type: isOneOf(['open-link']), href: isString }),
  /** A question from the composer, with the chips that it shows. */
  isObject({ type: isOneOf(['ask']), text: isString }),
  /** What is written in the composer, to be counted; empty where there is nothing to count. */
  isObject({ type: isOneOf(['draft']), text: isStringUpTo(mostDraft) }),
  /** What is selected in a reply is to be asked about; empty where nothing is selected. */
  isObject({ type: isOneOf(['quote']), text: isStringUpTo(mostCode) }),
  /** Wants another model or effort for the questions to come. */
  isObject({ type: isOneOf(['choose']), what: isOneOf(['model', 'effort']) }),
  /** Puts what is selected in the editor among the chips. */
  isObject({ type: isOneOf(['attach']) }),
  /** A picture for the next question, in base64; empty where it is too large. */
  isObject({ type: isOneOf(['paste-image']), data: isStringUpTo(mostImage) }),
  isObject({ type: isOneOf(['detach']), chipId: isString }),
  /** Asks again in other words, in the place of an earlier turn. */
  isObject({ type: isOneOf(['edit']), replyId: isString, text: isString }),
  /** Shows in an editor what a turn was asked about; `index` counts its sources from 0. */
  isObject({ type: isOneOf(['open-source']), replyId: isString, index: isCount }),
  /** Shows another of the branches that begin where this turn does. */
  isObject({ type: isOneOf(['branch']), replyId: isString, to: isOneOf(['previous', 'next']) }),
  isCodeMessage,
);

export type ToWebview = Guarded<typeof isToWebview>;
export type FromWebview = Guarded<typeof isFromWebview>;
export type TurnView = Guarded<typeof isTurnView>;
export type CodeMessage = Guarded<typeof isCodeMessage>;
export type EndView = Guarded<typeof isEnd>;
export type SourceView = Guarded<typeof isSource>;
export type Chip = Guarded<typeof isChip>;
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
