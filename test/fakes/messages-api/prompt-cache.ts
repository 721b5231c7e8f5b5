import type { MessageBody } from './wire.ts';

/** Shorter prompts than this many tokens aren't cached. */
const shortest = 1024;

export interface InputUsage {
  readonly input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
}

/** What the API's prompt cache does with `cache_control` at a request's top level; it never forgets. */
export class PromptCache {
  readonly #known = new Set<string>();

  usageOf(body: MessageBody): InputUsage {
    const total = tokens(body);
    if (body.cache_control === undefined || total < shortest) {
      return { input_tokens: total, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
    }
    const read = this.#longestKnown(body);
    this.#known.add(prefix(body, body.messages.length));
    // What stands behind the last breakpoint is never cached: a few tokens.
    return {
      input_tokens: 3,
      cache_read_input_tokens: read,
      cache_creation_input_tokens: Math.max(0, total - read - 3),
    };
  }

  #longestKnown(body: MessageBody): number {
    for (let length = body.messages.length; length > 0; length--) {
      if (!this.#known.has(prefix(body, length))) continue;
      return tokens({ ...body, messages: body.messages.slice(0, length) });
    }
    return 0;
  }
}

function prefix({ model, system, tools, messages }: MessageBody, length: number): string {
  return JSON.stringify([model, system, tools, messages.slice(0, length)]);
}

function tokens(body: MessageBody): number {
  return Math.ceil(JSON.stringify(body).length / 3.6);
}
