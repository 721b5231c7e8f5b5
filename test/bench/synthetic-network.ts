import {
  blockStart,
  blockStop,
  messageDelta,
  messageStart,
  messageStop,
  textDelta,
} from '../fakes/messages-api/wire.ts';

/*
 * A network without a network, for measuring what happens above it: `fetch` answers with a stream of
 * the true wire format, one event a chunk, as fast as it is read.
 */

const usage = { input_tokens: 10, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
const encoder = new TextEncoder();

/** From now on every request is answered with this many deltas of five characters. */
export function installNetwork(deltas: number): void {
  const before = encoder.encode(messageStart('claude-sonnet-5-5', usage) + blockStart(0, 'text'));
  const delta = encoder.encode(textDelta(0, 'abcd '));
  const end = { stopReason: 'end_turn', outputTokens: deltas };
  const after = encoder.encode(blockStop(0) + messageDelta(end, usage) + messageStop());
  const fetch = async (): Promise<Response> => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent === 0) controller.enqueue(before);
        if (sent < deltas) controller.enqueue(delta);
        else {
          controller.enqueue(after);
          controller.close();
        }
        sent++;
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
  Object.assign(globalThis, { fetch });
}
