import {
  type Guarded,
  isAnyOf,
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

const isAction = isOneOf([
  'continue',
  'retry',
  'copy',
  'set-api-key',
  'choose-model',
  'open-base-url-setting',
  'show-log',
]);

const isRow = isObject({ label: isString, value: isString });

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

const isTurnView = isObject({
  replyId: isString,
  title: isString,
  /** The user's own words; empty for a built-in prompt. */
  promptText: isString,
  /** What was attached, such as `src/fib.ts:3–9`. */
  sources: isListOf(isString),
  phase: isPhase,
  text: isString,
  /** Null unless the phase is `retrying`. */
  retrying: isNullOr(isRetrying),
  end: isNullOr(isEnd),
});

/** Host to webview. */
export const isToWebview = isAnyOf(
  /** Everything, in answer to `ready`. */
  isObject({ type: isOneOf(['state']), turns: isListOf(isTurnView) }),
  isObject({ type: isOneOf(['turn']), turn: isTurnView }),
  /** Also where a reply that had ended goes on. */
  isObject({
    type: isOneOf(['phase']),
    replyId: isString,
    phase: isPhase,
    retrying: isNullOr(isRetrying),
  }),
  /** `offset` counts UTF-16 code units from the reply's start. */
  isObject({ type: isOneOf(['delta']), replyId: isString, offset: isCount, text: isString }),
  /** `length` is the whole text's, for the same check. */
  isObject({ type: isOneOf(['end']), replyId: isString, length: isCount, end: isEnd }),
  /** The editor's colours for code; null where they can't be read. */
  isObject({ type: isOneOf(['palette']), palette: isNullOr(isPalette) }),
);

/** More than the longest reply there can be, in UTF-16 code units. */
const mostCode = 2 ** 22;

/** A button of a code block was pressed. */
const isCodeMessage = isObject({
  type: isOneOf(['code']),
  action: isOneOf(['copy', 'insert', 'new-file']),
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
  isCodeMessage,
);

export type ToWebview = Guarded<typeof isToWebview>;
export type FromWebview = Guarded<typeof isFromWebview>;
export type TurnView = Guarded<typeof isTurnView>;
export type CodeMessage = Guarded<typeof isCodeMessage>;
export type EndView = Guarded<typeof isEnd>;
export type Retrying = Guarded<typeof isRetrying>;
export type PanelAction = Guarded<typeof isAction>;

/** The words that the webview itself shows; the host translates them. */
export const isPanelStrings = isObject({
  connecting: isString,
  waiting: isString,
  thinking: isString,
  writing: isString,
  /** `{0}` is a duration, such as `23 s`. */
  stillWorking: isString,
  /** `{0}` is a number of seconds. */
  retryIn: isString,
  'retry-now': isString,
  stop: isString,
  continue: isString,
  retry: isString,
  copy: isString,
  copied: isString,
  'set-api-key': isString,
  'choose-model': isString,
  'open-base-url-setting': isString,
  'show-log': isString,
  emptyTitle: isString,
  emptyText: isString,
  replyLabel: isString,
  receiptLabel: isString,
  started: isString,
  finished: isString,
  insertCode: isString,
  newFile: isString,
  wrapLines: isString,
  code: isString,
  /** `{0}` is a language's name. */
  codeIn: isString,
});
export type PanelStrings = Guarded<typeof isPanelStrings>;
