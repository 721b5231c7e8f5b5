import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { TestCertificate } from './certificate.ts';

/** Makes this process trust certificates, until it is disposed. */
export function trust(...certificates: readonly TestCertificate[]): Disposable {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, ...certificates.map(({ cert }) => cert)]);
  return { [Symbol.dispose]: () => setDefaultCACertificates(before) };
}
