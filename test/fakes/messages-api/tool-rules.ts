import type { Content } from './thinking.ts';
import type { MessageBody } from './wire.ts';

/** Models that refuse a request that says they have to call a tool. */
const unforceable = /^claude-(fable|opus-5-5|sonnet-5-5)/;
const idPattern = /^[a-zA-Z0-9_-]{1,64}$/;

const blocksOf = (content: Content): Exclude<Content, string> =>
  typeof content === 'string' ? [] : content;

/** Why the API refuses a request for its form; null where it takes it. */
export function refusalOfForm(body: MessageBody): string | null {
  if (body.messages[0]?.role !== 'user') return 'messages: the first message must be from the user';
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(body))) {
    return 'The request body is not valid JSON: no low surrogate in string';
  }
  if (body.system !== undefined && body.system.trim() === '' && body.system !== '') {
    return 'system: text content blocks must contain non-whitespace text';
  }
  for (const [index, { role, content }] of body.messages.entries()) {
    if (content.length === 0) return `messages.${index}: must have non-empty content`;
    if (role === 'assistant' && blocksOf(content).some(({ type }) => type === 'image')) {
      return `messages.${index}: image blocks are only permitted in user messages`;
    }
  }
  return null;
}

/** Why the API refuses a request for its tools; null where it takes it. */
export function refusalOfTools({
  model,
  tools,
  tool_choice,
  messages,
}: MessageBody): string | null {
  const names = new Set<string>();
  for (const [index, { name, input_schema: schema }] of (tools ?? []).entries()) {
    const where = `tools.${index}.custom`;
    if (!idPattern.test(name)) return `${where}.name: String should match pattern`;
    if (names.has(name)) return 'tools: Tool names must be unique.';
    names.add(name);
    const fault = faultOfSchema(schema);
    if (fault !== null) return `${where}.input_schema: ${fault}`;
  }
  if (tool_choice !== undefined && names.size === 0) return 'tool_choice: tools must be given';
  if (tool_choice?.type === 'any' && unforceable.test(model)) {
    return 'tool_choice: this model does not support forced tool use';
  }
  const ids = new Set<string>();
  for (const { role, content } of messages) {
    for (const block of blocksOf(content)) {
      if (block.type === 'tool_use') {
        if (role !== 'assistant') return '`tool_use` blocks can only be in `assistant` messages';
        if (!idPattern.test(block.id)) return 'tool_use.id: String should match pattern';
        if (!idPattern.test(block.name)) return 'tool_use.name: String should match pattern';
        if (ids.has(block.id)) return '`tool_use` ids must be unique';
        ids.add(block.id);
        if (typeof block.input !== 'object' || block.input === null || Array.isArray(block.input)) {
          return 'tool_use.input: Input should be a valid dictionary';
        }
      } else if (block.type === 'tool_result') {
        if (role !== 'user') return '`tool_result` blocks can only be in `user` messages';
        const blank = blocksOf(block.content).some(
          (part) => part.type === 'text' && part.text.trim() === '',
        );
        if (blank) return 'tool_result: text content blocks must be non-empty';
      }
    }
  }
  return ids.size > 0 && names.size === 0 ? 'tools: must be given with `tool_use` blocks' : null;
}

function faultOfSchema(schema: unknown): string | null {
  if (typeof schema !== 'object' || schema === null || !('type' in schema)) return 'Field required';
  if (schema.type !== 'object') return 'type: Input should be "object"';
  for (const key of ['oneOf', 'allOf', 'anyOf']) {
    if (key in schema) return `input_schema does not support ${key} at the top level`;
  }
  const properties = 'properties' in schema ? schema.properties : {};
  if (typeof properties !== 'object' || properties === null) return 'properties: not an object';
  return Object.keys(properties).every((name) => /^[a-zA-Z0-9_.-]{1,64}$/.test(name))
    ? null
    : 'properties: Property keys should match pattern';
}
