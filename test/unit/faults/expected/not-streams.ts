import type { Failure } from '../../../../src/core/claude/failure.ts';
import { pageWords } from '../../../../src/core/claude/server-error.ts';
import { type notStreams, portal } from '../../../fakes/fault-server/scenarios/not-streams.ts';
import { broken, type Expectation } from '../expectation.ts';

const truncated: Failure = { kind: 'truncated' };

function notAStream(contentType: string, detail?: string): Failure {
  return { kind: 'not-a-stream', contentType, ...(detail === undefined ? {} : { detail }) };
}

const page = notAStream('text/html', 'Sign in to the hotel');

const beginnings = [...portal].map((_, at) =>
  notAStream('text/html', pageWords(portal.slice(0, at)) || undefined),
);

export const notStreamsEnd: Readonly<Record<keyof typeof notStreams, Expectation>> = {
  'HTML with status 200': broken(page, false),
  'HTML with status 200 that never ends': broken(page, false),
  'HTML with status 200, then a reset': broken(
    // What came before a reset may be lost.
    [page, notAStream('text/html'), ...beginnings],
    false,
  ),
  'JSON with status 200': broken(notAStream('application/json'), false),
  'text with status 200': broken(notAStream('text/plain', 'no healthy upstream'), false),
  'nothing that can be read': broken({ kind: 'malformed', detail: 'hello there' }, false),
  'an empty body': broken(truncated, false),
  'an empty body without a length': broken(truncated, false),
  'status 204': broken(truncated, false),
  'nothing but pings and comments': broken(truncated, false),
};
