import type { NormalEvent } from './normal-event.ts';
import type { Thought, ToolCall } from './request.ts';
import { wordsOf } from './wire-fields.ts';

/** Puts a block of thinking together from a stream's events, character for character. */
export class ThoughtReader {
  #block: { readonly index: number; readonly pieces: string[]; signature: string } | null = null;
  #redacted: { readonly index: number; readonly data: string } | null = null;

  /** The block that the event ends; null also where it has no signature and can't go back. */
  read(event: NormalEvent): Thought | null {
    switch (event.type) {
      case 'content_block_start': {
        const { index, content_block: block } = event;
        this.#block = block.type === 'thinking' ? { index, pieces: [], signature: '' } : null;
        this.#redacted =
          block.type === 'redacted_thinking' ? { index, data: wordsOf(block.data) } : null;
        return null;
      }
      case 'content_block_delta':
        if (this.#block?.index !== event.index) return null;
        if (event.delta.type === 'thinking_delta') this.#block.pieces.push(event.delta.thinking);
        else if (event.delta.type === 'signature_delta') {
          this.#block.signature = event.delta.signature;
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

/** Puts the calls of tools together from a stream's events; their input comes in pieces of JSON. */
export class ToolCallReader {
  readonly #open = new Map<number, { id: string; name: string; given: unknown; json: string[] }>();

  /**
   * The call that the event completes; null also where its input isn't whole: the reply was cut.
   */
  read(event: NormalEvent): ToolCall | null {
    switch (event.type) {
      case 'content_block_start': {
        const { index, content_block: block } = event;
        if (block.type !== 'tool_use') return null;
        const { id, name, input } = block;
        this.#open.set(index, { id, name, given: input, json: [] });
        return null;
      }
      case 'content_block_delta':
        if (event.delta.type === 'input_json_delta') {
          this.#open.get(event.index)?.json.push(event.delta.partial_json);
        }
        return null;
      case 'content_block_stop': {
        const call = this.#open.get(event.index);
        this.#open.delete(event.index);
        if (call === undefined) return null;
        const json = call.json.join('');
        // Without any piece, the input is what the block began with.
        const input = json === '' ? objectOrNull(call.given) : parseInput(json);
        return input === null ? null : { kind: 'tool-call', id: call.id, name: call.name, input };
      }
      default:
        return null;
    }
  }
}

function parseInput(json: string): object | null {
  try {
    return objectOrNull(JSON.parse(json));
  } catch {
    return null;
  }
}

function objectOrNull(value: unknown): object | null {
  return typeof value === 'object' && value !== null ? value : null;
}
