import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Endpoint } from '../core/check/probe.ts';

/**
 * A connected socket. Its later errors are nobody's business: it is the caller's to destroy.
 * @param limit destroys it while it connects, and afterwards
 */
export async function openSocket({ host, port }: Endpoint, limit: AbortSignal): Promise<Socket> {
  const socket = connect({ host, port, signal: limit });
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}
