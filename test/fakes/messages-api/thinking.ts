import { createHmac } from 'node:crypto';

/** What stands in a message: blocks, or one text. */
export type Content = string | readonly ContentBlock[];

type ContentBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'redacted_thinking'; readonly data: string };

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
export function refusalOfBlocks(messages: readonly { readonly content: Content }[]): string | null {
  for (const [index, { content }] of messages.entries()) {
    if (typeof content === 'string') continue;
    for (const [at, block] of content.entries()) {
      const fault = faultOf(block);
      if (fault !== null) return `messages.${index}.content.${at}: ${fault}`;
    }
    if (content.at(-1)?.type !== 'text') {
      return `messages.${index}: The final block in an assistant message cannot be \`thinking\``;
    }
  }
  return null;
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
  }
}
