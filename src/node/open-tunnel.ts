import type { Socket } from 'node:net';
import type { Endpoint } from '../core/check/probe.ts';
import { openSocket } from './open-socket.ts';

/** Why a proxy opens no tunnel: its status, as the code of an error. */
class TunnelError extends Error {
  override readonly name = 'TunnelError';
  readonly code: string;

  constructor(status: string) {
    super(`The proxy says ${status}`);
    this.code = `PROXY_${status}`;
  }
}

const longestHead = 16_384;

/**
 * A socket through an HTTP proxy (RFC 9110, 9.3.6). No user and no password are told to it: a proxy
 * that wants them says 407.
 */
export async function openTunnel(
  proxy: Endpoint,
  { host, port }: Endpoint,
  limit: AbortSignal,
): Promise<Socket> {
  const socket = await openSocket(proxy, limit);
  const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(await readHead(socket))?.[1] ?? '000';
  if (status.startsWith('2')) return socket;
  socket.destroy();
  throw new TunnelError(status);
}

/** What the proxy says before the tunnel begins, or before it closes the connection. */
function readHead(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let head = '';
    const finish = (): void => {
      socket.off('data', read).off('close', finish);
      socket.pause();
      resolve(head);
    };
    const read = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      if (head.includes('\r\n\r\n') || head.length > longestHead) finish();
    };
    socket.on('data', read).on('close', finish);
  });
}
