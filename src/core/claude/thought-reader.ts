import type { MessageStreamEvent } from '@anthropic-ai/sdk/resources/messages/messages';
import type { Thought } from './thought.ts';

/** Puts a block of thinking together from a stream's events, character for character. */
export class ThoughtReader {
  #block: { readonly index: number; readonly pieces: string[]; signature: string } | null = null;
  #redacted: { readonly index: number; readonly data: string } | null = null;

  /** The block that the event ends; null also where it has no signature and can't go back. */
  read(event: MessageStreamEvent): Thought | null {
    switch (event.type) {
      case 'content_block_start': {
        const { index, content_block: block } = event;
        const { type } = block;
        this.#block =
          type === 'thinking'
            ? { index, pieces: [stringOf(block.thinking)], signature: stringOf(block.signature) }
            : null;
        this.#redacted =
          type === 'redacted_thinking' ? { index, data: stringOf(block.data) } : null;
        return null;
      }
      case 'content_block_delta':
        if (this.#block?.index !== event.index) return null;
        if (event.delta.type === 'thinking_delta') this.#block.pieces.push(event.delta.thinking);
        else if (event.delta.type === 'signature_delta') {
          this.#block.signature = stringOf(event.delta.signature);
        }
        return null;
      case 'content_block_stop':
        return this.#finish(event.index);
      default:
        return null;
    }
  }

  #finish(index: number): Thought | null {
    const block = this.#block?.index === index ? this.#block : null;
    const redacted = this.#redacted?.index === index ? this.#redacted : null;
    this.#block = null;
    this.#redacted = null;
    if (redacted !== null && redacted.data !== '') {
      return { kind: 'redacted', data: redacted.data };
    }
    if (block === null || block.signature === '') return null;
    return { kind: 'signed', thinking: block.pieces.join(''), signature: block.signature };
  }
}

/** The type says text, the network may bring anything: a reply doesn't fail over its seal. */
function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
