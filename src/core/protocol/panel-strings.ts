import { type Guarded, isObject, isString } from '../guard.ts';

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
  /** The same two in a conversation without a question. */
  firstLabel: isString,
  firstHint: isString,
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
  /** `{0}` is the beginning of the question. */
  editQuestion: isString,
  cancel: isString,
  previousBranch: isString,
  nextBranch: isString,
  /** `{0}` is which one, `{1}` how many. */
  branchOf: isString,
  /** Said of a question whose secrets were taken out. */
  redacted: isString,
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
