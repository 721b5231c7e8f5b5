import { thinking, type wholeMessages } from '../../../fakes/fault-server/scenarios/whole.ts';
import { complete, type Expectation, firstUsage, shortIdle } from '../expectation.ts';

const byteByByte = { seeds: 8, fewerSeedsBecause: 'a turn of the event loop for every byte' };
const slowDrip = { seeds: 16, fewerSeedsBecause: 'a second of small pauses' };
const drain = { seeds: 20, fewerSeedsBecause: 'each run waits for the drain to end' };

export const wholeMessagesEnd: Readonly<Record<keyof typeof wholeMessages, Expectation>> = {
  plain: complete(),
  chunked: complete(),
  'chunked, with extensions and a trailer': complete(),
  'chunked, cut inside events': complete(),
  'content-length': complete(),
  gzip: complete(),
  'HTTP/1.0': complete(),
  'after early hints': complete(),
  'content type in capitals': complete(),
  CRLF: complete(),
  'CR only': complete(),
  'CRLF, byte by byte': complete(byteByByte),
  'UTF-8, byte by byte': complete(byteByByte),
  'chunked, byte by byte': complete(byteByByte),
  'byte order mark': complete(),
  'byte order mark, byte by byte': complete(byteByByte),
  'comments and other fields': complete(),
  'no space after the colons': complete(),
  'pings between': complete(),
  'slow drip': complete(slowDrip),
  'unknown event names': complete(),
  'unknown delta types': complete(),
  'unknown block types': complete(),
  'data over several lines': complete(),
  'text in the block start': complete(),
  thinking: complete({ thinking }),
  'a tool is asked for': complete(),
  'interleaved blocks': complete(),
  'two text blocks, interleaved': complete(),
  'two messages in one body': complete(),
  'open after message_stop': complete(drain),
  'open after message_stop, without chunks': complete(drain),
  'message_stop without a stop reason': complete({ stopReason: null, usage: firstUsage }),
  'no message_stop after the stop reason': complete(),
  'no blank line after message_stop': complete(),
  'silence after the stop reason': complete(shortIdle),
};
