import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { canary } from '../canary-key.ts';
import { closeServer, listenLocally } from '../listen-locally.ts';
import type { TestCertificate } from '../tls/certificate.ts';
import { type BatchedRequest, SimulatedBatches } from './batches.ts';
import { answerPreflight, isFromBrowser, refuseBrowser } from './cors.ts';
import { maxOutputOf, modelOf, modelPage, refusalOfAbilities } from './models.ts';
import { PromptCache } from './prompt-cache.ts';
import type { Script } from './scripts.ts';
import { bindingOf, type Prefix, refusalOfBlocks, textOf } from './thinking.ts';
import { refusalOfForm, refusalOfTools } from './tool-rules.ts';
import { errorBody, type MessageBody } from './wire.ts';

/** A request that the simulator received. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: MessageBody | null;
  /** The client's port: the same for all that came over one connection. */
  readonly port: number | undefined;
  /** Resolves when its connection or its answer ends: whether the client closed it first. */
  readonly ended: Promise<'answered' | 'closed-by-client'>;
}

/** A key that the simulator rejects; it takes any other that looks like one. */
export const rejectedKey = `sk-ant-rejected-${canary}`;

export interface Simulator extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** How many connections were ever made. */
  readonly connections: number;
  /** The messages among the requests, oldest first; never what a browser asks beforehand. */
  readonly messages: readonly ReceivedRequest[];
  /** How many messages were ever under way at the same time. */
  readonly mostAtOnce: number;
  readonly batches: SimulatedBatches;
  /** From now on the key's organisation lets browsers in, or doesn't. */
  allowBrowsers(isAllowed: boolean): void;
  /** What to do instead with the next request whose `GET /v1/…` or `POST /v1/…` fits; once. */
  failNext(where: RegExp, script: Script): void;
  /** What to do with requests for a message from now on. */
  answer(script: Script): void;
  /** Resolves with the next message request. */
  nextMessage(): Promise<ReceivedRequest>;
}

/**
 * The Messages API, simulated: a `node:http` server that speaks the real wire format. It says what
 * its script tells it; no model is behind it.
 * @param certificate makes it speak https, at `localhost`
 */
export async function startSimulator(
  script: Script,
  port = 0,
  certificate?: TestCertificate,
): Promise<Simulator> {
  const requests: ReceivedRequest[] = [];
  const waiting: ((request: ReceivedRequest) => void)[] = [];
  const cache = new PromptCache();
  let current = script;
  let connections = 0;
  const batches = new SimulatedBatches();
  const faults: { readonly where: RegExp; readonly script: Script }[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  let browsersForbidden = false;

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    // A handler that fails is a fault of the simulator: it shows as a failed test, not as silence.
    handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  };
  const server =
    certificate === undefined
      ? createServer(listener)
      : createSecureServer({ ...certificate }, listener);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fromBrowser = isFromBrowser(request);
    if (fromBrowser) response.setHeader('access-control-allow-origin', '*');
    if (request.method === 'OPTIONS') return answerPreflight(request, response);
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
      port: request.socket.remotePort,
      ended,
    };
    requests.push(received);
    const refusal =
      (fromBrowser ? refuseBrowser(request, browsersForbidden) : null) ?? refuse(received);
    const fault = faults.findIndex(({ where }) => where.test(`${received.method} ${pathname}`));
    if (fault >= 0) {
      const [taken] = faults.splice(fault, 1);
      const model = received.body?.model ?? '';
      const exchange = { model, usage: noUsage, response, streams: false, closed: closed.signal };
      await taken?.script(exchange);
    } else if (refusal !== null) {
      sendJson(response, refusal.status, refusal.body);
    } else if (pathname === '/v1/models' && received.method === 'GET') {
      sendJson(response, 200, modelPage(Number(searchParams.get('limit') ?? 20)));
    } else if (pathname.startsWith('/v1/models/') && received.method === 'GET') {
      const model = modelOf(decodeURIComponent(pathname.slice('/v1/models/'.length)));
      if (model === null) sendJson(response, 404, errorBody('not_found_error', pathname));
      else sendJson(response, 200, model);
    } else if (pathname === '/v1/messages/count_tokens' && received.body !== null) {
      sendJson(response, 200, { input_tokens: tokensOf(received.body) });
    } else if (pathname === '/v1/messages' && received.body !== null) {
      waiting.shift()?.(received);
      atOnce++;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      void ended.then(() => atOnce--);
      const { model, messages } = received.body;
      const fixed = fixedPrefix(received, received.body);
      await current({
        model,
        bind: (blocks) => bindingOf({ ...fixed, messages, blocks }),
        usage: cache.usageOf(received.body),
        response,
        streams: received.body.stream === true,
        closed: closed.signal,
      });
    } else if (pathname.startsWith(batchesPath)) {
      answerBatches(received, response);
    } else {
      sendJson(response, 404, { error: 'no such page' });
    }
  }

  function answerBatches({ method, path, body }: ReceivedRequest, response: ServerResponse): void {
    const rest = path.slice(batchesPath.length + 1);
    response.setHeader('date', new Date(Date.now() + batches.clockAheadMs).toUTCString());
    if (rest === '') {
      const shown =
        method === 'POST' ? batches.create(requestsOf(body)) : method === 'GET' && batches.list();
      if (shown) sendJson(response, 200, shown);
      else sendJson(response, 405, errorBody('invalid_request_error', 'method not allowed'));
      return;
    }
    const answer = batches.answer(method, rest);
    if (answer === null) {
      sendJson(response, 404, errorBody('not_found_error', 'batch not found'));
    } else if ('json' in answer) sendJson(response, 200, answer.json);
    else {
      response.writeHead(200, { 'content-type': 'application/x-jsonl' });
      response.end(answer.lines);
    }
  }

  server.on('connection', () => connections++);
  const bound = await listenLocally(server, port);
  return {
    url: certificate === undefined ? `http://127.0.0.1:${bound}` : `https://localhost:${bound}`,
    requests,
    get connections() {
      return connections;
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    batches,
    allowBrowsers: (isAllowed) => {
      browsersForbidden = !isAllowed;
    },
    failNext: (where, script) => faults.push({ where, script }),
    get messages() {
      return requests.filter(({ path }) => path === '/v1/messages');
    },
    answer: (next) => {
      current = next;
    },
    nextMessage: () => new Promise((resolve) => waiting.push(resolve)),
    [Symbol.asyncDispose]: () => closeServer(server),
  };
}

