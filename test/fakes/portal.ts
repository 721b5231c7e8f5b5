import { createServer } from 'node:http';
import { closeServer, listenLocally } from './listen-locally.ts';
import type { Script } from './messages-api/scripts.ts';

export interface Portal extends AsyncDisposable {
  readonly url: string;
}

/** A server that answers every request alike, whatever it is for, as a network's sign-in page does. */
export async function startPortal(script: Script): Promise<Portal> {
  const usage = { input_tokens: 0, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
  const server = createServer((request, response) => {
    request.resume();
    const closed = new AbortController();
    response.on('close', () => closed.abort());
    script({ model: '', usage, streams: true, response, closed: closed.signal }).catch(
      (error: unknown) => response.destroy(error as Error),
    );
  });
  const port = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => closeServer(server),
  };
}
