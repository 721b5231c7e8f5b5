import type { Failure } from '../../../../src/core/claude/failure.ts';
import type { sockets } from '../../../fakes/fault-server/scenarios/sockets.ts';
import { afterText, broken, complete, type Expectation } from '../expectation.ts';

function network(code: string): Failure {
  return { kind: 'network', code };
}

/** Some versions of Node's fetch name what the parser found, others don't. */
function notHttp(code: string): readonly Failure[] {
  return [network(code), { kind: 'network', code: null }];
}

const closed = network('UND_ERR_SOCKET');
const reset = network('ECONNRESET');

export const socketsEnd: Readonly<Record<keyof typeof sockets, Expectation>> = {
  'closed before the headers': broken(closed, true),
  'reset before the headers': broken(reset, true),
  'closed in the headers': broken(closed, true),
  'reset in the headers': broken(reset, true),
  'closed before the first byte': broken(closed, false),
  'reset before the first byte': broken(reset, false),
  'closed in mid-stream': broken(closed, false, afterText),
  'reset in mid-stream': broken(reset, false, afterText),
  'reset in mid-stream, without chunks': broken({ kind: 'truncated' }, false, afterText),
  'reset right behind the text': broken(reset, false, { ...afterText, textMayBreakOff: true }),
  'reset after message_stop': complete(),
  'closed after message_stop': complete(),
  'not HTTP': broken(notHttp('HPE_INVALID_CONSTANT'), true),
  'headers without end': broken(network('UND_ERR_HEADERS_OVERFLOW'), true),
  'a chunk size that is none': broken(notHttp('HPE_INVALID_CHUNK_SIZE'), false, afterText),
  'gzip that is none': broken(network('Z_DATA_ERROR'), false),
  'bytes behind the last chunk': complete(),
};
