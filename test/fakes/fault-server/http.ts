/* HTTP/1.1 as bytes: heads and the ways to frame a body. */

export type Headers = Readonly<Record<string, string>>;

export const eventStream: Headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'request-id': 'req_simulated',
};

export function head(status: string, headers: Headers): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`;
}

/** The head of an event stream whose end is the connection's end. */
export const untilClosed = head('200 OK', { ...eventStream, connection: 'close' });

/** The head of an event stream in chunks, as the API sends it. */
export const inChunks = head('200 OK', { ...eventStream, 'transfer-encoding': 'chunked' });

/** An event stream of a known length. */
export function ofLength(length: number): string {
  return head('200 OK', { ...eventStream, 'content-length': String(length) });
}

/** Each part as one chunk, without the last one, which ends the body. */
export function chunks(parts: readonly (string | Uint8Array)[], extension = ''): Uint8Array {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      const size = bytes.length.toString(16);
      return [Buffer.from(`${size}${extension}\r\n`), bytes, Buffer.from('\r\n')];
    }),
  );
}

export const lastChunk = '0\r\n\r\n';

/** A whole response with a body of known length. */
export function whole(status: string, headers: Headers, body: string): string {
  return head(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) }) + body;
}

export function json(status: string, body: object, headers: Headers = {}): string {
  return whole(
    status,
    { 'content-type': 'application/json', 'request-id': 'req_simulated', ...headers },
    JSON.stringify(body),
  );
}

export function html(status: string, body: string): string {
  return whole(status, { 'content-type': 'text/html; charset=utf-8' }, body);
}
