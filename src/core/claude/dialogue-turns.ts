import type { Dialogue, DialoguePart, ToolCall, ToolResult } from './request.ts';
import { makeUnique, toWireId } from './tool-schema.ts';

/** Asks for more where a dialogue ends with the assistant: prefill isn't to be had any more. */
const continueInstruction = 'Go on.';
/** Stands before a dialogue that the assistant begins: the API wants the user's word first. */
const opening = 'The conversation begins with your message.';
const missingResult = 'The tool was not run: the call has no result.';
const emptyResult = 'The tool returned nothing.';
const orphanedResult = 'The result of a tool call that is not in this conversation:';

/** Messages of one role as one. */
export interface DialogueTurn {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly DialoguePart[];
}

/**
 * A dialogue in the order that the API takes: the roles in turn, the user first and last, each call
 * with exactly one result right after it, ids of its characters that occur once, no blank text.
 * What another program hands over may lack any of that. What was said stays; a result without its
 * call becomes text, a call without its result gets one that says so.
 */
export function toDialogueTurns({ messages }: Pick<Dialogue, 'messages'>): readonly DialogueTurn[] {
  const said = messages.flatMap((message) =>
    message.parts.flatMap((part): SaidPart[] => {
      const role = roleOf(part, message.role);
      // A copy: one part may stand in two places.
      return role === null || isBlank(part) ? [] : [{ role, part: { ...part } }];
    }),
  );
  const parts = said.filter(({ part }, at) => part.kind !== 'thought' || isFollowed(said, at));
  const { callIds, results, orphans } = matchResults(parts);
  const turns: MutableTurn[] = [];
  let pending: ToolResult[] = [];
  const add = (role: DialogueTurn['role'], ...added: readonly DialoguePart[]): void => {
    if (turns.length === 0 && role === 'assistant') {
      turns.push({ role: 'user', parts: [{ kind: 'text', text: opening }] });
    }
    const last = turns.at(-1);
    if (last?.role === role) last.parts.push(...added);
    else turns.push({ role, parts: [...added] });
  };
  const flush = (): void => {
    if (pending.length > 0) add('user', ...pending);
    pending = [];
  };
  for (const { role, part } of parts) {
    if (role === 'user') flush();
    if (part.kind === 'tool-result') {
      if (!orphans.has(part)) continue;
      add('user', { kind: 'text', text: orphanedResult }, ...part.parts.filter(hasContent));
    } else if (part.kind === 'tool-call') {
      const id = callIds.get(part) ?? part.id;
      add('assistant', { ...part, id });
      pending.push(toSentResult(id, results.get(part)));
    } else add(role, part);
  }
  flush();
  if (turns.at(-1)?.role !== 'user') {
    turns.push({ role: 'user', parts: [{ kind: 'text', text: continueInstruction }] });
  }
  return turns;
}

interface SaidPart {
  readonly role: DialogueTurn['role'];
  readonly part: DialoguePart;
}

interface MutableTurn {
  readonly role: DialogueTurn['role'];
  readonly parts: DialoguePart[];
}

/** Null for what can't be sent in any role: the user doesn't think for the model. */
function roleOf(part: DialoguePart, said: DialogueTurn['role']): DialogueTurn['role'] | null {
  switch (part.kind) {
    case 'tool-call':
      return 'assistant';
    case 'tool-result':
    case 'image':
      return 'user';
    case 'thought':
      return said === 'assistant' ? said : null;
    case 'text':
      return said;
  }
}

/** Whether the assistant says more after a thought: the API takes none at a message's end. */
function isFollowed(parts: readonly SaidPart[], at: number): boolean {
  const next = parts.slice(at + 1).find(({ part }) => part.kind !== 'thought');
  return next?.role === 'assistant';
}

function isBlank(part: DialoguePart): boolean {
  return (part.kind === 'text' || part.kind === 'image') && !hasContent(part);
}

function hasContent(part: ToolResult['parts'][number]): boolean {
  return part.kind === 'text' ? part.text.trim() !== '' : part.base64 !== '';
}

interface MatchedResults {
  /** The id that each call is sent with. */
  readonly callIds: ReadonlyMap<ToolCall, string>;
  readonly results: ReadonlyMap<ToolCall, ToolResult>;
  readonly orphans: ReadonlySet<ToolResult>;
}

/**
 * A result belongs to the first call of its id that has none yet; where the id is used again in a
 * later turn, to a call of that.
 */
function matchResults(parts: readonly SaidPart[]): MatchedResults {
  const callIds = new Map<ToolCall, string>();
  const results = new Map<ToolCall, ToolResult>();
  const orphans = new Set<ToolResult>();
  const open = new Map<string, { readonly turn: number; readonly calls: ToolCall[] }>();
  const taken = new Set<string>();
  let turn = 0;
  for (const [index, { role, part }] of parts.entries()) {
    if (role !== parts[index - 1]?.role) turn++;
    if (part.kind === 'tool-call') {
      callIds.set(part, makeUnique(toWireId(part.id) || 'call', taken));
      const known = open.get(part.id);
      if (known?.turn === turn) known.calls.push(part);
      else open.set(part.id, { turn, calls: [part] });
    } else if (part.kind === 'tool-result') {
      const call = open.get(part.callId)?.calls.shift();
      if (call === undefined) orphans.add(part);
      else results.set(call, part);
    }
  }
  return { callIds, results, orphans };
}

function toSentResult(callId: string, result: ToolResult | undefined): ToolResult {
  const say = (text: string): ToolResult['parts'] => [{ kind: 'text', text }];
  if (result === undefined) return { kind: 'tool-result', callId, parts: say(missingResult) };
  const parts = result.parts.filter(hasContent);
  return { kind: 'tool-result', callId, parts: parts.length === 0 ? say(emptyResult) : parts };
}
