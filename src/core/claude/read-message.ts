import { type Guard, isListOf, isNullOr, isObject, isOptional, isString } from '../guard.ts';
import type { Answer } from './answer.ts';
import { endingOf, type StopDetails } from './stream-attempt.ts';
import { noUsage, updateUsage } from './usage.ts';

const isAmount = isOptional(
  isNullOr((value: unknown): value is number => Number.isFinite(value) && Number(value) >= 0),
);

const isDetails: Guard<StopDetails> = isObject({});

/**
 * A whole message of the Messages API; the types say what it is, the network may bring anything.
 */
const isMessage = isObject({
  model: isString,
  content: isListOf(isObject({ type: isString, text: isOptional(isString) })),
  stop_reason: isString,
  stop_details: isOptional(isNullOr(isDetails)),
  usage: isObject({
    input_tokens: isAmount,
    cache_read_input_tokens: isAmount,
    cache_creation_input_tokens: isAmount,
    output_tokens: isAmount,
    output_tokens_details: isOptional(isNullOr(isObject({ thinking_tokens: isAmount }))),
  }),
});

/**
 * A whole message as an answer; null where it isn't one, or does not say how it ended.
 * @param clean takes the key out of the server's words, should it have put it there
 */
export function readMessage(
  message: unknown,
  requestId: string | null,
  clean: (words: string) => string,
): Answer | null {
  if (!isMessage(message)) return null;
  const { content, stop_reason: stopReason, usage } = message;
  return {
    text: content.map(({ type, text }) => (type === 'text' ? (text ?? '') : '')).join(''),
    outcome: endingOf(stopReason, message.stop_details ?? null, clean),
    model: clean(message.model),
    usage: updateUsage(noUsage, usage),
    stopReason: clean(stopReason),
    requestId: requestId === null ? null : clean(requestId),
  };
}
