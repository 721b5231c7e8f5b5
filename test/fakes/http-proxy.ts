import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Endpoint } from '../../src/core/check/probe.ts';
import { closeServer, listenLocally } from './listen-locally.ts';

export interface HttpProxy extends AsyncDisposable {
  readonly endpoint: Endpoint;
  /** The authorities that tunnels were asked for to, oldest first. */
  readonly tunnels: readonly string[];
}

/** An HTTP proxy that opens tunnels on this machine, or refuses each with a status. */
export async function startHttpProxy(refusal?: number): Promise<HttpProxy> {
  const tunnels: string[] = [];
  const sockets: Duplex[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    sockets.push(socket);
    socket.on('error', () => {});
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\n\r\n`);
      return;
    }
    const there = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(there).pipe(socket);
    });
    sockets.push(there);
    there.on('error', () => socket.destroy());
  });
  const port = await listenLocally(server);
  return {
    endpoint: { host: '127.0.0.1', port },
    tunnels,
    [Symbol.asyncDispose]: () => closeServer(server, sockets),
  };
}
