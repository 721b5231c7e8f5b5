import type {
  MessageStreamParams,
  Tool as ToolParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { refusesForcedTools } from './model.ts';
import type { Dialogue, ToolCall } from './request.ts';
import { hasWireParameters, makeUnique, toInputSchema, toWireId } from './tool-schema.ts';

/** A dialogue's tools in the form that the API takes, and their names in both directions. */
export class DialogueTools {
  readonly #mustCall: boolean;
  readonly #tools: readonly ToolParam[];
  /** Whether the tools are offered; else they only explain the calls that were made before. */
  readonly #areOffered: boolean;
  readonly #wireNames = new Map<string, string>();
  readonly #leftOut: string[] = [];

  constructor({ tools, messages, mustCallTool }: Dialogue) {
    this.#mustCall = mustCallTool;
    const taken = new Set<string>();
    // Names that the API takes as they are go first: none of them gives way to a changed one.
    for (const isChanged of [false, true]) {
      for (const { name } of tools) {
        const wire = toWireId(name);
        if (wire === '' || this.#wireNames.has(name) || (wire !== name) !== isChanged) continue;
        this.#wireNames.set(name, makeUnique(wire, taken));
      }
    }
    const offered = new Map<string, ToolParam>();
    for (const { name, description, inputSchema } of tools) {
      const wire = this.#wireNames.get(name);
      const schema = toInputSchema(inputSchema);
      if (wire === undefined || offered.has(wire) || !hasWireParameters(schema)) {
        this.#leftOut.push(name);
        continue;
      }
      offered.set(wire, {
        name: wire,
        ...(description.trim() === '' ? {} : { description }),
        input_schema: schema,
      });
    }
    this.#areOffered = offered.size > 0;
    const called = messages.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === 'tool-call' ? [this.wireName(part.name)] : [])),
    );
    // The API wants tools wherever there are calls of tools, be it that none may be called.
    this.#tools = this.#areOffered
      ? [...offered.values()]
      : [...new Set(called)].map((name) => ({ name, input_schema: { type: 'object' } }));
  }

  /** The names of tools that the API takes in no form, or that were offered twice. */
  get leftOut(): readonly string[] {
    return this.#leftOut;
  }

  params(model: string): Pick<MessageStreamParams, 'tools' | 'tool_choice'> {
    if (this.#tools.length === 0) return {};
    const tools = [...this.#tools];
    if (!this.#areOffered) return { tools, tool_choice: { type: 'none' } };
    if (!this.#mustCall || refusesForcedTools(model)) return { tools };
    return { tools, tool_choice: { type: 'any' } };
  }

  /** Whether only words can make the model call a tool: it refuses to be forced. */
  mustBeAskedForCall(model: string): boolean {
    return this.#mustCall && this.#areOffered && refusesForcedTools(model);
  }

  /** Also of a tool that isn't offered any more. */
  wireName(name: string): string {
    return this.#wireNames.get(name) ?? (toWireId(name) || 'tool');
  }

  /** A call as whoever offered the tool knows it. */
  toOriginal(call: ToolCall): ToolCall {
    const [name] = [...this.#wireNames].find(([, wire]) => wire === call.name) ?? [call.name];
    return name === call.name ? call : { ...call, name };
  }
}
