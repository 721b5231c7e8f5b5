import type {
  ContentBlockParam,
  ImageBlockParam,
  MessageParam,
  MessageStreamParams,
  TextBlockParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { Dialogue, DialoguePart, ImagePart, TextPart, Thought } from './request.ts';

/** Asks for more where a dialogue ends with the assistant: prefill isn't to be had any more. */
const continueInstruction = 'Go on.';

/**
 * A dialogue's messages as the API takes them: messages of one role as one, results of tools first,
 * no blank text, and the user's word last.
 */
export function toDialogueMessages({ messages }: Dialogue): MessageParam[] {
  const turns: { readonly role: 'user' | 'assistant'; readonly parts: DialoguePart[] }[] = [];
  for (const { role, parts } of messages) {
    const sent = parts.filter((part) => part.kind !== 'text' || part.text.trim() !== '');
    if (sent.length === 0) continue;
    const last = turns.at(-1);
    if (last?.role === role) last.parts.push(...sent);
    else turns.push({ role, parts: [...sent] });
  }
  if (turns.at(-1)?.role === 'assistant') {
    turns.push({ role: 'user', parts: [{ kind: 'text', text: continueInstruction }] });
  }
  return turns.map(({ role, parts }) => ({
    role,
    content: resultsFirst(parts).map(toContentBlock),
  }));
}

type ToolParams = Pick<MessageStreamParams, 'tools' | 'tool_choice'>;

export function toToolParams({ tools, mustCallTool }: Dialogue): ToolParams {
  if (tools.length === 0) return {};
  return {
    tools: tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      input_schema: { ...inputSchema, type: 'object' },
    })),
    ...(mustCallTool ? { tool_choice: { type: 'any' } } : {}),
  };
}

function resultsFirst(parts: readonly DialoguePart[]): readonly DialoguePart[] {
  const isResult = ({ kind }: DialoguePart): boolean => kind === 'tool-result';
  return [...parts.filter(isResult), ...parts.filter((part) => !isResult(part))];
}

function toContentBlock(part: DialoguePart): ContentBlockParam {
  switch (part.kind) {
    case 'text':
    case 'image':
      return toShownBlock(part);
    case 'thought':
      return toThoughtBlock(part.thought);
    case 'tool-call':
      return { type: 'tool_use', id: part.id, name: part.name, input: part.input };
    case 'tool-result':
      return {
        type: 'tool_result',
        tool_use_id: part.callId,
        content: part.parts
          .filter((each) => each.kind !== 'text' || each.text !== '')
          .map(toShownBlock),
      };
  }
}

function toShownBlock(part: TextPart | ImagePart): TextBlockParam | ImageBlockParam {
  if (part.kind === 'text') return { type: 'text', text: part.text };
  const { mediaType, base64 } = part;
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data: base64 } };
}

/** A thought as it goes back to the API. */
export function toThoughtBlock(thought: Thought): ContentBlockParam {
  return thought.kind === 'signed'
    ? { type: 'thinking', thinking: thought.thinking, signature: thought.signature }
    : { type: 'redacted_thinking', data: thought.data };
}
