import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Certificate, Endpoint } from '../core/check/probe.ts';
import { openSocket } from './open-socket.ts';
import { openTunnel } from './open-tunnel.ts';

/** Shakes hands over TLS and reads the certificate, also of a server that isn't to be trusted. */
export async function shakeHands(
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
    return certificateOf(socket);
  } finally {
    socket.on('error', () => {});
    socket.destroy();
    below.destroy();
  }
}

function certificateOf(socket: TLSSocket): Certificate {
  const { subject, issuer, subjectaltname, valid_from, valid_to } = socket.getPeerCertificate();
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    names: subjectaltname ?? nameOf(subject),
    validFrom: Date.parse(valid_from),
    validTo: Date.parse(valid_to),
    protocol: socket.getProtocol() ?? '',
    // The type says an error; it is the error's code.
    problem: socket.authorized ? null : String(socket.authorizationError),
  };
}

/** A name may have several of each; the types say one. */
function nameOf(name: PeerCertificate['subject'] | undefined): string {
  const parts = [name?.CN, name?.O].flat().filter((part) => typeof part === 'string');
  return [...new Set(parts)].join(', ') || '?';
}
