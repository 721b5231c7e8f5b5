import { createHmac } from 'node:crypto';

/** What stands in a message: blocks, or one text. */
export type Content = string | readonly ContentBlock[];

type ContentBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string }
  | { readonly type: 'image'; readonly source: object }
  | {
      readonly type: 'tool_use';
      readonly id: string;
      readonly name: string;
      readonly input: object;
    }
  | { readonly type: 'tool_result'; readonly tool_use_id: string; readonly content: Content };

/** Known to the simulator alone, as the API's is to the API. */
const secret = 'of the simulator';

/** Seals what is shown of a thought: whatever is changed doesn't fit any more. */
export function signatureOf(thinking: string): string {
  return createHmac('sha256', secret).update(thinking).digest('base64');
}

/** A thought that isn't to be read, with its seal. */
export function redact(thinking: string): string {
  return `${Buffer.from(thinking).toString('base64')}.${signatureOf(thinking)}`;
}

/** All text of a message. */
export function textOf(content: Content): string {
  if (typeof content === 'string') return content;
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** Why the API refuses the messages for their blocks; null where it takes them. */
export function refusalOfBlocks(
  messages: readonly { readonly role: string; readonly content: Content }[],
): string | null {
  for (const [index, { role, content }] of messages.entries()) {
    const orphan = resultWithoutCall(content, messages[index - 1]?.content ?? []);
    if (orphan !== null) return `messages.${index}: ${orphan}`;
    if (typeof content === 'string') continue;
    for (const [at, block] of content.entries()) {
      const fault = faultOf(block);
      if (fault !== null) return `messages.${index}.content.${at}: ${fault}`;
    }
    if (role === 'assistant' && isThought(content.at(-1))) {
      return `messages.${index}: The final block in an assistant message cannot be \`thinking\``;
    }
  }
  return null;
}

function isThought(block: ContentBlock | undefined): boolean {
  return block?.type === 'thinking' || block?.type === 'redacted_thinking';
}

/** Results stand first, each for a call of the message before, and none is left out. */
function resultWithoutCall(content: Content, before: Content): string | null {
  const blocks = typeof content === 'string' ? [] : content;
  const results = blocks.flatMap((block) =>
    block.type === 'tool_result' ? [block.tool_use_id] : [],
  );
  const calls = (typeof before === 'string' ? [] : before).flatMap((block) =>
    block.type === 'tool_use' ? [block.id] : [],
  );
  if (calls.toSorted().join() !== results.toSorted().join()) {
    return '`tool_use` ids and `tool_result` blocks do not match';
  }
  const last = blocks.findLastIndex(({ type }) => type === 'tool_result');
  return last === results.length - 1 ? null : '`tool_result` blocks must come first';
}

function faultOf(block: ContentBlock): string | null {
  switch (block.type) {
    case 'text':
      return block.text.trim() === '' ? 'text content blocks must contain text' : null;
    case 'thinking':
      return block.signature === signatureOf(block.thinking)
        ? null
        : 'Invalid `signature` in `thinking` block';
    case 'redacted_thinking': {
      const [encoded = ''] = block.data.split('.');
      return block.data === redact(Buffer.from(encoded, 'base64').toString())
        ? null
        : 'Invalid `data` in `redacted_thinking` block';
    }
    case 'image':
    case 'tool_use':
    case 'tool_result':
      return null;
  }
}
