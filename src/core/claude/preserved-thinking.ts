import type {
  MessageParam,
  MessageStreamParams,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { ClaudeRequest, Thought } from './request.ts';

/*
 * The API binds a thought to all that stood before it: the system prompt, the tools and every
 * earlier message, to the byte. Behind anything else it refuses the thought, and the request with
 * it. So each thought keeps a digest of the prefix it was made behind, and goes back behind that
 * alone.
 * @see https://platform.claude.com/docs/en/build-with-claude/preserved-thinking
 */

/** A digest that grows with its text: 64 bits, to find differences and not to keep secrets. */
class RunningDigest {
  #a = 0x9e3779b9;
  #b = 0x85ebca6b;

  add(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      this.#a = Math.imul(this.#a ^ code, 0x9e3779b1);
      this.#b = Math.imul((this.#b << 13) | (this.#b >>> 19), 0x85ebca77) ^ code;
    }
  }

  get value(): string {
    return [this.#a, this.#b]
      .map((half, at) => mix(half ^ (at === 0 ? this.#b : this.#a)))
      .map((half) => half.toString(16).padStart(8, '0'))
      .join('');
  }
}

function mix(half: number): number {
  const once = Math.imul(half ^ (half >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

/** Names whose thoughts they are, without telling the key: some models bind them to the account. */
export function accountDigest(baseUrl: string, apiKey: string): string {
  const digest = new RunningDigest();
  digest.add(JSON.stringify([baseUrl, apiKey]));
  return digest.value;
}

type FixedParams = Pick<MessageStreamParams, 'system' | 'tools'>;

/** A request's messages as they are put together, with the digest of all before the next one. */
export class MessageList {
  readonly messages: MessageParam[] = [];
  readonly #digest = new RunningDigest();
  /** How many of the messages the digest holds: most requests never need it. */
  #digested = 0;
  readonly #account: string | null;

  /** @param account null where no thinking goes back */
  constructor(account: string | null, { system, tools }: FixedParams) {
    this.#account = account;
    if (account !== null) this.#digest.add(JSON.stringify([account, system ?? '', tools ?? []]));
  }

  /** Of the account, the system prompt, the tools and the messages so far. */
  get digest(): string {
    for (const message of this.messages.slice(this.#digested)) {
      this.#digest.add(`${JSON.stringify(message)}\n`);
    }
    this.#digested = this.messages.length;
    return this.#digest.value;
  }

  add(message: MessageParam): void {
    this.messages.push(message);
  }

  /** Whether a thought of the next message was made behind exactly these. */
  takes({ behind }: Thought): boolean {
    if (this.#account === null || behind === undefined || rejected.has(behind)) return false;
    return behind === this.digest;
  }
}

/** Of a whole request: what its reply's thoughts are made behind. */
export function prefixDigest(
  account: string,
  params: FixedParams & Pick<MessageStreamParams, 'messages'>,
): string {
  const list = new MessageList(account, params);
  for (const message of params.messages) list.add(message);
  return list.digest;
}

/** Prefixes whose thoughts the API didn't take back all the same, in this window. */
const rejected = new Set<string>();

/** No thought of this request is sent again. */
export function rejectThoughts({ earlier, dialogue }: ClaudeRequest): void {
  const thoughts = [
    ...earlier.flatMap((exchange) => exchange.thoughts.map(({ thought }) => thought)),
    ...(dialogue?.messages ?? []).flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === 'thought' ? [part.thought] : [])),
    ),
  ];
  for (const { behind } of thoughts) if (behind !== undefined) rejected.add(behind);
}

/** Whether thinking goes back with a request. */
export function sendsThinking({ messages }: Pick<MessageStreamParams, 'messages'>): boolean {
  return messages.some(
    ({ content }) =>
      typeof content !== 'string' &&
      content.some(({ type }) => type === 'thinking' || type === 'redacted_thinking'),
  );
}
