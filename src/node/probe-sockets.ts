import { lookup } from 'node:dns/promises';
import type { Probe } from '../core/check/probe.ts';
import { openSocket } from './open-socket.ts';
import { probed } from './probed.ts';
import { shakeHands } from './shake-hands.ts';

/** How long each hop may take, in milliseconds. */
const hopTimeoutMs = 6000;

/** The way into the lazy chunk `dist/probe-sockets.cjs`: what only Node can look at. */
export function probeSockets(timeoutMs = hopTimeoutMs): Probe {
  return {
    resolve: (host, signal) =>
      probed(timeoutMs, signal, async () => {
        const found = await lookup(host, { all: true });
        return found.map(({ address }) => address);
      }),
    open: (endpoint, signal) =>
      probed(timeoutMs, signal, async (limit) => {
        const socket = await openSocket(endpoint, limit);
        const { remoteAddress = endpoint.host } = socket;
        socket.destroy();
        return remoteAddress;
      }),
    handshake: (endpoint, proxy, signal) =>
      probed(timeoutMs, signal, (limit) => shakeHands(endpoint, proxy, limit)),
  };
}

/** The environment's variables, of which a proxy may be one. */
export function environmentVariables(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
