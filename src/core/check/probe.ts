/** What was found, or a code as the system has it, such as ENOTFOUND; `TIMEOUT` is ours. */
export type ProbeResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string };

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** As the certificate has them: `DNS:example.com, IP Address:127.0.0.1`. */
  readonly names: string;
  /** Milliseconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  /** Such as `TLSv1.3`. */
  readonly protocol: string;
  /** Why it isn't to be trusted, as OpenSSL's or Node's code; null where it is. */
  readonly problem: string | null;
}

/**
 * Looks at the hops below HTTP one by one. Only where there are sockets: a browser has none.
 * Nothing is said over the connections, so no secret leaves by them. Never rejects.
 */
export interface Probe {
  /** The addresses of a name. */
  resolve(host: string, signal: AbortSignal): Promise<ProbeResult<readonly string[]>>;
  /** Opens a connection and closes it. Gives the address that took it. */
  open(endpoint: Endpoint, signal: AbortSignal): Promise<ProbeResult<string>>;
  /**
   * Shakes hands over TLS.
   * @param proxy an HTTP proxy that is asked for a tunnel; null goes straight. One that refuses gives
   *   the code `PROXY_` with its status, such as `PROXY_407`.
   */
  handshake(
    endpoint: Endpoint,
    proxy: Endpoint | null,
    signal: AbortSignal,
  ): Promise<ProbeResult<Certificate>>;
}
