import type { MessageStreamEvent } from '@anthropic-ai/sdk/resources/messages/messages';
import type { ToolCall } from './dialogue.ts';

/** Puts the calls of tools together from a stream's events; their input comes in pieces of JSON. */
export class ToolCallReader {
  readonly #open = new Map<number, { id: string; name: string; given: unknown; json: string[] }>();

  /**
   * The call that the event completes; null also where its input isn't whole: the reply was cut.
   */
  read(event: MessageStreamEvent): ToolCall | null {
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
        const input = json === '' ? objectOf(call.given) : parse(json);
        return input === null ? null : { kind: 'tool-call', id: call.id, name: call.name, input };
      }
      default:
        return null;
    }
  }
}

function parse(json: string): object | null {
  try {
    return objectOf(JSON.parse(json));
  } catch {
    return null;
  }
}

function objectOf(value: unknown): object | null {
  return typeof value === 'object' && value !== null ? value : null;
}
