import { errorBody, ping } from '../../messages-api/wire.ts';
import { chunks, head, inChunks } from '../http.ts';
import { start, unfinished } from '../message.ts';
import { hold, repeat, type Scenario, scenario, send } from '../scenario.ts';

const errorHead = head('500 Internal Server Error', {
  'content-type': 'application/json',
  'request-id': 'req_simulated',
  'content-length': '1000',
});

/** The connection stays open and nothing comes any more. */
export const stalls = {
  'before the headers': scenario(hold),
  'in the headers': scenario(send(inChunks.slice(0, -20)), hold),
  'before the first byte': scenario(send(inChunks), hold),
  'after message_start': scenario(send(inChunks, chunks([start])), hold),
  'in mid-stream': scenario(send(inChunks, chunks(unfinished)), hold),
  'in the middle of a chunk': scenario(
    send(inChunks, chunks(unfinished), '40\r\nevent: cont'),
    hold,
  ),
  'in the body of an error': scenario(
    send(errorHead, JSON.stringify(errorBody('api_error', 'Something')).slice(0, 20)),
    hold,
  ),
} satisfies Record<string, Scenario>;

/** Alive, and never done: only the user ends these. */
export const endless = {
  'pings for ever': scenario(send(inChunks, chunks([start])), repeat(asChunk(ping()), 10, 400)),
} satisfies Record<string, Scenario>;

function asChunk(event: string): string {
  return Buffer.from(chunks([event])).toString();
}
