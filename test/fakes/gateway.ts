import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { closeServer, listenLocally } from './listen-locally.ts';

export interface GatewayOptions {
  /** Hands an answer on only when it has all of it. */
  readonly buffers?: boolean;
  /** Put over those of the answer. */
  readonly headers?: (request: IncomingMessage) => Readonly<Record<string, string>>;
  /** Paths that it answers with 404. */
  readonly lacks?: readonly string[];
}

export interface Gateway extends AsyncDisposable {
  readonly url: string;
}

/** A reverse proxy, as companies put them before the API. */
export async function startGateway(target: string, options: GatewayOptions): Promise<Gateway> {
  const { buffers = false, headers = () => ({}), lacks = [] } = options;
  const server = createServer((asked, response) => {
    if (lacks.includes(new URL(asked.url ?? '/', target).pathname)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
      return;
    }
    const { method, headers: given } = asked;
    const sent = request(new URL(asked.url ?? '/', target), { method, headers: given });
    sent.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...headers(asked) });
      if (buffers) void gather(answer, response);
      else answer.pipe(response);
    });
    sent.on('error', () => response.destroy());
    response.on('close', () => sent.destroy());
    asked.pipe(sent);
  });
  const port = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => closeServer(server),
  };
}

async function gather(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  response.end(Buffer.concat(chunks));
}
