import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Certificate, Endpoint, Probe, ProbeResult } from '../core/check/probe.ts';
import { errorCode } from '../core/errors.ts';

/** How long each hop may take, in milliseconds. */
const hopTimeoutMs = 6000;

/** Probes names, sockets and certificates, as only Node can. The entry of a bundle of its own. */
export function probeSockets(timeoutMs = hopTimeoutMs): Probe {
  return {
    resolve: (host, signal) =>
      probeWithin(timeoutMs, signal, async () => {
        const found = await lookup(host, { all: true });
        return found.map(({ address }) => address);
      }),
    open: (endpoint, signal) =>
      probeWithin(timeoutMs, signal, async (limit) => {
        const socket = await openSocket(endpoint, limit);
        const { remoteAddress = endpoint.host } = socket;
        socket.destroy();
        return remoteAddress;
      }),
    handshake: (endpoint, proxy, signal) =>
      probeWithin(timeoutMs, signal, (limit) => readCertificate(endpoint, proxy, limit)),
  };
}

/** The environment's variables, of which a proxy may be one. */
export function environmentVariables(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

/**
 * What a look at a hop finds, within a limit. Never rejects.
 * @param probe is told by its signal to close what it has opened
 */
export async function probeWithin<T>(
  timeoutMs: number,
  signal: AbortSignal,
  probe: (limit: AbortSignal) => Promise<T>,
): Promise<ProbeResult<T>> {
  const limit = new AbortController();
  const end = (): void => limit.abort();
  const timer = setTimeout(end, timeoutMs);
  signal.addEventListener('abort', end);
  // A name server can't be told to stop: what it says late is not waited for.
  const ended = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason));
  });
  try {
    signal.throwIfAborted();
    return { ok: true, value: await Promise.race([probe(limit.signal), ended]) };
  } catch (error) {
    return { ok: false, code: limit.signal.aborted ? 'TIMEOUT' : (errorCode(error) ?? 'UNKNOWN') };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

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

/** Why a proxy opens no tunnel: its status, as the code of an error. */
class TunnelError extends Error {
  override readonly name = 'TunnelError';
  readonly code: string;

  constructor(status: string) {
    super(`The proxy says ${status}`);
    this.code = `PROXY_${status}`;
  }
}

const maxHeadLength = 16_384;

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
      if (head.includes('\r\n\r\n') || head.length > maxHeadLength) finish();
    };
    socket.on('data', read).on('close', finish);
  });
}

/** Shakes hands over TLS and reads the certificate, also of a server that isn't to be trusted. */
export async function readCertificate(
  endpoint: Endpoint,
  proxy: Endpoint | null,
  limit: AbortSignal,
): Promise<Certificate> {
  const { host } = endpoint;
  const below = await (proxy === null
    ? openSocket(endpoint, limit)
    : openTunnel(proxy, endpoint, limit));
  const socket = connectTls({
    socket: below,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    // To be able to say what is wrong with it. Nothing is ever written to this connection.
    rejectUnauthorized: false,
  });
  try {
    await once(socket, 'secureConnect');
    return toCertificate(socket);
  } finally {
    socket.on('error', () => {});
    socket.destroy();
    below.destroy();
  }
}

function toCertificate(socket: TLSSocket): Certificate {
  const { subject, issuer, subjectaltname, valid_from, valid_to } = socket.getPeerCertificate();
  return {
    subject: formatName(subject),
    issuer: formatName(issuer),
    names: subjectaltname ?? formatName(subject),
    validFrom: Date.parse(valid_from),
    validTo: Date.parse(valid_to),
    protocol: socket.getProtocol() ?? '',
    // The type says an error; it is the error's code.
    problem: socket.authorized ? null : String(socket.authorizationError),
  };
}

/** A name may have several of each; the types say one. */
function formatName(name: PeerCertificate['subject'] | undefined): string {
  const parts = [name?.CN, name?.O].flat().filter((part) => typeof part === 'string');
  return [...new Set(parts)].join(', ') || '?';
}
