import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canary } from '../canary-key.ts';
import { maxOutputOf, modelPage } from './models.ts';
import { PromptCache } from './prompt-cache.ts';
import type { Script } from './scripts.ts';
import { type Content, refusalOfBlocks, textOf } from './thinking.ts';
import { errorBody } from './wire.ts';

/** A request that the simulator received. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: MessageBody | null;
  /** Resolves when its connection or its answer ends: whether the client closed it first. */
  readonly ended: Promise<'answered' | 'closed-by-client'>;
}

export interface MessageBody {
  readonly model: string;
  readonly max_tokens: number;
  readonly stream?: boolean;
  readonly system?: string;
  readonly messages: readonly { readonly role: string; readonly content: Content }[];
  readonly cache_control?: { readonly type: string };
  readonly thinking?: { readonly type: string; readonly display?: string };
  readonly output_config?: { readonly effort?: string };
  readonly tools?: readonly { readonly name: string }[];
  readonly tool_choice?: { readonly type: string };
}

/** A key that the simulator rejects; it takes any other that looks like one. */
export const rejectedKey = `sk-ant-rejected-${canary}`;

export interface Simulator extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** How many connections were ever made. */
  readonly connections: number;
  /** The messages among the requests, oldest first. */
  readonly messages: readonly ReceivedRequest[];
  /** What to do with requests for a message from now on. */
  answer(script: Script): void;
  /** Resolves with the next message request. */
  nextMessage(): Promise<ReceivedRequest>;
}

/**
 * The Messages API, simulated: a `node:http` server that speaks the real wire format. It says what
 * its script tells it; no model is behind it.
 */
export async function startSimulator(script: Script, port = 0): Promise<Simulator> {
  const requests: ReceivedRequest[] = [];
  const waiting: ((request: ReceivedRequest) => void)[] = [];
  const cache = new PromptCache();
  let current = script;
  let connections = 0;

  const server = createServer((request, response) => {
    // A handler that fails is a fault of the simulator: it shows as a failed test, not as silence.
    handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const closed = new AbortController();
    const ended = new Promise<'answered' | 'closed-by-client'>((resolve) => {
      response.on('close', () => {
        resolve(response.writableFinished ? 'answered' : 'closed-by-client');
        closed.abort();
      });
    });
    const text = await readBody(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
    const received: ReceivedRequest = {
      method: request.method ?? '',
      path: pathname,
      headers: request.headers,
      body: text === '' ? null : (JSON.parse(text) as MessageBody),
      ended,
    };
    requests.push(received);
    const refusal = refuse(received);
    if (refusal !== null) {
      sendJson(response, refusal.status, refusal.body);
    } else if (pathname === '/v1/models' && received.method === 'GET') {
      sendJson(response, 200, modelPage(Number(searchParams.get('limit') ?? 20)));
    } else if (pathname === '/v1/messages/count_tokens' && received.body !== null) {
      sendJson(response, 200, { input_tokens: tokensOf(received.body) });
    } else if (pathname === '/v1/messages' && received.body !== null) {
      waiting.shift()?.(received);
      await current({
        model: received.body.model,
        usage: cache.usageOf(received.body),
        response,
        closed: closed.signal,
      });
    } else {
      sendJson(response, 404, { error: 'no such page' });
    }
  }

  server.on('connection', () => connections++);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    requests,
    get connections() {
      return connections;
    },
    get messages() {
      return requests.filter(({ path }) => path === '/v1/messages');
    },
    answer: (next) => {
      current = next;
    },
    nextMessage: () => new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A message's own frame, and four characters a token: not our estimate, so that they can be told apart. */
export function tokensOf({ system = '', messages }: MessageBody): number {
  const texts = [
    ...(system === '' ? [] : [system]),
    ...messages.map(({ content }) => textOf(content)),
  ];
  return texts.reduce((sum, text) => sum + 7 + Math.ceil(text.length / 4), 0);
}

interface Refusal {
  readonly status: number;
  readonly body: object;
}

/** What the API refuses before any model is asked. */
function refuse({ headers, path, body }: ReceivedRequest): Refusal | null {
  const key = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (key === undefined || key === rejectedKey) {
    return { status: 401, body: errorBody('authentication_error', 'invalid bearer token') };
  }
  if (headers['anthropic-version'] !== '2026-10-21') {
    return invalid('anthropic-version: this version is not supported');
  }
  if (path !== '/v1/messages' || body === null) return null;
  const maxOutput = maxOutputOf(body.model);
  if (maxOutput === null) {
    return { status: 404, body: errorBody('not_found_error', `model: ${body.model}`) };
  }
  if (body.max_tokens > maxOutput) return invalid(`max_tokens: at most ${maxOutput}`);
  for (const gone of ['temperature', 'top_p', 'top_k']) {
    if (gone in body) return invalid(`${gone}: Extra inputs are not permitted`);
  }
  if (body.messages.at(-1)?.role !== 'user') {
    return invalid('messages: the last message must be from the user');
  }
  const fault = refusalOfBlocks(body.messages);
  return fault === null ? null : invalid(fault);
}

function invalid(message: string): Refusal {
  return { status: 400, body: errorBody('invalid_request_error', message) };
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_simulated' });
  response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
