import type { framings } from '../../../fakes/fault-server/scenarios/framings.ts';
import { complete, type Expectation } from '../expectation.ts';

const byteByByte = { seeds: 8, fewerSeedsBecause: 'a turn of the event loop for every byte' };
const slowDrip = { seeds: 16, fewerSeedsBecause: 'half a second of small pauses' };

export const framingsEnd: Readonly<Record<keyof typeof framings, Expectation>> = {
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
  'slow drip': complete(slowDrip),
  'data over several lines': complete(),
};
