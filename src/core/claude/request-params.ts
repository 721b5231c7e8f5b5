import type {
  ContentBlockParam,
  ImageBlockParam,
  MessageCountTokensParams,
  MessageCreateParamsNonStreaming,
  MessageParam,
  MessageStreamParams,
  TextBlockParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { DialogueTools } from './dialogue-tools.ts';
import { type DialogueTurn, toDialogueTurns } from './dialogue-turns.ts';
import { parseJson } from './json-objects.ts';
import { supportsAdaptiveThinking } from './model.ts';
import { MessageList } from './preserved-thinking.ts';
import type {
  ClaudeRequest,
  Dialogue,
  DialoguePart,
  Exchange,
  ImagePart,
  TextPart,
  Thought,
} from './request.ts';

import { type Fields, isFields } from './wire-fields.ts';

/**
 * What of a request has a say in how many tokens its input is: all but how much may come back.
 * @param account whose thoughts go back; null for none (see preserved-thinking.ts)
 */
export function toCountParams(
  request: ClaudeRequest,
  account: string | null = null,
): MessageCountTokensParams & Omit<MessageStreamParams, 'max_tokens'> {
  const { model, system, dialogue } = request;
  return {
    model,
    ...(dialogue === undefined
      ? { system, messages: toMessages(request, new MessageList(account, { system })) }
      : toDialogueParams(request, dialogue, account)),
    ...(request.cache ? { cache_control: { type: 'ephemeral' } } : {}),
    ...(request.showThinking && supportsAdaptiveThinking(request.model)
      ? { thinking: { type: 'adaptive', display: 'summarized' } }
      : {}),
    ...(request.effort === null ? {} : { output_config: { effort: request.effort } }),
  };
}

/** All that is sent for a request. @param account as `toCountParams` has it */
export function toMessageParams(
  request: ClaudeRequest,
  account: string | null = null,
): Omit<MessageCreateParamsNonStreaming, 'stream'> {
  return { ...toCountParams(request, account), max_tokens: request.maxTokens };
}

/** A reply that goes on is sent back as the assistant's turn: prefill isn't to be had any more. */
function toMessages(request: ClaudeRequest, list: MessageList): MessageParam[] {
  const { continuation } = request;
  for (const exchange of request.earlier) {
    list.add({ role: 'user', content: userContent(exchange) });
    list.add({ role: 'assistant', content: replyContent(exchange, list) });
  }
  list.add({ role: 'user', content: userContent(request) });
  if (continuation !== null) {
    list.add({ role: 'assistant', content: continuation.textSoFar });
    list.add({ role: 'user', content: continuation.instruction });
  }
  return list.messages;
}

/** Images go before the text, as the API advises. */
function userContent({
  userText,
  images = [],
}: Pick<ClaudeRequest, 'userText' | 'images'>): string | ContentBlockParam[] {
  if (images.length === 0) return userText;
  return [
    ...images.map(({ mediaType, data }) => ({
      type: 'image' as const,
      source: { type: 'base64' as const, media_type: mediaType, data },
    })),
    { type: 'text', text: userText },
  ];
}

/** With its thinking in between, in the order in which it came. */
function replyContent(
  { reply, thoughts }: Exchange,
  list: MessageList,
): string | ContentBlockParam[] {
  const sent = thoughts.filter(({ thought }) => list.takes(thought));
  if (sent.length === 0) return reply;
  const blocks: ContentBlockParam[] = [];
  let from = 0;
  const addText = (to: number): void => {
    const text = reply.slice(from, to);
    // The API takes no blank text.
    if (text.trim() !== '') blocks.push({ type: 'text', text });
    from = to;
  };
  for (const { at, thought } of sent) {
    addText(at);
    blocks.push(toThoughtBlock(thought));
  }
  addText(reply.length);
  return blocks;
}

const mustCallInstruction = 'Answer by calling one of the tools.';

type DialogueParams = Pick<MessageStreamParams, 'system' | 'messages' | 'tools' | 'tool_choice'>;

function toDialogueParams(
  { model, system }: ClaudeRequest,
  dialogue: Dialogue,
  account: string | null,
): DialogueParams {
  const tools = new DialogueTools(dialogue);
  const fixed = {
    ...(system.trim() === '' ? {} : { system }),
    ...tools.params(model),
  };
  const list = new MessageList(account, fixed);
  const turns = toDialogueTurns(dialogue);
  for (const [at, turn] of turns.entries()) {
    const isAsked = at === turns.length - 1 && tools.mustBeAskedForCall(model);
    list.add({
      role: turn.role,
      content: [
        ...turnContent(turn, tools, list),
        ...(isAsked ? [{ type: 'text' as const, text: mustCallInstruction }] : []),
      ],
    });
  }
  return { ...fixed, messages: list.messages };
}

function turnContent(
  { parts }: DialogueTurn,
  tools: DialogueTools,
  list: MessageList,
): ContentBlockParam[] {
  return parts
    .filter((part) => part.kind !== 'thought' || list.takes(part.thought))
    .map((part) => toContentBlock(part, tools));
}

function toContentBlock(part: DialoguePart, tools: DialogueTools): ContentBlockParam {
  switch (part.kind) {
    case 'text':
    case 'image':
      return toShownBlock(part);
    case 'thought':
      return toThoughtBlock(part.thought);
    case 'tool-call':
      return {
        type: 'tool_use',
        id: part.id,
        name: tools.wireName(part.name),
        input: toInput(part.input),
      };
    case 'tool-result':
      return {
        type: 'tool_result',
        tool_use_id: part.callId,
        content: part.parts.map(toShownBlock),
      };
  }
}

/** What a tool was called with: the API takes an object alone. */
function toInput(input: unknown): Fields {
  const value = typeof input === 'string' ? (parseJson(input) ?? input) : input;
  if (isFields(value)) return value;
  return value === undefined || value === null || value === '' ? {} : { input: value };
}

function toShownBlock(part: TextPart | ImagePart): TextBlockParam | ImageBlockParam {
  if (part.kind === 'text') return { type: 'text', text: part.text };
  const { mediaType, base64 } = part;
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data: base64 } };
}

/** A thought as it goes back to the API. */
function toThoughtBlock(thought: Thought): ContentBlockParam {
  return thought.kind === 'signed'
    ? { type: 'thinking', thinking: thought.thinking, signature: thought.signature }
    : { type: 'redacted_thinking', data: thought.data };
}
