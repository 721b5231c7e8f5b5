import { createHmac } from 'node:crypto';

/** What stands in a message: blocks, or one text. */
export type Content = string | readonly ContentBlock[];

export type ContentBlock =
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

const hashOf = (text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url');

/**
 * Seals what is shown of a thought: whatever is changed doesn't fit any more.
 * @param binding what it is bound to, by `bindingOf`; left out as with models that bind to nothing
 */
export function signatureOf(thinking: string, binding?: string): string {
  return [hashOf(thinking), ...(binding === undefined ? [] : [binding])].join('.');
}

/** A thought that isn't to be read, with its seal. */
export function redact(thinking: string, binding?: string): string {
  return `${Buffer.from(thinking).toString('base64')}.${signatureOf(thinking, binding)}`;
}

/** What a request holds before one of its blocks, and who sent it. */
export interface Prefix {
  readonly model: string;
  /** The key's. */
  readonly account: string;
  readonly system: string | undefined;
  readonly tools: unknown;
  readonly messages: readonly { readonly role: string; readonly content: Content }[];
  /** The blocks of the same message before it. */
  readonly blocks: readonly ContentBlock[];
}

/** These bind their thoughts to all that stood before them; see the page "preserved thinking". */
const bindsToPrefix = /^claude-(fable-5-[12]|(opus|sonnet|haiku)-5-5)/;
const bindsToAccount = /^claude-(sonnet|haiku)-5-5/;

/** Left out for models that bind their thoughts to nothing. */
export function bindingOf(prefix: Prefix): string | undefined {
  const { model, account, system, tools, messages, blocks } = prefix;
  if (!bindsToPrefix.test(model)) return undefined;
  const before = hashOf(JSON.stringify([system ?? '', tools ?? [], messages, blocks]));
  return [model, bindsToAccount.test(model) ? hashOf(account) : '', before].join('~');
}

/**
 * Why a thought may not stand where it does. Another model's is dropped without a word.
 * @param sealed its signature or data
 */
function faultOfBinding(sealed: string, prefix: Prefix): string | null {
  const binding = sealed.split('.').find((part) => part.includes('~'));
  if (binding === undefined || !binding.startsWith(`${prefix.model}~`)) return null;
  return binding === bindingOf(prefix)
    ? null
    : 'Invalid `signature` in `thinking` block. The block is bound to a different conversation';
}

/** All text of a message. */
export function textOf(content: Content): string {
  if (typeof content === 'string') return content;
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** Why the API refuses the messages for their blocks; null where it takes them. */
export function refusalOfBlocks(
  messages: Prefix['messages'],
  request: Omit<Prefix, 'messages' | 'blocks'>,
): string | null {
  for (const [index, { role, content }] of messages.entries()) {
    const orphan = resultWithoutCall(content, messages[index - 1]?.content ?? []);
    if (orphan !== null) return `messages.${index}: ${orphan}`;
    if (typeof content === 'string') continue;
    for (const [at, block] of content.entries()) {
      const fault = faultOf(block, {
        ...request,
        messages: messages.slice(0, index),
        blocks: content.slice(0, at),
      });
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

function faultOf(block: ContentBlock, prefix: Prefix): string | null {
  switch (block.type) {
    case 'text':
      return block.text.trim() === '' ? 'text content blocks must contain text' : null;
    case 'thinking':
      return block.signature.split('.')[0] === signatureOf(block.thinking)
        ? faultOfBinding(block.signature, prefix)
        : 'Invalid `signature` in `thinking` block';
    case 'redacted_thinking': {
      const [encoded = '', seal] = block.data.split('.');
      return seal === signatureOf(Buffer.from(encoded, 'base64').toString())
        ? faultOfBinding(block.data, prefix)
        : 'Invalid `data` in `redacted_thinking` block';
    }
    case 'image':
    case 'tool_use':
    case 'tool_result':
      return null;
  }
}