const batchesPath = '/v1/messages/batches';
const noUsage = { input_tokens: 0, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };

function requestsOf(body: object | null): readonly BatchedRequest[] {
  return body !== null && 'requests' in body ? (body.requests as readonly BatchedRequest[]) : [];
}

/** A message's own frame, and four characters a token: not our estimate, so that they can be told apart. */
export function tokensOf({ system = '', messages }: MessageBody): number {
  const texts = [
    ...(system === '' ? [] : [system]),
    ...messages.map(({ content }) => textOf(content)),
  ];
  return texts.reduce((sum, text) => sum + 7 + Math.ceil(text.length / 4), 0);
}

/** What stands before all messages, and who sent them. */
function fixedPrefix(
  { headers }: Pick<ReceivedRequest, 'headers'>,
  { model, system, tools }: MessageBody,
): Omit<Prefix, 'messages' | 'blocks'> {
  return { model, account: keyOf(headers) ?? '', system, tools };
}

/** The API takes it as a bearer; the gateways that want the older header are simulated along. */
function keyOf(headers: ReceivedRequest['headers']): string | undefined {
  const given = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? headers['x-api-key'];
  return typeof given === 'string' ? given : undefined;
}

interface Refusal {
  readonly status: number;
  readonly body: object;
}

/** What the API refuses before any model is asked. */
function refuse({ headers, path, body }: ReceivedRequest): Refusal | null {
  const key = keyOf(headers);
  if (key === undefined || key === rejectedKey) {
    return { status: 401, body: errorBody('authentication_error', 'invalid bearer token') };
  }
  if (headers['anthropic-version'] !== '2026-10-21') {
    return invalid('anthropic-version: this version is not supported');
  }
  if (path === batchesPath && body !== null) return refuseBatch(requestsOf(body));
  if (body === null) return null;
  const maxOutput = maxOutputOf(body.model);
  if (maxOutput === null) {
    return { status: 404, body: errorBody('not_found_error', `model: ${body.model}`) };
  }
  if (path !== '/v1/messages') return null;
  if (body.max_tokens > maxOutput) return invalid(`max_tokens: at most ${maxOutput}`);
  for (const gone of ['temperature', 'top_p', 'top_k']) {
    if (gone in body) return invalid(`${gone}: Extra inputs are not permitted`);
  }
  if (body.messages.at(-1)?.role !== 'user') {
    return invalid('messages: the last message must be from the user');
  }
  const { model, thinking, output_config } = body;
  const fault =
    refusalOfAbilities(model, output_config?.effort, thinking?.type) ??
    refusalOfForm(body) ??
    refusalOfTools(body) ??
    refusalOfBlocks(body.messages, fixedPrefix({ headers }, body));
  return fault === null ? null : invalid(fault);
}

/** The requests themselves are looked at later, and fail one by one. */
function refuseBatch(requests: readonly BatchedRequest[]): Refusal | null {
  if (requests.length === 0) return invalid('requests: at least one');
  const ids = new Set(requests.map(({ custom_id }) => custom_id));
  if (ids.size < requests.length) return invalid('requests: custom_id must be unique');
  if ([...ids].some((id) => !/^[\w-]{1,64}$/.test(id))) return invalid('requests: custom_id');
  return requests.some(({ params }) => params.stream === true)
    ? invalid('requests: streaming is not supported')
    : null;
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
