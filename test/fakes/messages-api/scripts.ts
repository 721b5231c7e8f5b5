import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ContentBlock, redact, signatureOf } from './thinking.ts';
import {
  blockStart,
  blockStop,
  errorBody,
  errorEvent,
  inputJsonDelta,
  messageDelta,
  messageStart,
  messageStop,
  ping,
  redactedBlockStart,
  signatureDelta,
  textDelta,
  thinkingDelta,
  toolBlockStart,
  type WireUsage,
  wholeMessage,
} from './wire.ts';

export interface Exchange {
  readonly model: string;
  /** What a thought after these blocks of the reply is bound to. */
  readonly bind?: (blocks: readonly ContentBlock[]) => string | undefined;
  readonly usage: WireUsage;
  readonly response: ServerResponse;
  /** False where the answer is to come whole. */
  readonly streams: boolean;
  /** Aborted when the client closes the connection before the answer is finished. */
  readonly closed: AbortSignal;
}

/** What the simulator does with one request for a message. */
export type Script = (exchange: Exchange) => Promise<void>;

/** Holds a reply back until the test has seen what it wants to see. */
export class Gate {
  #open: (() => void) | undefined;
  readonly passed: Promise<void> = new Promise((resolve) => {
    this.#open = resolve;
  });

  open(): void {
    this.#open?.();
  }
}

export interface MessageOptions {
  /** Milliseconds between two deltas; 0 sends them all at once. */
  readonly paceMs?: number;
  /** Characters in a delta. */
  readonly deltaLength?: number;
  /** Milliseconds before the first delta. */
  readonly beforeMs?: number;
  /** Thinking before the text; an empty string thinks without showing it. */
  readonly thinking?: string;
  /** Thinking before the text that the API doesn't show. */
  readonly redacted?: string;
  readonly stopReason?: string;
  readonly stopDetails?: object;
  readonly outputTokens?: number;
  /** The text is held here after `holdAfter` characters. */
  readonly gate?: Gate;
  readonly holdAfter?: number;
}

/** A whole message that says `text`. */
export function say(text: string, options: MessageOptions = {}): Script {
  return async (exchange) => {
    const { response, closed, usage } = exchange;
    const outputTokens = options.outputTokens ?? Math.ceil(text.length / 3.6) + 1;
    const end = {
      stopReason: options.stopReason ?? 'end_turn',
      outputTokens,
      ...(options.stopDetails === undefined ? {} : { stopDetails: options.stopDetails }),
      ...(options.thinking === undefined ? {} : { thinkingTokens: 40 }),
    };
    if (!exchange.streams) {
      if (options.beforeMs !== undefined) await pause(options.beforeMs, closed);
      if (options.gate !== undefined) await Promise.race([options.gate.passed, closedBy(closed)]);
      response.writeHead(200, {
        'content-type': 'application/json',
        'request-id': 'req_simulated',
      });
      response.end(JSON.stringify(wholeMessage(exchange.model, text, end, usage)));
      return;
    }
    begin(response);
    response.write(messageStart(exchange.model, usage));
    response.write(ping());
    if (options.beforeMs !== undefined) await pause(options.beforeMs, closed);
    let index = 0;
    const blocks: ContentBlock[] = [];
    if (options.thinking !== undefined) {
      const signature = signatureOf(options.thinking, exchange.bind?.(blocks));
      blocks.push({ type: 'thinking', thinking: options.thinking, signature });
      response.write(blockStart(index, 'thinking'));
      if (options.thinking !== '') response.write(thinkingDelta(index, options.thinking));
      await pause((options.paceMs ?? 0) * 20, closed);
      response.write(signatureDelta(index, signature));
      response.write(blockStop(index));
      index++;
    }
    if (options.redacted !== undefined) {
      response.write(redactedBlockStart(index, redact(options.redacted, exchange.bind?.(blocks))));
      response.write(blockStop(index));
      index++;
    }
    response.write(blockStart(index, 'text'));
    for (const [at, piece] of pieces(text, options.deltaLength ?? 12)) {
      if (closed.aborted) return;
      if (options.gate !== undefined && at >= (options.holdAfter ?? 0)) {
        await Promise.race([options.gate.passed, closedBy(closed)]);
      }
      response.write(textDelta(index, piece));
      if (options.paceMs !== undefined) await pause(options.paceMs, closed);
    }
    response.write(blockStop(index));
    response.write(messageDelta(end, usage));
    response.end(messageStop());
  };
}

