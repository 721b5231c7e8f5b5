import { noUsage } from '../../../../src/core/claude/usage.ts';
import { outputTokens, usage } from '../../../fakes/fault-server/message.ts';
import { thinking } from '../../../fakes/fault-server/scenarios/contents.ts';
import type { dialects } from '../../../fakes/fault-server/scenarios/dialects.ts';
import { complete, type Expectation, firstUsage, lastUsage, shortIdle } from '../expectation.ts';

const thoughtful = complete({ thinking });
/** Where `message_start` said nothing, `message_delta` says it all. */
const few = { seeds: 10, fewerSeedsBecause: 'where a piece is cut matters little here' };

export const dialectsEnd: Readonly<Record<keyof typeof dialects, Expectation>> = {
  'no content type': complete(),
  'another content type': complete(),
  'the content type of a page': complete(),
  'events without names': complete(),
  'events without names, one a line': complete(),
  'events without blank lines': complete(),
  'events without types': complete(few),
  'neither names nor types': complete(few),
  'two events in one': complete(few),
  'JSON lines': complete(),
  'a list of events': complete(),
  'a list of events in one event': complete(few),
  'a whole message as JSON': complete(),
  'a whole message in a list': complete(few),
  'a whole message without a type': complete(few),
  'a whole message with plain content': complete(few),
  'a whole message as JSON in a stream': complete(few),
  'a whole message as JSON that says it is a stream': complete(few),
  'the whole message again at the end': complete(few),
  '[DONE] at the end': complete(few),
  '[DONE] in between': complete(few),
  '[DONE] instead of message_stop': complete(few),
  'empty events': complete(),
  'no message_start': complete(),
  'message_start without a message': complete(few),
  'message_start without content': complete(few),
  'message_start with its fields outside': complete(few),
  'message_start after the block': complete(few),
  'message_start after the text': complete(few),
  'message_start many times': complete(few),
  'text in message_start': complete(few),
  'the stop reason in message_start': complete({ ...few, usage: lastUsage }),
  'the stop reason in message_start, and no message_stop': complete({ ...few, usage: lastUsage }),
  'the stop reason beside the delta': complete(few),
  'the stop reason in message_stop': complete(few),
  'usage inside the delta': complete(few),
  'usage after the stop reason': complete(few),
  'usage in Bedrock’s words': complete(few),
  'usage in OpenAI’s words': complete(few),
  'usage as strings': complete(few),
  'usage that falls to nothing': complete(few),
  'no usage at all': complete({
    ...few,
    usage: { ...noUsage, input: 12, inputIsEstimate: true },
  }),
  'no content_block_start': complete(few),
  'no content_block_stop': complete(few),
  'content_block_start twice': complete(few),
  'indices that nobody began': complete(few),
  'indices that begin at 1': complete(few),
  'indices as strings': complete(few),
  'no indices': complete(few),
  'the same index for thinking and text': complete({ ...few, thinking }),
  'thinking that has no end of its own': complete({ ...few, thinking }),
  'thinking and text in the block starts': thoughtful,
  'deltas without types': complete(few),
  'deltas that are only text': complete(few),
  'deltas without text in between': complete(few),
  'the stop reason before the text': complete(few),
  'no message_stop, and an open connection': complete(shortIdle),
  'comments and blank lines at the start': complete(few),
  'a refusal as JSON': complete({
    ...few,
    text: '',
    stopReason: 'refusal',
    outcomes: [{ kind: 'refused', category: 'cyber', explanation: 'No.' }],
  }),
  'a message_delta that ends it early': complete({
    ...few,
    stopReason: 'max_tokens',
    outcomes: [{ kind: 'cut', limit: 'max-tokens' }],
  }),
  'names in capitals': complete(few),
  'a message of numbers': complete({ ...few, text: '42' }),
};

// The figures that the scenarios above spell out.
if (usage.input_tokens !== 12 || lastUsage.output !== outputTokens || firstUsage.output !== 1) {
  throw new Error('The sample message has other figures than these scenarios');
}
