import type { Failure } from '../../../../src/core/claude/failure.ts';
import type { notStreams } from '../../../fakes/fault-server/scenarios/not-streams.ts';
import { broken, type Expectation, shortIdle } from '../expectation.ts';

const truncated: Failure = { kind: 'truncated' };

function notAStream(contentType: string): Failure {
  return { kind: 'not-a-stream', contentType };
}

export const notStreamsEnd: Readonly<Record<keyof typeof notStreams, Expectation>> = {
  'HTML with status 200': broken(notAStream('text/html'), false),
  'HTML with status 200 that never ends': broken(notAStream('text/html'), false),
  'HTML with status 200, then a reset': broken(notAStream('text/html'), false),
  'JSON with status 200': broken(notAStream('application/json'), false),
  'no content type': broken(notAStream(''), false),
  'an empty body': broken(truncated, true),
  'an empty body without a length': broken(truncated, true),
  'status 204': broken(truncated, true),
  'events without names': broken(truncated, true),
  'nothing but pings and comments': broken(truncated, true),
  'message_start without a message': broken(truncated, true),
  'no message_start': broken(truncated, true),
  'no message_start, and never an end': broken(
    { kind: 'stalled', idleMs: shortIdle.idleTimeoutMs },
    true,
    shortIdle,
  ),
};
