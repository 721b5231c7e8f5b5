import { generateKeyPairSync, sign } from 'node:crypto';
import {
  bits,
  implicit,
  integer,
  objectId,
  octets,
  sequence,
  set,
  tagged,
  text,
  time,
  yes,
} from './der.ts';

export interface TestCertificate {
  /** PEM, as `node:tls` takes them. */
  readonly key: string;
  readonly cert: string;
}

export interface CertificateOptions {
  /** The host that it is for. */
  readonly host?: string;
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

const day = 86_400_000;
const daysFromNow = (days: number): Date => new Date(Date.now() + days * day);

/** A certificate (RFC 5280) that has signed itself, for a host and for 127.0.0.1, with its key. */
export function makeCertificate({
  host = 'localhost',
  validFrom = daysFromNow(-1),
  validTo = daysFromNow(1),
}: CertificateOptions = {}): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(objectId('1.2.840.10045.4.3.2'));
  const name = sequence(set(sequence(objectId('2.5.4.3'), text(`Test of ${host}`))));
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(Buffer.from([1])),
    algorithm,
    name,
    sequence(time(validFrom), time(validTo)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(names(host), mayBeTrusted)),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, algorithm, bits(signature)).toString('base64');
  const lines = certificate.match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

/** Subject alternative names. A host that isn't ours has no address of ours either. */
function names(host: string): Buffer {
  const address = implicit(7, Buffer.from([127, 0, 0, 1]));
  const all = sequence(implicit(2, Buffer.from(host)), ...(host === 'localhost' ? [address] : []));
  return sequence(objectId('2.5.29.17'), octets(all));
}

/** Basic constraints: an authority, so that the certificate itself can be trusted. */
const mayBeTrusted = sequence(objectId('2.5.29.19'), yes, octets(sequence(yes)));
