import { type contents, thinking } from '../../../fakes/fault-server/scenarios/contents.ts';
import { complete, type Expectation, firstUsage, shortIdle } from '../expectation.ts';

const drain = { seeds: 20, fewerSeedsBecause: 'each run waits for the drain to end' };

export const contentsEnd: Readonly<Record<keyof typeof contents, Expectation>> = {
  'pings between': complete(),
  'unknown event names': complete(),
  'unknown delta types': complete(),
  'unknown block types': complete(),
  'text in the block start': complete(),
  thinking: complete({ thinking }),
  'a tool is asked for': complete(),
  'interleaved blocks': complete(),
  'two text blocks, interleaved': complete(),
  'two messages in one body': complete(),
  'more of the message after message_stop': complete(),
  'open after message_stop': complete(drain),
  'open after message_stop, without chunks': complete(drain),
  'message_stop without a stop reason': complete({ stopReason: null, usage: firstUsage }),
  'no message_stop after the stop reason': complete(),
  'no blank line after message_stop': complete(),
  'silence after the stop reason': complete(shortIdle),
  'no text in the block start': complete(),
  'usage before the end': complete(),
};
