import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** Listens on a port of this machine that is free, or on the one that is named. @returns the port */
export async function listenLocally(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Resolves once it is closed, and with it the connections that it keeps count of: those of HTTP. */
export async function closeServer(
  server: Server & { readonly closeAllConnections?: () => void },
): Promise<void> {
  server.closeAllConnections?.();
  server.close();
  await once(server, 'close');
}
