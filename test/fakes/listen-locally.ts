import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** Listens on a port of this machine that is free, or on the one that is named. @returns the port */
export async function listenLocally(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/**
 * Resolves once it is closed.
 * @param sockets that it has, where it doesn't keep count of them itself, as those of HTTP do
 */
export async function closeServer(
  server: Server & { readonly closeAllConnections?: () => void },
  sockets: readonly { destroy(): void }[] = [],
): Promise<void> {
  for (const socket of sockets) socket.destroy();
  server.closeAllConnections?.();
  server.close();
  await once(server, 'close');
}
