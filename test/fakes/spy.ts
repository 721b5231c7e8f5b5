import { createServer, type Socket } from 'node:net';
import { closeServer, listenLocally } from './listen-locally.ts';

/** A server that nobody should talk to. It says nothing, and counts what it is told. */
export interface Spy extends AsyncDisposable {
  readonly url: string;
  readonly connections: number;
  readonly bytes: number;
}

export async function startSpy(): Promise<Spy> {
  const sockets: Socket[] = [];
  let bytes = 0;
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
  });
  const port = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    get connections() {
      return sockets.length;
    },
    get bytes() {
      return bytes;
    },
    [Symbol.asyncDispose]: () => closeServer(server, sockets),
  };
}
