import { BoundedMap } from '../../core/bounded-map.ts';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import type { DialogueMessage, DialoguePart } from '../../core/claude/request.ts';

/** An agent's loop comes back with its last turns; older ones do without. */
const maxToolTurns = 200;

interface ToolTurn {
  readonly model: string;
  readonly parts: readonly DialoguePart[];
}

/**
 * What models thought before they called tools. VS Code's API can't carry it, and the API wants it
 * back with the tool's results, in its place and unchanged: so it is kept here and put in again.
 */
export class ToolTurns {
  /** By the id of a turn's first call. */
  readonly #turns = new BoundedMap<string, ToolTurn>(maxToolTurns);

  /** Gathers a reply's parts in their order; the second function keeps them. */
  startRecording(model: string): {
    readonly take: (event: ReplyEvent) => void;
    readonly keep: () => void;
  } {
    const parts: DialoguePart[] = [];
    return {
      take: (event) => {
        const part = dialoguePart(event, parts.at(-1));
        if (part?.kind === 'text' && parts.at(-1)?.kind === 'text') parts.pop();
        if (part !== null) parts.push(part);
      },
      keep: () => {
        const [first] = callIds(parts);
        if (first === undefined || !parts.some(({ kind }) => kind === 'thought')) return;
        this.#turns.set(first, { model, parts });
      },
    };
  }

  /** The messages with what was thought in its place; whoever changed a turn gets it as it is. */
  restore(model: string, messages: readonly DialogueMessage[]): readonly DialogueMessage[] {
    return messages.map((message) => {
      const [first] = message.role === 'assistant' ? callIds(message.parts) : [];
      const turn = first === undefined ? undefined : this.#turns.get(first);
      const isSame =
        turn?.model === model &&
        joinText(turn.parts) === joinText(message.parts) &&
        callIds(turn.parts).join() === callIds(message.parts).join();
      return isSame ? { role: 'assistant', parts: turn.parts } : message;
    });
  }
}

/** A text grows the one before it. */
function dialoguePart(event: ReplyEvent, last: DialoguePart | undefined): DialoguePart | null {
  switch (event.type) {
    case 'text':
      return { kind: 'text', text: (last?.kind === 'text' ? last.text : '') + event.text };
    case 'thought':
      return { kind: 'thought', thought: event.thought };
    case 'tool-call':
      return event.call;
    default:
      return null;
  }
}

function callIds(parts: readonly DialoguePart[]): readonly string[] {
  return parts.flatMap((part) => (part.kind === 'tool-call' ? [part.id] : []));
}

function joinText(parts: readonly DialoguePart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}
