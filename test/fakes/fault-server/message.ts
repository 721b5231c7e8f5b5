import {
  blockStart,
  blockStop,
  messageDelta,
  messageStart,
  messageStop,
  ping,
  textDelta,
  type WireUsage,
} from '../messages-api/wire.ts';

/* The one message that most scenarios send, in parts to be left out, doubled or spoiled. */

export const model = 'claude-sonnet-5-5';

export const usage: WireUsage = {
  input_tokens: 12,
  cache_read_input_tokens: 3,
  cache_creation_input_tokens: 5,
};

export const outputTokens = 42;

/** Of one to four bytes a character, joined emoji, a line end; each is a delta of its own. */
export const words: readonly string[] = [
  'Ünï',
  'code 🎉',
  ' 👨‍👩‍👧‍👦 ',
  '',
  '`x`\n',
  '漢字, and so',
  ' on.',
];

export const text = words.join('');

export const start = messageStart(model, usage);
export const open = blockStart(0, 'text');
export const deltas: readonly string[] = words.map((word) => textDelta(0, word));
export const close = blockStop(0);
export const delta = ending('end_turn');
export const stop = messageStop();

/** Everything before the stop reason. */
export const unfinished: readonly string[] = [start, ping(), open, ...deltas];
/** All but `message_stop`. */
export const unstopped: readonly string[] = [...unfinished, close, delta];
export const message: readonly string[] = [...unstopped, stop];

/** The `message_delta` with this stop reason. */
export function ending(stopReason: string, stopDetails?: object): string {
  return messageDelta(
    { stopReason, outputTokens, ...(stopDetails === undefined ? {} : { stopDetails }) },
    usage,
  );
}
