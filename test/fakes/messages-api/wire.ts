import type { Content } from './thinking.ts';

/*
 * The Messages API's wire format, version 2026-10-21, as the SDK's types and the API's documents
 * give it. What the simulator sends is built here and nowhere else.
 */

/** The body of a request for a message. */
export interface MessageBody {
  readonly model: string;
  readonly max_tokens: number;
  readonly stream?: boolean;
  readonly system?: string;
  readonly messages: readonly { readonly role: string; readonly content: Content }[];
  readonly cache_control?: { readonly type: string };
  readonly thinking?: { readonly type: string; readonly display?: string };
  readonly output_config?: { readonly effort?: string };
  readonly tools?: readonly { readonly name: string; readonly input_schema?: unknown }[];
  readonly tool_choice?: { readonly type: string };
}

export interface WireUsage {
  readonly input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
}

/** One server-sent event. */
export function sse(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function messageStart(model: string, usage: WireUsage): string {
  return sse('message_start', {
    type: 'message_start',
    message: {
      id: 'msg_simulated',
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      usage: {
        ...usage,
        cache_creation: null,
        output_tokens: 1,
        output_tokens_details: null,
        server_tool_use: null,
        service_tier: 'standard',
      },
    },
  });
}

/** A message that did not stream. */
export function wholeMessage(
  model: string,
  text: string,
  end: Partial<MessageEnd> = {},
  usage: WireUsage = defaultUsage,
): object {
  const { stopReason = 'end_turn', stopDetails = null, outputTokens = 20, thinkingTokens } = end;
  return {
    id: 'msg_simulated',
    type: 'message',
    role: 'assistant',
    model,
    content: text === '' ? [] : [{ type: 'text', text, citations: null }],
    stop_reason: stopReason,
    stop_sequence: null,
    stop_details: stopDetails,
    usage: {
      ...usage,
      cache_creation: null,
      output_tokens: outputTokens,
      output_tokens_details:
        thinkingTokens === undefined ? null : { thinking_tokens: thinkingTokens },
      server_tool_use: null,
      service_tier: 'standard',
    },
  };
}

const defaultUsage: WireUsage = {
  input_tokens: 100,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
};

export function blockStart(index: number, type: 'text' | 'thinking'): string {
  const block =
    type === 'text' ? { type, text: '', citations: null } : { type, thinking: '', signature: '' };
  return start(index, block);
}

/** All of it comes at once. */
export function redactedBlockStart(index: number, data: string): string {
  return start(index, { type: 'redacted_thinking', data });
}

export function toolBlockStart(index: number, id: string, name: string): string {
  return start(index, { type: 'tool_use', id, name, input: {} });
}

export function inputJsonDelta(index: number, json: string): string {
  return delta(index, { type: 'input_json_delta', partial_json: json });
}

function start(index: number, block: object): string {
  return sse('content_block_start', { type: 'content_block_start', index, content_block: block });
}

export function textDelta(index: number, text: string): string {
  return delta(index, { type: 'text_delta', text });
}

export function thinkingDelta(index: number, thinking: string): string {
  return delta(index, { type: 'thinking_delta', thinking });
}

export function signatureDelta(index: number, signature: string): string {
  return delta(index, { type: 'signature_delta', signature });
}

function delta(index: number, content: object): string {
  return sse('content_block_delta', { type: 'content_block_delta', index, delta: content });
}

export function blockStop(index: number): string {
  return sse('content_block_stop', { type: 'content_block_stop', index });
}

export function ping(): string {
  return sse('ping', { type: 'ping' });
}

export interface MessageEnd {
  readonly stopReason: string;
  readonly stopDetails?: object;
  readonly outputTokens: number;
  readonly thinkingTokens?: number;
}

export function messageDelta(end: MessageEnd, usage: WireUsage): string {
  return sse('message_delta', {
    type: 'message_delta',
    delta: {
      stop_reason: end.stopReason,
      stop_sequence: null,
      stop_details: end.stopDetails ?? null,
      container: null,
    },
    usage: {
      ...usage,
      output_tokens: end.outputTokens,
      output_tokens_details:
        end.thinkingTokens === undefined ? null : { thinking_tokens: end.thinkingTokens },
      server_tool_use: null,
    },
  });
}

export function messageStop(): string {
  return sse('message_stop', { type: 'message_stop' });
}

export function errorBody(type: string, message: string, errorCode?: string): object {
  return {
    type: 'error',
    error: {
      type,
      message,
      ...(errorCode === undefined ? {} : { details: { error_code: errorCode } }),
    },
    request_id: 'req_simulated',
  };
}

export function errorEvent(type: string, message: string): string {
  return sse('error', errorBody(type, message));
}
