import {
  type Guarded,
  guardOf,
  isAnyOf,
  isCount,
  isListOf,
  isObject,
  isOneOf,
  isString,
  isStringUpTo,
} from '../guard.ts';
import { isPanelAction } from './to-webview.ts';

/* What the panel's webview tells the host. */

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
const isAct = isObject({ type: isOneOf(['act']), action: isPanelAction, replyId: isString });

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

/** Sent when files are dropped on the composer. */
export interface DropFilesMessage extends Guarded<typeof isDropFiles> {}
const isDropFiles = isObject({ type: isOneOf(['drop-files']), uris: isListOf(isStringUpTo(4096)) });

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
  | DropFilesMessage
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
    isDropFiles,
    isDetach,
    isEdit,
    isOpenSource,
    isBranch,
    isCode,
  ),
);