export interface SimulatedCall {
  readonly id: string;
  readonly name: string;
  /** As it stands on the wire: not all JSON is whole. */
  readonly json: string;
}

/** Says `text`, then asks for tools to be run. */
export function callTools(
  text: string,
  calls: readonly SimulatedCall[],
  stopReason = 'tool_use',
  thinking?: string,
): Script {
  return async ({ response, model, usage, bind }) => {
    begin(response);
    response.write(messageStart(model, usage));
    let index = 0;
    if (thinking !== undefined) {
      response.write(blockStart(index, 'thinking'));
      response.write(thinkingDelta(index, thinking));
      response.write(signatureDelta(index, signatureOf(thinking, bind?.([]))));
      response.write(blockStop(index++));
    }
    response.write(blockStart(index, 'text'));
    response.write(textDelta(index, text));
    response.write(blockStop(index++));
    for (const { id, name, json } of calls) {
      response.write(toolBlockStart(index, id, name));
      for (const piece of json.match(/.{1,5}/gs) ?? []) {
        response.write(inputJsonDelta(index, piece));
      }
      response.write(blockStop(index++));
    }
    response.write(messageDelta({ stopReason, outputTokens: 60 }, usage));
    response.end(messageStop());
  };
}

/** Says `text` and then breaks off in the way that is asked for. */
export function sayThen(
  text: string,
  ending: 'close' | 'reset' | 'overloaded' | 'malformed' | 'silence',
): Script {
  return async ({ response, model, usage, closed }) => {
    begin(response);
    response.write(messageStart(model, usage));
    response.write(blockStart(0, 'text'));
    response.write(textDelta(0, text));
    switch (ending) {
      case 'close':
        response.end();
        return;
      case 'reset':
        // Only what has left this process can arrive at the other.
        await sleep(50);
        response.socket?.resetAndDestroy();
        return;
      case 'overloaded':
        response.end(errorEvent('overloaded_error', 'Overloaded'));
        return;
      case 'malformed':
        response.end('event: content_block_delta\ndata: {"type": "content_blo\n\n');
        return;
      case 'silence':
        await closedBy(closed);
    }
  };
}

/** An error instead of a stream. */
export function fail(
  status: number,
  type: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  errorCode?: string,
): Script {
  return async ({ response }) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'request-id': 'req_simulated',
      ...headers,
    });
    response.end(JSON.stringify(errorBody(type, message, errorCode)));
  };
}

/** Something that is no stream, with status 200 unless told otherwise. */
export function page(contentType: string, body: string, status = 200): Script {
  return async ({ response }) => {
    response.writeHead(status, { 'content-type': contentType });
    response.end(body);
  };
}

/** Sends whoever asks to another address. */
export function redirectTo(status: number, location: string): Script {
  return async ({ response }) => {
    response.writeHead(status, { location, 'request-id': 'req_simulated' });
    response.end();
  };
}

function begin(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'request-id': 'req_simulated',
  });
}

/** Pieces of `length` characters that never cut one in half. */
function* pieces(text: string, length: number): Generator<[at: number, piece: string]> {
  const characters = [...text];
  for (let at = 0; at < characters.length; at += length) {
    yield [at, characters.slice(at, at + length).join('')];
  }
}

async function pause(ms: number, closed: AbortSignal): Promise<void> {
  if (closed.aborted || ms === 0) return;
  // Waking early is all that the signal is for here.
  await sleep(ms, undefined, { signal: closed }).catch(() => {});
}

function closedBy(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
