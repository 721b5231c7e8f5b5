/** A request as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** The first whole request in `bytes`, or null while part of it is missing. */
export function readRequest(
  bytes: Uint8Array,
): { readonly request: SeenRequest; readonly rest: Uint8Array } | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headEnd = buffer.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const [requestLine = '', ...lines] = buffer.toString('latin1', 0, headEnd).split('\r\n');
  const [method = '', path = ''] = requestLine.split(' ');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  if (headers.has('transfer-encoding')) throw new Error('Requests in chunks are not understood');
  const bodyStart = headEnd + 4;
  const bodyEnd = bodyStart + Number(headers.get('content-length') ?? 0);
  if (buffer.length < bodyEnd) return null;
  const body = buffer.toString('utf8', bodyStart, bodyEnd);
  return { request: { method, path, headers, body }, rest: buffer.subarray(bodyEnd) };
}
