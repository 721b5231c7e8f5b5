import { connect, createServer, type Socket } from 'node:net';
import { closeServer, listenLocally } from '../fakes/listen-locally.ts';

export interface SlowLink extends AsyncDisposable {
  readonly port: number;
  /** How many connections were ever made over it. */
  readonly connections: number;
}

/**
 * A link to a port of this machine on which every byte takes `eachWayMs` in each direction. The
 * kernel accepts a connection before a proxy hears of it, so the handshake's own trip there and back
 * is made up for: what the client says first is held for as long.
 */
export async function startSlowLink(port: number, eachWayMs: number): Promise<SlowLink> {
  const sockets: Socket[] = [];
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    sockets.push(near, far);
    const connectedAt = performance.now() + 2 * eachWayMs;
    carry(near, far, () => Math.max(0, connectedAt - performance.now()) + eachWayMs);
    carry(far, near, () => eachWayMs);
  });
  let connections = 0;
  server.on('connection', () => connections++);
  const bound = await listenLocally(server);
  return {
    port: bound,
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: () => closeServer(server, sockets),
  };
}

/** In order: what comes later is never due earlier. */
function carry(from: Socket, to: Socket, delayMs: () => number): void {
  let due = 0;
  const later = (run: () => void): void => {
    due = Math.max(due, performance.now() + delayMs());
    setTimeout(run, due - performance.now());
  };
  from.on('data', (chunk) => later(() => to.write(chunk)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => later(() => to.destroy()));
}
